import Contracts
import Testing

@testable import Gateway

@Suite struct `Dry runs of calls` {
    private func payments(_ sandbox: TestSandbox) async throws -> Int {
        try await sandbox.call("GET", "/v1/payments?limit=100").at("/data")?.array?.count ?? -1
    }

    @Test(arguments: [("X-Dry-Run", "true"), ("Prefer", "dry-run")])
    func `one call is run for real and leaves nothing`(field: String, value: String) async throws {
        let sandbox = try await TestSandbox.make()
        let before = try await payments(sandbox)
        let answer = try await sandbox.call(
            "POST", "/v1/payments",
            ["amount": 1250, "currency": "eur", "payment_method": "pm_card_visa"],
            fields: [(field, value)])
        #expect(answer.status == 201)
        #expect(answer.at("/status") == "succeeded")
        #expect(answer.at("/_dryRun") == true)
        #expect(answer.at("/_blockedMethod") == "POST")
        #expect(answer.at("/_blockedUrl")?.string?.hasSuffix("/v1/payments") ?? false)
        let types = answer.at("/_events")?.array?.compactMap { $0["type"]?.string } ?? []
        #expect(types.contains("payment.succeeded"))
        #expect(answer.at("/_timers")?.array?.isEmpty == false)
        #expect(answer["X-Sbx-Dry-Run"] == "once")
        #expect(try await payments(sandbox) == before)
        #expect(try await sandbox.call("GET", "/v1/payments/\(answer.id)").status == 404)
        #expect(try await sessions(sandbox).isEmpty)
    }

    @Test func `a refused call leaves no session either`() async throws {
        let sandbox = try await TestSandbox.make()
        let answer = try await sandbox.call(
            "POST", "/v1/payments", ["amount": 1, "currency": "eur", "payment_method": "pm_card_visa"],
            fields: [("X-Dry-Run", "true"), ("X-Sandbox-Scenario", "no_such")])
        #expect(answer.code == "unknown_scenario")
        #expect(try await sessions(sandbox).isEmpty)
    }

    private func sessions(_ sandbox: TestSandbox) async throws -> [JSONValue] {
        try await sandbox.tenant.call("GET", "/v1/sandboxes/\(sandbox.slug)/dry-runs")
            .at("/data")?.array ?? []
    }

    @Test func `ids of a session work in its later calls, and come over when it is promoted`()
        async throws
    {
        let sandbox = try await TestSandbox.make()
        let session = [(name: "X-Dry-Run-Session", value: "ci-1")]
        let held = try await sandbox.call(
            "POST", "/v1/payments",
            [
                "amount": 900, "currency": "eur", "payment_method": "pm_card_visa",
                "capture_method": "manual",
            ], fields: session)
        #expect(held.at("/_dryRunSession") == "ci-1")
        let captured = try await sandbox.call(
            "POST", "/v1/payments/\(held.id)/capture", [:], fields: session)
        #expect(captured.status == 200)
        let seen = try await sandbox.call("GET", "/v1/payments/\(held.id)", fields: session)
        #expect(seen.at("/status") == "succeeded")
        #expect(seen.at("/_dryRun") == nil)
        #expect(try await sandbox.call("GET", "/v1/payments/\(held.id)").status == 404)
        #expect(try await sessions(sandbox).map { $0["name"] } == ["ci-1"])

        let base = "/v1/sandboxes/\(sandbox.slug)/dry-runs/ci-1"
        let promoted = try await sandbox.tenant.call("POST", base + "/promote")
        #expect(promoted.status == 200)
        let real = try await sandbox.call("GET", "/v1/payments/\(held.id)")
        #expect(real.body == seen.body)
        #expect(try await sessions(sandbox).isEmpty)
        #expect(try await sandbox.tenant.call("POST", base + "/promote").status == 404)
    }

    @Test func `a session whose objects have moved is not promoted, and can be discarded`()
        async throws
    {
        let sandbox = try await TestSandbox.make()
        let customer = try await sandbox.call("POST", "/v1/customers", ["name": "Mara"])
        let path = "/v1/customers/\(customer.id)"
        _ = try await sandbox.call(
            "PATCH", path, ["name": "Anna"], fields: [("X-Dry-Run-Session", "s")])
        _ = try await sandbox.call("PATCH", path, ["name": "Berta"])
        let base = "/v1/sandboxes/\(sandbox.slug)/dry-runs/s"
        let refused = try await sandbox.tenant.call("POST", base + "/promote")
        #expect(refused.code == "dry_run_conflict")
        #expect(
            refused.at("/errors/0") == [
                "location": "world", "pointer": "", "rule": "changed", "contract": "payments",
                "type": "customer", "id": .string(customer.id),
            ])
        #expect(try await sandbox.tenant.call("DELETE", base).status == 200)
        #expect(try await sandbox.call("GET", path).at("/name") == "Berta")
    }

    @Test(arguments: [("X-Dry-Run", "maybe"), ("X-Dry-Run-Session", "no/such"), ("X-Dry-Run-Session", "")])
    func `what says nothing is refused`(field: String, value: String) async throws {
        let sandbox = try await TestSandbox.make()
        let answer = try await sandbox.call(
            "POST", "/v1/customers", ["name": "Mara"], fields: [(field, value)])
        #expect(answer.status == 400)
        #expect(answer.at("/errors/0/name") == .string(field))
    }
}

@Suite struct `The report of blocked calls` {
    @Test func `lists, exports and fails a build`() async throws {
        let sandbox = try await TestSandbox.make()
        let base = "/v1/sandboxes/\(sandbox.slug)"
        func assertion(_ body: JSONValue) async throws -> TestAnswer {
            try await sandbox.tenant.call("POST", base + "/blocked-calls/assert", body)
        }
        _ = try await sandbox.pay()
        #expect(try await assertion([:]).at("/count") == 0)
        _ = try await sandbox.call("GET", "/v1/customers/4532015112830366")
        _ = try await sandbox.call(
            "POST", "/v1/customers", ["name": "Mara"], fields: [("X-Dry-Run", "true")])

        let listed = try await sandbox.tenant.call("GET", base + "/blocked-calls")
        let rules = (listed.at("/data")?.array ?? []).map {
            "\($0["verdict"]?.string ?? "") \($0["rule"]?.string ?? "")"
        }
        #expect(rules.sorted() == ["decided dry_run", "refused card_number_refused"])
        #expect(!listed.text.contains("4532015112830366"))
        let exported = try await sandbox.tenant.call("GET", base + "/blocked-calls/export")
        #expect(exported["Content-Type"] == "application/jsonl")
        #expect(exported.text.split(separator: "\n").count == 2)

        let failed = try await assertion(["max": 1])
        #expect(failed.status == 409)
        #expect(failed.code == "blocked_calls_found")
        #expect(failed.at("/observed") == 2)
        #expect(try await assertion(["max": 2]).at("/passed") == true)
        #expect(try await assertion(["rules": ["blocked_by_guard"]]).at("/count") == 0)
        #expect(try await assertion(["since": "2031-01-01T00:00:00Z"]).at("/count") == 0)
    }
}
