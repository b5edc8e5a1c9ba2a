import Contracts
import HTTP
import Testing

@testable import Gateway

/// Who checks a customer: our own rule, or `kyc.check` bound to `ImportedContracts.identities`.
@Suite struct `An identity check` {
    private func bound(
        seed: Int64 = 7, _ binding: JSONValue = Self.checks
    ) async throws -> TestSandbox {
        let sandbox = try await TestSandbox.make(serving: "identities", seed: seed)
        let answer = try await sandbox.bind(binding, to: "kyc.check")
        #expect(answer.status == 200, "\(answer)")
        return sandbox
    }

    private static let checks: JSONValue = [
        "contract": "identities", "operation": "create_check",
        "request": ["body": ["name": "{{name}}", "mail": "{{email}}", "phone": "{{phone}}"]],
        "answer": ["match": "/result"], "says": ["/result": "{{match}}"],
    ]

    private func verify(
        _ sandbox: TestSandbox, _ customer: String, key: String? = nil
    ) async throws -> TestAnswer {
        try await sandbox.call(
            "POST", "/v1/customers/\(customer)/verify",
            fields: key.map { [("Idempotency-Key", $0)] } ?? [])
    }

    private func customer(_ sandbox: TestSandbox, _ body: JSONValue) async throws -> String {
        try await sandbox.call("POST", "/v1/customers", body).id
    }

    private static let mara: JSONValue = ["name": "Mara Lindqvist", "phone": "+46 8 123 450"]

    @Test(arguments: [
        (["name": "Mara Lindqvist", "email": "mara@example.com"], "verified", "customer.verified"),
        (["name": "Mara Lindqvist", "phone": "+46 8 123 450"], "verified", "customer.verified"),
        (["name": "M4ra", "phone": "+46 8 123 450"], "failed", "customer.verification_failed"),
        (["name": "Mara Lindqvist"], "unverified", "customer.updated"),
        (["phone": "+46 8 123 450"], "unverified", "customer.updated"),
    ] as [(JSONValue, String, String)])
    func `is made by our own rule where nobody is bound`(
        body: JSONValue, status: String, event: String
    ) async throws {
        let sandbox = try await TestSandbox.frozen()
        let id = try await customer(sandbox, body)
        #expect(try await sandbox.call("GET", "/v1/customers/\(id)").at("/verification") == nil)
        let checked = try await verify(sandbox, id)
        #expect(checked.status == 200, "\(checked)")
        #expect(checked.at("/verification/status")?.string == status)
        #expect(checked.at("/verification/provider") == .null)
        #expect(checked.at("/verification/checked_at")?.string != nil)
        #expect(try await sandbox.call("GET", "/v1/customers/\(id)").body == checked.body)
        #expect(try await sandbox.eventTypes() == ["customer.created", event])
        let missing = try await verify(sandbox, "cus_none")
        #expect(missing.status == 404 && missing.errorCode == "resource_missing")
    }

    @Test func `is no longer there once what was checked has changed`() async throws {
        let sandbox = try await TestSandbox.make()
        let id = try await customer(sandbox, Self.mara)
        _ = try await verify(sandbox, id)
        let noted = try await sandbox.call("PATCH", "/v1/customers/\(id)", ["description": "VIP"])
        #expect(noted.at("/verification/status") == "verified", "\(noted)")
        let renamed = try await sandbox.call("PATCH", "/v1/customers/\(id)", ["name": "Mara Berg"])
        #expect(renamed.at("/verification") == nil, "\(renamed)")
    }

    @Test func `is made by the bound provider, in one trace`() async throws {
        let sandbox = try await bound()
        let checked = try await verify(sandbox, customer(sandbox, Self.mara))
        #expect(checked.at("/verification/status") == "verified", "\(checked)")
        #expect(checked.at("/verification/provider") == "identities")
        let made = try await sandbox.call("identities", "GET", "/checks")
        #expect(made.at("/0/name") == "Mara Lindqvist", "\(made)")
        #expect(made.at("/0/phone") == "+468123450")
        #expect(made.at("/0/result") == "true")
        #expect(
            try await sandbox.operations(beside: checked) == ["verify_customer", "create_check"])
    }

    @Test func `takes a boolean and a score, and is told as failed`() async throws {
        let sandbox = try await bound([
            "contract": "identities", "operation": "search_register",
            "request": ["path": ["register": "{{name}}"]],
            "answer": ["match": "/found", "match_score": "/likeness"],
            "says": ["/found": false, "/likeness": "40.5"],
        ])
        let checked = try await verify(sandbox, customer(sandbox, Self.mara))
        #expect(checked.at("/verification/status") == "failed", "\(checked)")
        #expect(checked.at("/verification/match_score") == 41)
        #expect(try await sandbox.eventTypes().last == "customer.verification_failed")
    }

    @Test(arguments: [
        ("503=100%", "status"), ("reset=100%", "connection"),
        ("timeout=100%,latency=1ms", "timeout"),
    ])
    func `is answered with 503 and changes nothing while its provider fails`(
        faults: String, failure: String
    ) async throws {
        let sandbox = try await bound()
        let id = try await customer(sandbox, Self.mara)
        #expect(try await sandbox.faults(faults, of: "identities").status == 200)
        let failed = try await verify(sandbox, id)
        #expect(failed.status == 503 && failed.errorCode == "verification_unavailable", "\(failed)")
        #expect(
            failed["X-Sbx-Simulated"]?.hasPrefix("dependency=kyc.check; provider=identities") == true)
        #expect(try await sandbox.call("GET", "/v1/customers/\(id)").at("/verification") == nil)
        #expect(try await sandbox.eventTypes() == ["customer.created"])
        let explained = try await sandbox.explain(failed)
        #expect(explained.at("/cause/code") == "verification_unavailable")
        #expect(explained.at("/cause/evidence/provider") == "identities", "\(explained)")
        #expect(explained.at("/cause/evidence/operation") == "create_check")
        #expect(explained.at("/cause/evidence/failure")?.string == failure)
        #expect(explained.at("/cause/evidence/request")?.string != nil)
        #expect(explained.at("/to_change/0")?.string?.contains("/chaos") == true)

        #expect(try await sandbox.faults(nil, of: "identities").status == 200)
        #expect(try await verify(sandbox, id).at("/verification/status") == "verified")
    }

    @Test func `is asked once for a repeated idempotency key, and gives the same bytes for the same seed`() async throws {
        let (one, other) = (try await bound(seed: 11), try await bound(seed: 11))
        var bodies: [[UInt8]] = []
        for sandbox in [one, other] {
            let id = try await customer(sandbox, Self.mara)
            let first = try await verify(sandbox, id, key: "one")
            #expect(try await verify(sandbox, id, key: "one").body == first.body)
            #expect(
                try await sandbox.call("identities", "GET", "/checks").json.array?.count == 1)
            bodies.append(first.body)
        }
        #expect(bodies.first == bodies.last)
    }
}
