import Contracts

// What the simulated API itself refuses, as the real one would: the issuer's rules, and states that
// do not allow the call.
extension FailedCall {
    private static func card(
        _ change: @escaping @Sendable (inout JSONValue) -> Void
    ) -> JSONValue {
        var card: JSONValue = ["number": "4242424242424242", "exp_month": 11, "exp_year": 2035]
        change(&card)
        return ["type": "card", "card": card]
    }

    private static func pay(_ sandbox: TestSandbox, with method: JSONValue) async throws -> TestAnswer {
        try await sandbox.pay {
            $0["payment_method"] = nil
            $0["payment_method_data"] = method
        }
    }

    static let issuer: [FailedCall] = [
        FailedCall("a card past its date", "simulate.card_declined", names: "exp_year", promises: 201) { sandbox in
            (
                try await pay(sandbox, with: card { $0["exp_year"] = 2031; $0["exp_month"] = 2 }),
                try await pay(sandbox, with: card { $0["exp_year"] = 2031; $0["exp_month"] = 3 })
            )
        },
        FailedCall(
            "a payer who is not there to authenticate", "simulate.card_declined",
            names: "off_session", promises: 201
        ) { sandbox in
            (
                try await sandbox.pay {
                    $0["three_d_secure"] = "required"
                    $0["off_session"] = true
                },
                try await sandbox.pay { $0["three_d_secure"] = "required" }
            )
        },
        FailedCall("no rate for the currencies", "simulate.pair_not_supported", names: "EUR and USD", promises: 201) { sandbox in
            func quote(_ buy: String) async throws -> TestAnswer {
                try await sandbox.call(
                    "POST", "/v1/fx_quotes",
                    ["sell_currency": "eur", "buy_currency": .string(buy), "amount": 1000])
            }
            return (try await quote("ugx"), try await quote("usd"))
        },
    ]

