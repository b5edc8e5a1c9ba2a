import Contracts
import Postgres
import Testing

@testable import Gateway

/// Callbacks that operations declare: `ImportedContracts.streams`.
@Suite struct `A callback that an operation declares` {
    private let sandbox: TestSandbox
    private let base: String

    init() async throws {
        sandbox = try await TestSandbox.make(serving: "streams", seed: 7)
        base = "/v1/sandboxes/\(sandbox.slug)"
    }

    /// Asks to be called back at the body's `notify`.
    private func subscribe(
        _ url: String = "https://receiver.example", fields: [(name: String, value: String)] = []
    ) async throws -> TestAnswer {
        try await sandbox.call(
            "streams", "POST", "/streams/abc/watches?level=a%26b",
            ["notify": .string(url), "tags": ["x/y": ["first", "second"]]], fields: fields)
    }

    private func deliveries() async throws -> [JSONValue] {
        let listed = try await sandbox.tenant.call("GET", base + "/deliveries")
        return listed.json["data"]?.array ?? []
    }

    private func notes(_ answer: TestAnswer) async throws -> [JSONValue] {
        let logged = try await sandbox.logged(answer)
        let decisions = logged.json["decisions"]?.array ?? []
        let found = decisions.first { $0["evidence"]?["callbacks"] != nil }
        return found?["evidence"]?["callbacks"]?.array ?? []
    }

