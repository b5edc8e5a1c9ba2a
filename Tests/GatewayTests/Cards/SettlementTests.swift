import Access
import Contracts
import Tenancy
import Testing

@testable import Gateway

/// Money from the payer to the balance: captured, cleared on T+1, settled on T+2.
@Suite struct `Clearing and settlement` {
    @Test func `a payment is settled on T+2, less its fee`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let before = try await sandbox.balance("merchant:available", "eur")
        let paid = try await sandbox.pay()
        #expect(paid.at("/status") == "succeeded")
        #expect(try await sandbox.balance("merchant:pending", "eur") == 1_250)

        try await sandbox.advance(days: 1)
        #expect(try await sandbox.balance("merchant:pending", "eur") == 0)
        #expect(try await sandbox.balance("merchant:cleared", "eur") == 1_250)
        let records = try await sandbox.call("GET", "/v1/clearing_records?payment=\(paid.id)")
        #expect(records.at("/data/0/status") == "cleared")
        #expect(records.at("/data/0/settlement") == "stl_eur_20310305")

        try await sandbox.advance(days: 1)
        let settled = try await sandbox.call("GET", "/v1/payments/\(paid.id)")
        #expect(settled.at("/status") == "settled")
        #expect(settled.at("/amount_settled") == 1_250)
        #expect(try await sandbox.balance("merchant:cleared", "eur") == 0)
        #expect(try await sandbox.balance("merchant:available", "eur") == before + 1_184)
        #expect(try await sandbox.balance("platform:fees", "eur") == 66)
        let settlement = try await sandbox.call("GET", "/v1/settlements/stl_eur_20310305")
        #expect(settlement.at("/status") == "settled")
        #expect(settlement.at("/captures") == 1_250)
        #expect(settlement.at("/fees") == 66)
        #expect(settlement.at("/net") == 1_184)
        #expect(
            try await sandbox.eventTypes() == [
                "payment.succeeded", "clearing.cleared", "settlement.created", "clearing.settled",
                "payment.settled", "settlement.settled",
            ])
        #expect(try await sandbox.unbalanced() == [])
    }

    @Test func `weekend and holiday captures settle on business days of the currency's market`()
        async throws
    {
        let sandbox = try await TestSandbox.frozen { draft in
            // Friday before Memorial Day of the United States.
            draft.clock = .init(mode: .frozen, now: .init(rfc3339: "2031-05-23T12:00:00Z"))
        }
        let dollars = try await sandbox.pay { $0["currency"] = "usd" }
        let euros = try await sandbox.pay()
        try await sandbox.advance(days: 4)
        #expect(
            try await sandbox.call("GET", "/v1/payments/\(euros.id)").at("/status") == "settled")
        #expect(
            try await sandbox.call("GET", "/v1/payments/\(dollars.id)").at("/status") == "succeeded"
        )
        try await sandbox.advance(days: 1)
        #expect(
            try await sandbox.call("GET", "/v1/payments/\(dollars.id)").at("/status") == "settled")
    }

    @Test func `settlement is what was cleared less refunds and fees`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let before = try await sandbox.balance("merchant:available", "eur")
        var cleared: Int64 = 0
        var fees: Int64 = 0
        for amount in [1, 20, 1_250, 99_999_999] as [Int64] {
            let paid = try await sandbox.pay { $0["amount"] = .int(amount) }
            cleared += amount
            if amount == 1_250 {
                _ = try await sandbox.call(
                    "POST", "/v1/refunds", ["payment": .string(paid.id), "amount": 250])
                cleared -= 250
            }
        }
        try await sandbox.advance(days: 2)
        let settlement = try await sandbox.call("GET", "/v1/settlements/stl_eur_20310305")
        fees = settlement.at("/fees")?.int ?? 0
        #expect(settlement.at("/records") == 5)
        #expect(settlement.at("/refunds") == 250)
        #expect(settlement.at("/net")?.int == cleared - fees)
        #expect(try await sandbox.balance("merchant:available", "eur") == before + cleared - fees)
        #expect(try await sandbox.balance("platform:fees", "eur") == fees)
        #expect(try await sandbox.balance("merchant:pending", "eur") == 0)
        #expect(try await sandbox.unbalanced() == [])
    }

    @Test func `what clearing throws out goes back to the cardholder`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let paid = try await sandbox.pay(scenario: "clearing_rejected")
        #expect(paid.at("/status") == "succeeded")
        try await sandbox.advance(days: 1)
        let failed = try await sandbox.call("GET", "/v1/payments/\(paid.id)")
        #expect(failed.at("/status") == "failed")
        #expect(failed.at("/last_error/code") == "clearing_rejected")
        #expect(failed.at("/amount_captured") == 0)
        #expect(try await sandbox.balance("network:cardholders", "eur") == 0)
        #expect(
            try await sandbox.eventTypes() == [
                "payment.succeeded", "clearing.rejected", "payment.failed",
            ])
        try await sandbox.advance(days: 5)
        #expect(try await sandbox.balance("platform:fees", "eur") == 0)
    }

    @Test func `a delayed settlement comes three business days late, an instant one at once`()
        async throws
    {
        let sandbox = try await TestSandbox.frozen()
        let late = try await sandbox.pay(scenario: "settlement_delayed")
        let soon = try await sandbox.pay(scenario: "settlement_at_once")
        try await sandbox.advance()
        #expect(try await sandbox.call("GET", "/v1/payments/\(soon.id)").at("/status") == "settled")
        try await sandbox.advance(days: 4)
        #expect(
            try await sandbox.call("GET", "/v1/payments/\(late.id)").at("/status") == "succeeded")
        try await sandbox.advance(days: 3)
        #expect(try await sandbox.call("GET", "/v1/payments/\(late.id)").at("/status") == "settled")
        #expect(try await sandbox.unbalanced() == [])
    }

    @Test func `captures in parts clear one by one and settle the payment together`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let hold = try await sandbox.pay { $0["capture_method"] = "manual" }
        let path = "/v1/payments/\(hold.id)"
        _ = try await sandbox.call("POST", "\(path)/capture", ["amount": 400, "final": false])
        try await sandbox.advance(days: 2)
        let part = try await sandbox.call("GET", path)
        #expect(part.at("/status") == "requires_capture")
        #expect(part.at("/amount_settled") == 400)
        _ = try await sandbox.call("POST", "\(path)/capture", ["amount": 850])
        try await sandbox.advance(days: 2)
        #expect(try await sandbox.call("GET", path).at("/status") == "settled")
        #expect(try await sandbox.call("GET", path).at("/amount_settled") == 1_250)
    }

    @Test func `money in another currency is exchanged with explicit rounding`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let quote = try await sandbox.call(
            "POST", "/v1/fx_quotes",
            ["sell_currency": "eur", "buy_currency": "jpy", "amount": 1250])
        #expect(quote.status == 201, "\(quote)")
        #expect(quote.at("/rounding") == "half_even")
        let bought = try #require(quote.at("/buy_amount")?.int)
        let hold = try await sandbox.pay {
            $0["fx_quote"] = .string(quote.id)
            $0["capture_method"] = "manual"
        }
        #expect(hold.at("/settlement/currency") == "jpy")
        #expect(hold.at("/settlement/exchange_rate") == quote.at("/rate"))
        #expect(try await sandbox.call("GET", "/v1/fx_quotes/\(quote.id)").at("/status") == "used")
        for amount in [333, 333, 584] as [Int64] {
            _ = try await sandbox.call(
                "POST", "/v1/payments/\(hold.id)/capture", ["amount": .int(amount), "final": false])
        }
        #expect(try await sandbox.balance("merchant:pending", "jpy") == bought)
        #expect(try await sandbox.balance("platform:exchange", "eur") == 1_250)
        #expect(try await sandbox.balance("platform:exchange", "jpy") == -bought)
        let refund = try await sandbox.call("POST", "/v1/refunds", ["payment": .string(hold.id)])
        #expect(refund.at("/settlement_amount")?.int == bought)
        #expect(try await sandbox.balance("platform:exchange", "jpy") == 0)
        #expect(try await sandbox.unbalanced() == [])
        let again = try await sandbox.pay { $0["fx_quote"] = .string(quote.id) }
        #expect(again.errorCode == "quote_expired")
    }

    @Test func `a quote runs out, a pair without a rate is refused`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let draft: JSONValue = [
            "sell_currency": "eur", "buy_currency": "usd", "amount": 100, "amount_side": "buy",
            "valid_for": "PT5M",
        ]
        let quote = try await sandbox.call("POST", "/v1/fx_quotes", draft)
        #expect(quote.at("/buy_amount") == 100)
        try await sandbox.advance(hours: 1)
        #expect(
            try await sandbox.call("GET", "/v1/fx_quotes/\(quote.id)").at("/status") == "expired")
        let late = try await sandbox.pay { $0["fx_quote"] = .string(quote.id) }
        #expect(late.status == 409 && late.errorCode == "quote_expired")
        let pair = try await sandbox.call(
            "POST", "/v1/fx_quotes", ["sell_currency": "eur", "buy_currency": "xpf", "amount": 100])
        #expect(pair.errorCode == "pair_not_supported")
        let moved = try await sandbox.call(
            "POST", "/v1/fx_quotes", draft, fields: [("X-Sandbox-Scenario", "rate_moved")])
        #expect(moved.at("/sell_amount")?.int ?? 0 > quote.at("/sell_amount")?.int ?? 0)
    }
}