    static let states: [FailedCall] = [
        FailedCall("a payment that is not there", "simulate.resource_missing", names: "payment of this sandbox", promises: 200) { sandbox in
            (
                try await sandbox.call("GET", "/v1/payments/pay_none"),
                try await sandbox.call("GET", "/v1/payments/\(sandbox.pay().id)")
            )
        },
        FailedCall("a refund of nothing", "simulate.resource_missing", names: "payment of this sandbox", promises: 201) { sandbox in
            (
                try await refund(sandbox, "pay_none"),
                try await refund(sandbox, sandbox.pay().id)
            )
        },
        FailedCall("a customer that is not there", "simulate.resource_missing", names: "customer of this sandbox", promises: 201) { sandbox in
            let customer = try await sandbox.call("POST", "/v1/customers", ["name": "Mara"]).id
            return (
                try await sandbox.pay { $0["customer"] = "cus_none" },
                try await sandbox.pay { $0["customer"] = .string(customer) }
            )
        },
        FailedCall("a capture of what is captured", "simulate.payment_state", names: "requires_capture", promises: 200) { sandbox in
            let paid = try await sandbox.pay().id
            let held = try await hold(sandbox)
            return (
                try await sandbox.call("POST", "/v1/payments/\(paid)/capture", [:]),
                try await sandbox.call("POST", "/v1/payments/\(held)/capture", [:])
            )
        },
        FailedCall("a cancellation of what is paid", "simulate.payment_state", names: "requires_capture", promises: 200) { sandbox in
            let paid = try await sandbox.pay().id
            let held = try await hold(sandbox)
            return (
                try await sandbox.call("POST", "/v1/payments/\(paid)/cancel", [:]),
                try await sandbox.call("POST", "/v1/payments/\(held)/cancel", [:])
            )
        },
        FailedCall("more captured than is held", "simulate.amount_exceeds_hold", names: "at most 1250", promises: 200) { sandbox in
            let path = "/v1/payments/\(try await hold(sandbox))/capture"
            return (
                try await sandbox.call("POST", path, ["amount": 1251]),
                try await sandbox.call("POST", path, ["amount": 1250])
            )
        },
        FailedCall("more refunded than was paid", "simulate.amount_exceeds_refundable", names: "at most 1250", promises: 201) { sandbox in
            let paid = try await sandbox.pay().id
            return (try await refund(sandbox, paid, 1251), try await refund(sandbox, paid, 1250))
        },
        FailedCall("a second full refund", "simulate.nothing_to_refund", names: "captured", promises: 201) { sandbox in
            let paid = try await sandbox.pay().id
            _ = try await refund(sandbox, paid)
            return (try await refund(sandbox, paid), try await refund(sandbox, sandbox.pay().id))
        },
        FailedCall("a refund too late", "simulate.refund_window_closed", names: "days", promises: 201) { sandbox in
            let paid = try await sandbox.pay().id
            try await sandbox.advance(days: 366)
            return (try await refund(sandbox, paid), try await refund(sandbox, sandbox.pay().id))
        },
        FailedCall("a refund of disputed money", "simulate.payment_disputed", names: "dispute", promises: 201) { sandbox in
            let paid = try await sandbox.pay().id
            _ = try await dispute(sandbox, paid)
            return (try await refund(sandbox, paid, 1), try await refund(sandbox, sandbox.pay().id))
        },
        FailedCall("a second dispute", "simulate.already_disputed", names: "another payment", promises: 201) { sandbox in
            let paid = try await sandbox.pay().id
            _ = try await dispute(sandbox, paid, 1)
            return (try await dispute(sandbox, paid, 1), try await dispute(sandbox, sandbox.pay().id))
        },
        FailedCall("a dispute of what was never taken", "simulate.payment_state", names: "succeeded", promises: 201) { sandbox in
            (
                try await dispute(sandbox, hold(sandbox)), try await dispute(sandbox, sandbox.pay().id)
            )
        },
        FailedCall("a dispute above the amount", "simulate.amount_exceeds_payment", names: "at most 1250", promises: 201) { sandbox in
            let paid = try await sandbox.pay().id
            return (try await dispute(sandbox, paid, 1251), try await dispute(sandbox, paid, 1250))
        },
        FailedCall("a payout above the balance", "simulate.insufficient_balance", names: "at most", promises: 201) { sandbox in
            let available = try await sandbox.balance("merchant:available", "eur")
            func payout(_ amount: Int64) async throws -> TestAnswer {
                try await sandbox.call(
                    "POST", "/v1/payouts", ["amount": .int(amount), "currency": "eur"])
            }
            return (try await payout(available + 1), try await payout(available))
        },
        FailedCall("a quote whose time is over", "simulate.quote_expired", names: "new quote", promises: 201) { sandbox in
            let old = try await quote(sandbox, "usd")
            try await sandbox.advance(days: 2)
            return (try await pay(sandbox, on: old), try await pay(sandbox, on: quote(sandbox, "usd")))
        },
        FailedCall("a quote for other money", "simulate.quote_mismatch", names: "buy_currency is usd", promises: 201) { sandbox in
            (
                try await pay(sandbox, on: quote(sandbox, "gbp")),
                try await pay(sandbox, on: quote(sandbox, "usd"))
            )
        },
    ]

    private static func hold(_ sandbox: TestSandbox) async throws -> String {
        try await sandbox.pay { $0["capture_method"] = "manual" }.id
    }

    private static func refund(
        _ sandbox: TestSandbox, _ payment: String, _ amount: Int? = nil
    ) async throws -> TestAnswer {
        var body: JSONValue = ["payment": .string(payment)]
        if let amount { body["amount"] = .int(amount) }
        return try await sandbox.call("POST", "/v1/refunds", body)
    }

    private static func dispute(
        _ sandbox: TestSandbox, _ payment: String, _ amount: Int? = nil
    ) async throws -> TestAnswer {
        var body: JSONValue = ["payment": .string(payment), "reason": "fraudulent"]
        if let amount { body["amount"] = .int(amount) }
        return try await sandbox.call("POST", "/v1/disputes", body)
    }

    private static func quote(_ sandbox: TestSandbox, _ buy: String) async throws -> String {
        try await sandbox.call(
            "POST", "/v1/fx_quotes",
            ["sell_currency": "eur", "buy_currency": .string(buy), "amount": 1250]
        ).id
    }

    private static func pay(_ sandbox: TestSandbox, on quote: String) async throws -> TestAnswer {
        try await sandbox.pay {
            $0["settlement_currency"] = "usd"
            $0["fx_quote"] = .string(quote)
        }
    }
}