    @Test func `goes to the address that the call names, as declared`() async throws {
        let answer = try await subscribe()
        #expect(answer.status == 201, "\(answer)")
        let made = try #require(try await deliveries().first)
        #expect(made["type"]?.string == "callback.streams.on_data")
        #expect(made["status"]?.string == "pending")
        #expect(made["callback"]?["method"]?.string == "PUT")
        #expect(
            made["callback"]?["url"]?.string
                == "https://receiver.example/data/abc/second?level=a%26b&method=POST")
        let rows = try await sandbox.rows(
            "callback_targets", "SELECT target::text FROM sbx.deliveries WHERE tenant_id = $1")
        let target = try JSONParser.parse(Array(rows[0].text(0).utf8))
        #expect(target["fields"] == ["X-Run": "run a&b"], "what stands for nothing is left out")
        #expect(target["query"] == ["seq": "3"])
        let detail = try await sandbox.tenant.call(
            "GET", base + "/deliveries/\(made["id"]?.string ?? "")")
        #expect(detail.at("/payload/user") == "somebody", "\(detail)")
        #expect(try await notes(answer).first?["event"] == made["event"])
        let event = try await sandbox.tenant.call(
            "GET", base + "/events/\(made["event"]?.string ?? "")")
        #expect(event.at("/data/object") == detail.at("/payload"))
    }

    @Test func `goes to nobody else, whatever they ask for`() async throws {
        _ = try await sandbox.tenant.call(
            "POST", base + "/webhook-endpoints",
            ["url": "https://example.com/hook", "events": ["*", "callback.*"]])
        _ = try await subscribe()
        #expect(try await deliveries().count == 1)
        let listed = try await sandbox.tenant.call("GET", base + "/webhook-endpoints")
        let endpoints = listed.json["data"]?.array ?? []
        #expect(endpoints.count == 1, "the callbacks' own is not listed")
        let backfilled = try await sandbox.tenant.call(
            "POST", base + "/webhook-endpoints/\(endpoints[0]["id"]?.string ?? "")/backfill", [:])
        #expect(backfilled.at("/deliveries") == 0, "\(backfilled)")
    }

    @Test func `belongs to an endpoint that nobody can change or delete`() async throws {
        _ = try await subscribe()
        let id = try #require(try await deliveries().first?["endpoint"]?.string)
        let path = base + "/webhook-endpoints/\(id)"
        for (method, path, body) in [
            ("GET", path, nil), ("PATCH", path, ["enabled": false]), ("DELETE", path, nil),
            ("POST", path + "/rotate-secret", [:]), ("POST", path + "/backfill", [:]),
        ] as [(String, String, JSONValue?)] {
            let refused = try await sandbox.tenant.call(method, path, body)
            #expect(refused.status == 404, "\(method) \(path): \(refused)")
        }
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080", "egress"), ("ftp://receiver.example", "url"),
        ("no address", "url"), ("https://api.bank.example", "denied_hosts"),
    ])
    func `is not sent to an address that is refused, and the call says so`(
        _ url: String, _ rule: String
    ) async throws {
        let denied = try await sandbox.tenant.call(
            "PUT", "/v1/denied-hosts", ["hosts": ["*.bank.example"]])
        #expect(denied.status == 200, "\(denied)")
        let answer = try await subscribe(url)
        #expect(answer.status == 201, "the call itself goes well: \(answer)")
        #expect(try await deliveries().isEmpty)
        let note = try #require(try await notes(answer).first)
        #expect(note["not_sent"]?["reason"]?.string == "url_refused")
        #expect(note["not_sent"]?["rule"]?.string == rule)
    }

    @Test func `is not sent where the call names no address`() async throws {
        let answer = try await sandbox.call(
            "streams", "POST", "/streams/abc/watches?level=1", [:])
        #expect(answer.status == 201, "\(answer)")
        #expect(try await deliveries().isEmpty)
        let note = try #require(try await notes(answer).first)
        #expect(note["not_sent"]?["reason"]?.string == "unresolved")
    }

    @Test func `is sent once for one idempotency key`() async throws {
        let key = [(name: "Idempotency-Key", value: "one")]
        let first = try await subscribe(fields: key)
        let second = try await subscribe(fields: key)
        #expect(second["Idempotent-Replayed"] == "true")
        #expect(second.body == first.body)
        #expect(try await deliveries().count == 1)
    }

    @Test func `is not sent for a call that failed`() async throws {
        let failed = try await subscribe(
            fields: [(name: "X-Sandbox-Scenario", value: "status_503")])
        #expect(failed.status == 503, "\(failed)")
        let refused = try await sandbox.call("streams", "POST", "/streams/abc/watches", ["notify": 1])
        #expect(refused.status == 400, "\(refused)")
        #expect(try await deliveries().isEmpty)
    }

    @Test func `is told in a dry run, and sent when that is promoted`() async throws {
        let rehearsed = try await subscribe(
            fields: [(name: "X-Dry-Run-Session", value: "one")])
        #expect(rehearsed.at("/_events/0/type") == "callback.streams.on_data", "\(rehearsed)")
        #expect(try await deliveries().isEmpty)
        let promoted = try await sandbox.tenant.call("POST", base + "/dry-runs/one/promote")
        #expect(promoted.status == 200, "\(promoted)")
        let made = try #require(try await deliveries().first)
        #expect(made["callback"]?["method"]?.string == "PUT")
    }

    @Test func `is abandoned with the call that is undone`() async throws {
        _ = try await subscribe()
        let reset = try await sandbox.tenant.call("POST", base + "/reset", [:])
        #expect(reset.status == 200, "\(reset)")
        #expect(try await deliveries().map { $0["status"]?.string } == ["abandoned"])
    }

    @Test func `is sent for an operation that keeps nothing`() async throws {
        let answer = try await sandbox.call(
            "streams", "POST", "/check", ["notify": "https://receiver.example/checked"])
        #expect(answer.status == 200, "\(answer)")
        let made = try #require(try await deliveries().first)
        #expect(made["callback"]?["url"]?.string == "https://receiver.example/checked")
        #expect(made["callback"]?["method"]?.string == "POST")
        let detail = try await sandbox.tenant.call(
            "GET", base + "/deliveries/\(made["id"]?.string ?? "")")
        #expect(detail.at("/payload") == .null, "it declares no body")
    }

    @Test func `is signed with a secret that is shown when it is made anew`() async throws {
        let first = try await sandbox.tenant.call(
            "POST", base + "/callbacks/rotate-secret", ["overlap": "PT1H"])
        #expect(first.status == 200, "\(first)")
        #expect(first.at("/secret")?.string?.hasPrefix("whsec_") == true)
        let second = try await sandbox.tenant.call("POST", base + "/callbacks/rotate-secret", [:])
        #expect(second.at("/secret") != first.at("/secret"))
        let refused = try await sandbox.tenant.call(
            "POST", base + "/callbacks/rotate-secret", ["overlap": "P9D"])
        #expect(refused.pointers == ["/overlap"], "\(refused)")
    }
}
