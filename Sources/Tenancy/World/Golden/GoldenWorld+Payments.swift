import Contracts

extension GoldenBuilder {
    /// Cards whose names say what happens to a payment with them.
    mutating func addPaymentMethods() {
        card("pm_card_visa", "visa", "4242", "Payments succeed.")
        card("pm_card_mastercard", "mastercard", "4444", "Payments succeed.")
        card("pm_card_amex", "amex", "0005", "Payments succeed.")
        card("pm_card_declined", "visa", "0002", "Payments are declined without a particular reason.", "generic_decline")
        card("pm_card_insufficient_funds", "visa", "9995", "Payments are declined for funds.", "insufficient_funds")
        card("pm_card_lost", "visa", "9987", "Payments are declined: the card is reported lost.", "lost_card")
        card("pm_card_stolen", "visa", "9979", "Payments are declined: the card is reported stolen.", "stolen_card")
        card("pm_card_expired", "visa", "0069", "Payments are declined: the card has expired.", "expired_card", year: -1)
        card("pm_card_incorrect_cvc", "visa", "0127", "Payments are declined: the CVC is wrong.", "incorrect_cvc")
        card("pm_card_processing_error", "visa", "0119", "Payments fail with a processing error.", "processing_error")
        card("pm_card_3ds_required", "visa", "3155", "Payments ask for authentication first.", "three_ds_challenge")
        card("pm_card_dispute", "visa", "0259", "Payments succeed and are disputed as fraudulent.", "dispute_fraudulent")
        card("pm_card_limited", "visa", "0500", "Payments above 500.00 are declined for funds.", "limit_per_payment")
        card("pm_card_demo_customer", "visa", "4242", "The saved card of `cus_demo`.", customer: "cus_demo")
    }

    private mutating func card(
        _ id: String, _ brand: String, _ last4: String, _ purpose: String,
        _ simulates: String? = nil, year: Int = 3, customer: String? = nil
    ) {
        add(
            "payment_method", id, days: 80, purpose,
            [
                "type": "card",
                "card": [
                    "brand": .string(brand), "last4": .string(last4), "exp_month": 12,
                    "exp_year": GoldenDocument.year(year), "funding": "credit", "country": "US",
                    "simulates": .string(orNull: simulates),
                ],
                "customer": .string(orNull: customer), "metadata": [:],
            ])
    }

    /// A little history: each state once, amounts in currencies of no, two and three decimals.
    mutating func addPayments() {
        payment("pay_demo_succeeded", 4_999, "usd", days: 14, "A payment that went well.")
        payment("pay_demo_jpy", 5_000, "jpy", days: 12, "5,000 yen: a currency without minor units.")
        payment("pay_demo_kwd", 12_345, "kwd", days: 11, "12.345 dinars: a currency with three decimals.")
        payment("pay_demo_large", 99_999_999, "usd", days: 10, "The largest amount.")
        payment("pay_demo_refunded", 2_000, "eur", days: 9, "Refunded in full.", refunded: 2_000)
        payment("pay_demo_partly_refunded", 10_000, "eur", days: 8, "Refunded by a quarter.", refunded: 2_500)
        payment(
            "pay_demo_failed", 7_500, "usd", days: 7, "Declined for insufficient funds.",
            status: "failed", method: "pm_card_insufficient_funds",
            error: [
                "type": "card_error", "code": "card_declined", "decline_code": "insufficient_funds",
                "message": "The card has insufficient funds.",
            ])
        refund("re_demo_full", "pay_demo_refunded", 2_000, "eur", days: 8)
        refund("re_demo_partial", "pay_demo_partly_refunded", 2_500, "eur", days: 6)
    }

    private mutating func payment(
        _ id: String, _ amount: Int64, _ currency: String, days: Int, _ purpose: String,
        refunded: Int64 = 0, status: String = "settled",
        method: String = "pm_card_demo_customer", error: JSONValue = .null
    ) {
        let paid = status == "failed" ? 0 : amount
        add(
            "payment", id, days: days, purpose,
            [
                "amount": .int(amount), "amount_authorized": .int(paid), "amount_capturable": 0,
                "amount_captured": .int(paid), "amount_refunded": .int(refunded),
                "amount_settled": .int(paid), "currency": .string(currency),
                "status": .string(status), "customer": "cus_demo",
                "payment_method": .string(method), "merchant": .null,
                "capture_method": "automatic", "off_session": false, "over_capture": false,
                "description": .null, "statement_descriptor": .null,
                "cancellation_reason": .null, "capture_before": .null, "authentication": .null,
                "next_action": .null, "outcome": .null,
                "settlement": [
                    "currency": .string(currency), "amount": .int(paid), "exchange_rate": .null,
                    "fx_quote": .null,
                ],
                "dispute": .null, "simulated": .null, "last_error": error, "metadata": [:],
            ])
    }

    private mutating func refund(
        _ id: String, _ payment: String, _ amount: Int64, _ currency: String, days: Int
    ) {
        add(
            "refund", id, days: days, "Belongs to `\(payment)`.",
            [
                "payment": .string(payment), "amount": .int(amount),
                "currency": .string(currency), "settlement_amount": .int(amount),
                "settlement_currency": .string(currency), "status": "succeeded",
                "reason": "requested_by_customer", "failure_reason": .null, "simulated": .null,
                "metadata": [:],
            ])
    }
}
