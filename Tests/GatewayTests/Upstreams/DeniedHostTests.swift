import Contracts
import HTTP
import Testing

@testable import Gateway

/// The tenant's own list of hosts that are out of reach, wherever a URL may be named.
@Suite struct `The deny list` {
    private static func deny(_ hosts: [JSONValue], _ tenant: TestTenant) async throws -> TestAnswer {
        try await tenant.call("PUT", "/v1/denied-hosts", ["hosts": .array(hosts)])
    }

    @Test func `is written in lower case, each entry once, and refuses what is no entry`()
        async throws
    {
        let tenant = try await TestTenant.make(TestGateway.shared)
        #expect(try await tenant.call("GET", "/v1/denied-hosts").at("/hosts") == [])
        let set = try await Self.deny(["API.Prod.example", "api.prod.example", "*.bank.example"], tenant)
        #expect(set.at("/hosts") == ["api.prod.example", "*.bank.example"], "\(set)")
        #expect(try await tenant.call("GET", "/v1/denied-hosts").json == set.json)
        let wrong = try await Self.deny(["ok.example", "https://api.example/"], tenant)
        #expect(wrong.pointers == ["/hosts/1"], "\(wrong)")
        let other = try await TestTenant.make(TestGateway.shared)
        #expect(try await other.call("GET", "/v1/denied-hosts").at("/hosts") == [])
    }

    @Test func `keeps webhooks and upstreams from being pointed there`() async throws {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        _ = try await Self.deny(["*.prod.example"], sandbox.tenant)
        let base = "/v1/sandboxes/\(sandbox.slug)"
        let hook: JSONValue = ["url": "https://api.prod.example/hook", "events": ["*"]]
        let refused = try await sandbox.tenant.call("POST", "\(base)/webhook-endpoints", hook)
        #expect(refused.pointers == ["/url"], "\(refused)")
        let harmless: JSONValue = ["url": "https://api.test.example/hook", "events": ["*"]]
        let made = try await sandbox.tenant.call("POST", "\(base)/webhook-endpoints", harmless)
        #expect(made.status == 201, "\(made)")
        let moved = try await sandbox.tenant.call(
            "PATCH", "\(base)/webhook-endpoints/\(made.id)", ["url": "https://prod.example/hook"])
        #expect(moved.pointers == ["/url"], "\(moved)")
        let upstream = try await sandbox.tenant.call(
            "PATCH", sandbox.mount(of: "parcels"),
            ["upstream": ["base_url": "https://api.prod.example"]])
        #expect(upstream.pointers == ["/upstream/base_url"], "\(upstream)")
    }

    @Test(arguments: ["127.0.0.0/8", "127.0.0.1"])
    func `counts from the next call on, also by the address behind a name`(entry: String)
        async throws
    {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        try await UpstreamServer.with({ _ in .json(200, `Passthrough`.parcel) }) { upstream, base in
            for base in [base, base.replacing("127.0.0.1", with: "parcels.example")] {
                _ = try await Self.deny([], sandbox.tenant)
                try await sandbox.pass(to: base)
                #expect(try await sandbox.parcels("GET", "/parcels/par_1").status == 200)
                _ = try await Self.deny([.string(entry)], sandbox.tenant)
                let refused = try await sandbox.parcels("GET", "/parcels/par_1")
                #expect(refused.status == 403)
                #expect(refused.code == "upstream_refused", "\(refused)")
                #expect(refused.at("/detail")?.string?.contains(entry) == true)
            }
            #expect(upstream.requests.count == 2)
        }
    }
}
