import Contracts
import Testing

@testable import Gateway

@Suite struct `Payouts` {
    private func payOut(
        _ sandbox: TestSandbox, scenario: String? = nil,
        _ change: (inout JSONValue) -> Void = { _ in }
    ) async throws -> TestAnswer {
        var body: JSONValue = ["amount": 3_000, "currency": "eur"]
        change(&body)
        return try await sandbox.call(
            "POST", "/v1/payouts", body,
            fields: scenario.map { [("X-Sandbox-Scenario", $0)] } ?? [])
    }

    @Test(
        arguments: [
            (nil, "paid", nil, 2), ("payout_delayed", "paid", nil, 7),
            ("payout_returned", "returned", "returned", 4),
            ("invalid_account_number", "failed", "invalid_account_number", 2),
            ("account_closed", "failed", "account_closed", 2),
        ] as [(String?, String, String?, Int)])
    func `leave, arrive or come back`(
        scenario: String?, last: String, failure: String?, days: Int
    ) async throws {
        let sandbox = try await TestSandbox.frozen()
        let before = try await sandbox.balance("merchant:available", "eur")
        let made = try await payOut(sandbox, scenario: scenario)
        #expect(made.at("/status") == "pending")
        #expect(try await sandbox.balance("merchant:available", "eur") == before - 3_000)
        try await sandbox.advance(hours: 1)
        #expect(
            try await sandbox.call("GET", "/v1/payouts/\(made.id)").at("/status") == "in_transit")
        try await sandbox.advance(days: days)
        let after = try await sandbox.call("GET", "/v1/payouts/\(made.id)")
        #expect(after.at("/status")?.string == last)
        #expect(after.at("/failure_code")?.string == failure)
        let isBack = last != "paid"
        #expect(
            try await sandbox.balance("merchant:available", "eur") == before - (isBack ? 0 : 3_000))
        #expect(try await sandbox.balance("bank:external", "eur") == (isBack ? 0 : 3_000))
        #expect(try await sandbox.balance("bank:outgoing", "eur") == 0)
        #expect(try await sandbox.unbalanced() == [])
    }

    @Test func `can be stopped before they leave`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let before = try await sandbox.balance("merchant:available", "eur")
        let made = try await payOut(sandbox) { $0["speed"] = "instant" }
        let stopped = try await sandbox.call("POST", "/v1/payouts/\(made.id)/cancel")
        #expect(stopped.at("/status") == "canceled")
        #expect(try await sandbox.balance("merchant:available", "eur") == before)
        let again = try await sandbox.call("POST", "/v1/payouts/\(made.id)/cancel")
        #expect(again.status == 409 && again.errorCode == "payout_state")
        try await sandbox.advance(days: 3)
        #expect(try await sandbox.call("GET", "/v1/payouts/\(made.id)").at("/status") == "canceled")
    }

    @Test func `never exceed what is available, nor carry fillér`() async throws {
        let sandbox = try await TestSandbox.make()
        let available = try await sandbox.balance("merchant:available", "eur")
        let over = try await payOut(sandbox) { $0["amount"] = .int(available + 1) }
        #expect(over.status == 409 && over.errorCode == "insufficient_balance")
        #expect(try await payOut(sandbox) { $0["amount"] = .int(available) }.status == 201)
        #expect(
            try await payOut(sandbox, scenario: "insufficient_balance").errorCode
                == "insufficient_balance")
        #expect(try await payOut(sandbox, scenario: "limit_exceeded").errorCode == "limit_exceeded")
        let odd = try await payOut(sandbox) { $0 = ["amount": 12_345, "currency": "huf"] }
        #expect(odd.status == 400 && odd.pointers == ["/amount"])
    }
}
