import Contracts
import Testing

@testable import Gateway

/// Holds: how long they last, how they grow, and what each state of a payment allows.
@Suite struct `Holds` {
    @Test func `run out after seven days, or after an hour when asked`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let hold = try await sandbox.pay { $0["capture_method"] = "manual" }
        #expect(hold.at("/capture_before")?.string?.hasPrefix("2031-03-10T12:00:00") == true)
        let short = try await sandbox.pay(scenario: "authorization_expired") {
            $0["capture_method"] = "manual"
        }
        try await sandbox.advance(hours: 1)
        #expect(
            try await sandbox.call("GET", "/v1/payments/\(short.id)").at("/status") == "expired")
        try await sandbox.advance(days: 6)
        #expect(
            try await sandbox.call("GET", "/v1/payments/\(hold.id)").at("/status")
                == "requires_capture")
        try await sandbox.advance(days: 1)
        let expired = try await sandbox.call("GET", "/v1/payments/\(hold.id)")
        #expect(expired.at("/status") == "expired")
        #expect(expired.at("/amount_capturable") == 0)
        let late = try await sandbox.call("POST", "/v1/payments/\(hold.id)/capture")
        #expect(late.status == 409 && late.errorCode == "payment_state")
    }

    @Test func `that lapse after a partial capture keep what was captured`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let hold = try await sandbox.pay { $0["capture_method"] = "manual" }
        _ = try await sandbox.call(
            "POST", "/v1/payments/\(hold.id)/capture", ["amount": 250, "final": false])
        try await sandbox.advance(days: 7)
        let after = try await sandbox.call("GET", "/v1/payments/\(hold.id)")
        #expect(after.at("/amount_captured") == 250)
        #expect(after.at("/amount_capturable") == 0)
        #expect(try await sandbox.unbalanced() == [])
    }

    @Test func `grow by what the issuer approves`() async throws {
        let sandbox = try await TestSandbox.make()
        let hold = try await sandbox.pay { $0["capture_method"] = "manual" }
        let path = "/v1/payments/\(hold.id)/increment_authorization"
        let grown = try await sandbox.call("POST", path, ["amount": 250])
        #expect(grown.at("/amount_capturable") == 1_500)
        #expect(grown.at("/amount_authorized") == 1_500)
        let declined = try await sandbox.call(
            "POST", path, ["amount": 250], fields: [("X-Sandbox-Scenario", "insufficient_funds")])
        #expect(
            declined.status == 402 && declined.at("/error/decline_code") == "insufficient_funds")
        let now = try await sandbox.call("GET", "/v1/payments/\(hold.id)")
        #expect(now.at("/amount_capturable") == 1_500)
        #expect(now.at("/status") == "requires_capture")
    }

    @Test func `may be exceeded by a fifth where that was agreed`() async throws {
        let sandbox = try await TestSandbox.make()
        let hold = try await sandbox.pay {
            $0["capture_method"] = "manual"
            $0["over_capture"] = true
        }
        let path = "/v1/payments/\(hold.id)/capture"
        #expect(
            try await sandbox.call("POST", path, ["amount": 1_501]).errorCode
                == "amount_exceeds_hold")
        #expect(
            try await sandbox.call("POST", path, ["amount": 1_500]).at("/amount_captured") == 1_500)
    }

    @Test func `can fail when they are captured`() async throws {
        let sandbox = try await TestSandbox.make()
        let hold = try await sandbox.pay(scenario: "capture_failed") {
            $0["capture_method"] = "manual"
        }
        #expect(hold.at("/status") == "requires_capture")
        let failed = try await sandbox.call("POST", "/v1/payments/\(hold.id)/capture")
        #expect(failed.status == 402 && failed.errorCode == "capture_failed")
        #expect(failed.at("/error/payment/status") == "failed")
        #expect(try await sandbox.balance("merchant:pending", "eur") == 0)
    }

    @Test func `wait for a review where one is asked for`() async throws {
        let sandbox = try await TestSandbox.make()
        for (decision, status) in [("approved", "succeeded"), ("rejected", "failed")] {
            let held = try await sandbox.pay(scenario: "fraud_review")
            #expect(held.at("/status") == "in_review")
            let done = try await sandbox.call(
                "POST", "/v1/payments/\(held.id)/review", ["decision": .string(decision)])
            #expect(done.status == (status == "failed" ? 402 : 200))
            let after = try await sandbox.call("GET", "/v1/payments/\(held.id)")
            #expect(after.at("/status")?.string == status)
        }
    }

    @Test func `a payment without a card waits for one`() async throws {
        let sandbox = try await TestSandbox.make()
        let waiting = try await sandbox.pay { $0["payment_method"] = nil }
        #expect(waiting.at("/status") == "requires_payment_method")
        let path = "/v1/payments/\(waiting.id)/confirm"
        let paid = try await sandbox.call("POST", path, ["payment_method": "pm_card_mastercard"])
        #expect(paid.status == 200 && paid.at("/status") == "succeeded")
        #expect(
            try await sandbox.call("POST", path, ["payment_method": "pm_card_visa"]).errorCode
                == "payment_state")
    }

    @Test func `each state refuses what it does not allow and says what it does`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let calls: [(String, JSONValue?)] = [
            ("capture", nil), ("cancel", nil), ("confirm", ["payment_method": "pm_card_visa"]),
            ("increment_authorization", ["amount": 1]), ("review", ["decision": "approved"]),
        ]
        let states: [(String, Set<String>, () async throws -> String)] = [
            (
                "requires_payment_method", ["cancel", "confirm"],
                { try await sandbox.pay { $0["payment_method"] = nil }.id }
            ),
            (
                "requires_action", ["cancel"],
                { try await sandbox.pay(scenario: "three_ds_challenge").id }
            ),
            (
                "in_review", ["cancel", "review"],
                { try await sandbox.pay(scenario: "fraud_review").id }
            ),
            (
                "requires_capture", ["capture", "cancel", "increment_authorization"],
                { try await sandbox.pay { $0["capture_method"] = "manual" }.id }
            ),
            ("succeeded", [], { try await sandbox.pay().id }),
            (
                "failed", [],
                {
                    try await sandbox.pay(scenario: "lost_card").at("/error/payment/id")?.string
                        ?? ""
                }
            ),
        ]
        for (state, legal, make) in states {
            for (action, body) in calls {
                let id = try await make()
                let answer = try await sandbox.call("POST", "/v1/payments/\(id)/\(action)", body)
                if legal.contains(action) {
                    #expect(answer.status == 200, "\(state) \(action) \(answer)")
                } else {
                    #expect(
                        answer.status == 409 && answer.errorCode == "payment_state",
                        "\(state) \(action) \(answer)")
                    let message = answer.at("/error/message")?.string ?? ""
                    #expect(
                        message.contains("is \(state)") && message.contains("Possible now:"),
                        "\(message)")
                }
            }
        }
    }
}
