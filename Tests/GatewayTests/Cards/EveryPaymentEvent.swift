import Contracts

extension TestSandbox {
    /// Lets every type of event of the payments graphs happen at least once. The clock must be
    /// frozen and is left about three months later.
    func letEveryPaymentEventHappen() async throws {
        try await letPaymentsHappen()
        try await letAuthenticationsHappen()
        try await letRefundsAndDisputesHappen()
        try await letQuotesAndPayoutsHappen()
        for days in [1, 2, 4, 8, 12, 12, 12, 40] { try await advance(days: days) }
    }

    private func letPaymentsHappen() async throws {
        for scenario in ["fraud_review", "fraud_warning_issued", "clearing_rejected"] {
            _ = try await pay(scenario: scenario)
        }
        let held = try await pay { $0["capture_method"] = "manual" }
        _ = try await call(
            "POST", "/v1/payments/\(held.id)/increment_authorization", ["amount": 250])
    }

    private func letAuthenticationsHappen() async throws {
        let outcomes = [
            "three_ds_frictionless", "three_ds_attempted", "three_ds_failed", "three_ds_rejected",
            "three_ds_unavailable", "three_ds_informational", "three_ds_challenge_succeeded",
            "three_ds_abandoned", "three_ds_timeout", "three_ds_decoupled",
        ]
        for scenario in outcomes { _ = try await pay(scenario: scenario) }
    }

    private func letRefundsAndDisputesHappen() async throws {
        for scenario in ["refund_failed", "refund_pending"] {
            let refund = try await call(
                "POST", "/v1/refunds", ["payment": .string(try await pay().id)],
                fields: [("X-Sandbox-Scenario", scenario)])
            if scenario == "refund_pending" {
                _ = try await call("POST", "/v1/refunds/\(refund.id)/cancel")
            }
        }
        for scenario in ["dispute_prevented", "inquiry_escalated", "dispute_won"] {
            let paid = JSONValue.string(try await pay().id)
            let dispute = try await call(
                "POST", "/v1/disputes", ["payment": paid],
                fields: [("X-Sandbox-Scenario", scenario)])
            switch scenario {
            case "dispute_prevented": _ = try await call("POST", "/v1/refunds", ["payment": paid])
            case "dispute_won":
                _ = try await call(
                    "POST", "/v1/disputes/\(dispute.id)/evidence",
                    ["evidence": [["type": "receipt", "text": "Paid and taken away."]]])
            default: break
            }
        }
    }

    private func letQuotesAndPayoutsHappen() async throws {
        let quote: JSONValue = ["sell_currency": "eur", "buy_currency": "usd", "amount": 1_250]
        _ = try await call("POST", "/v1/fx_quotes", quote)
        let used = try await call("POST", "/v1/fx_quotes", quote).id
        _ = try await pay { $0["fx_quote"] = .string(used) }
        for scenario in [nil, "payout_returned", "account_closed"] as [String?] {
            let payout = try await call(
                "POST", "/v1/payouts", ["amount": 1_000, "currency": "eur"],
                fields: scenario.map { [("X-Sandbox-Scenario", $0)] } ?? [])
            if scenario == nil { _ = try await call("POST", "/v1/payouts/\(payout.id)/cancel") }
        }
    }
}
