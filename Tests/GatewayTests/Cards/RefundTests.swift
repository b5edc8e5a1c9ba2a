import Contracts
import Testing

@testable import Gateway

@Suite struct `Refunds` {
    private func refund(
        _ sandbox: TestSandbox, _ payment: String, scenario: String? = nil
    ) async throws -> TestAnswer {
        try await sandbox.call(
            "POST", "/v1/refunds", ["payment": .string(payment), "amount": 500],
            fields: scenario.map { [("X-Sandbox-Scenario", $0)] } ?? [])
    }

    @Test(
        arguments: [
            (nil, "succeeded", "succeeded", 500), ("refund_pending", "pending", "pending", 500),
            ("refund_failed", "pending", "failed", 0),
            ("refund_succeeds_later", "pending", "succeeded", 500),
            ("refund_fails_later", "succeeded", "failed", 0),
        ] as [(String?, String, String, Int64)])
    func `take their course`(
        scenario: String?, first: String, last: String, refunded: Int64
    ) async throws {
        let sandbox = try await TestSandbox.frozen()
        let before = try await sandbox.balance("merchant:available", "eur")
        let paid = try await sandbox.pay()
        let made = try await refund(sandbox, paid.id, scenario: scenario)
        #expect(made.at("/status")?.string == first)
        #expect(
            try await sandbox.call("GET", "/v1/payments/\(paid.id)").at("/amount_refunded") == 500)
        #expect(try await sandbox.balance("network:cardholders", "eur") == -750)
        try await sandbox.advance(days: 7)
        let after = try await sandbox.call("GET", "/v1/refunds/\(made.id)")
        #expect(after.at("/status")?.string == last)
        #expect((after.at("/failure_reason") == .null) == (last != "failed"))
        #expect(
            try await sandbox.call("GET", "/v1/payments/\(paid.id)").at("/amount_refunded")?.int
                == refunded)
        #expect(try await sandbox.balance("network:cardholders", "eur") == refunded - 1_250)
        let held: Int64 = last == "pending" ? -500 : 0
        #expect(try await sandbox.balance("merchant:pending", "eur") == held)
        #expect(
            try await sandbox.balance("merchant:available", "eur") == before + 1_184 - refunded
                - held)
        #expect(try await sandbox.unbalanced() == [])
    }

    @Test func `that are pending can be cancelled, others not`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let paid = try await sandbox.pay()
        let made = try await refund(sandbox, paid.id, scenario: "refund_pending")
        let cancelled = try await sandbox.call("POST", "/v1/refunds/\(made.id)/cancel")
        #expect(cancelled.at("/status") == "canceled")
        #expect(try await sandbox.balance("merchant:pending", "eur") == 1_250)
        let again = try await sandbox.call("POST", "/v1/refunds/\(made.id)/cancel")
        #expect(again.status == 409 && again.errorCode == "refund_state")
        let done = try await refund(sandbox, paid.id)
        #expect(
            try await sandbox.call("POST", "/v1/refunds/\(done.id)/cancel").errorCode
                == "refund_state")
        #expect(
            try await sandbox.eventTypes() == [
                "payment.succeeded", "refund.created", "refund.canceled", "refund.succeeded",
            ])
    }

    @Test(arguments: [
        ("refund_exceeds_payment", "amount_exceeds_refundable"),
        ("refund_duplicate", "nothing_to_refund"),
        ("refund_window_closed", "refund_window_closed"),
    ])
    func `are refused by name`(scenario: String, code: String) async throws {
        let sandbox = try await TestSandbox.make()
        let paid = try await sandbox.pay()
        let answer = try await refund(sandbox, paid.id, scenario: scenario)
        #expect(answer.status == 409 && answer.errorCode == code)
        #expect(answer["X-Sbx-Simulated"] == "scenario=\(scenario)")
    }

    @Test func `end with the window of 180 days`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let paid = try await sandbox.pay()
        try await sandbox.advance(days: 179)
        #expect(try await refund(sandbox, paid.id).status == 201)
        try await sandbox.advance(days: 1)
        #expect(try await refund(sandbox, paid.id).errorCode == "refund_window_closed")
    }
}
