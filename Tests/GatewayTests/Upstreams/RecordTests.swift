import Contracts
import HTTP
import Postgres
import Testing

@testable import Gateway

/// Answers of an upstream that are kept as rules.
@Suite struct `Recording` {
    private static let answer: @Sendable (UpstreamServer.Asked) async -> Response = { asked in
        let id = asked.line.split(separator: "/").last.map(String.init) ?? ""
        guard id != "par_0" else { return .json(503, ["error": ["code": "down", "message": "x"]]) }
        var parcel = `Passthrough`.parcel
        parcel["id"] = .string(id)
        parcel["reference"] = "{{not a template}}"
        parcel["labels"] = [
            "mail": "ada@corp.example.io", "key": "test_sk_0123456789abcdefghjkmnpq", "api_token": "t0k3n",
        ]
        return .json(200, parcel)
    }

    @Test func `answers the same call when the operation is simulated again, and no other call`()
        async throws
    {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        try await UpstreamServer.with(Self.answer) { upstream, base in
            try await sandbox.pass(to: base, "record")
            for id in ["par_1", "par_2", "par_1", "par_0"] {
                let answer = try await sandbox.parcels("GET", "/parcels/\(id)")
                #expect(answer["X-Sbx-Mode"] == "record", "\(answer)")
            }
            #expect(upstream.requests.count == 4)
        }
        _ = try await sandbox.tenant.call("PATCH", sandbox.mount(of: "parcels"), ["mode": "simulate"])
        let rules = try await sandbox.tenant.call("GET", sandbox.mount(of: "parcels") + "/rules")
        #expect(rules.at("/data")?.array?.count == 2, "\(rules)")
        for id in ["par_1", "par_2"] {
            let replayed = try await sandbox.parcels("GET", "/parcels/\(id)")
            #expect(replayed.status == 200, "\(replayed)")
            #expect(replayed.at("/id")?.string == id)
            #expect(replayed.at("/reference") == "{{not a template}}")
            #expect(replayed["X-Sbx-Simulated"]?.hasPrefix("rule=recorded-get-parcel-") == true)
        }
        #expect(try await sandbox.parcels("GET", "/parcels/par_0").status == 404)
        #expect(try await sandbox.parcels("GET", "/parcels/par_3").status == 404)
    }

    @Test func `keeps no secrets and nobody's data`() async throws {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        try await UpstreamServer.with(Self.answer) { _, base in
            try await sandbox.pass(to: base, "record")
            let passed = try await sandbox.parcels("GET", "/parcels/par_1")
            #expect(passed.at("/labels/mail") == "ada@corp.example.io")
        }
        let rows = try await sandbox.rows(
            "recorded", "SELECT document FROM sbx.sandbox_settings WHERE tenant_id = $1 AND name = 'rules.parcels'")
        let stored = rows[0].text(0)
        for secret in ["ada@corp", "test_sk_0123", "t0k3n"] { #expect(!stored.contains(secret)) }
        #expect(stored.contains("@example.com"))
    }

    @Test func `stands behind rules that somebody has written, special calls before general ones`()
        async throws
    {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        let page: @Sendable (UpstreamServer.Asked) async -> Response = { asked in
            .json(200, ["data": [], "has_more": .bool(asked.line.contains("?"))])
        }
        try await UpstreamServer.with(page) { _, base in
            try await sandbox.pass(to: base, "record")
            for target in ["/parcels", "/parcels?limit=1"] {
                _ = try await sandbox.parcels("GET", target)
            }
        }
        _ = try await sandbox.tenant.call("PATCH", sandbox.mount(of: "parcels"), ["mode": "simulate"])
        #expect(try await sandbox.parcels("GET", "/parcels?limit=1").at("/has_more") == true)
        #expect(try await sandbox.parcels("GET", "/parcels").at("/has_more") == false)
        let own: JSONValue = [
            "operation": "list_parcels",
            "answer": ["status": 200, "body": ["data": [], "has_more": false, "next": "mine"]],
        ]
        _ = try await sandbox.tenant.call("PUT", sandbox.mount(of: "parcels") + "/rules/mine", own)
        #expect(try await sandbox.parcels("GET", "/parcels?limit=1").at("/next") == "mine")
    }
}
