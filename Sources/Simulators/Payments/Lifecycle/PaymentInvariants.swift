import Contracts

/// What holds for every payment after every step. A step that breaks it is our mistake: it is
/// refused and nothing of it is stored. That each posting sums to zero is seen to by the ledger.
enum PaymentInvariants {
    /// The faults of a payment's amounts, with the members that show them; none in a sound one.
    static func faults(_ payment: EntityDraft) -> [MessageFault] {
        let authorised = payment.amount("amount_authorized")
        let capturable = payment.amount("amount_capturable")
        let captured = payment.amount("amount_captured")
        let isOver = payment.document["over_capture"]?.bool ?? false
        let most = isOver ? authorised * PaymentsSimulator.overCapturePercent / 100 : authorised
        let rules: [(member: String, holds: Bool, expected: String)] = [
            ("amount_authorized", isWithin(authorised, payment.amount("amount")), "at most amount"),
            ("amount_capturable", capturable >= 0, "zero or more"),
            (
                "amount_captured", captured >= 0 && captured + capturable <= max(most, captured),
                "with what is held at most what is authorised"
            ),
            ("amount_captured", captured <= most, "at most what is authorised"),
            (
                "amount_refunded", isWithin(payment.amount("amount_refunded"), captured),
                "at most what is captured"
            ),
            (
                "amount_settled", isWithin(payment.amount("amount_settled"), captured),
                "at most what is captured"
            ),
            (
                "settlement",
                payment.document["settlement"]?["amount"]?.int == payment.settled(captured),
                "the captured amount at the payment's rate"
            ),
        ]
        return rules.filter { !$0.holds }.map { rule in
            MessageFault(
                location: .body, name: nil,
                fault: SchemaFault(
                    pointer: JSONPointer([rule.member]), rule: "invariant", expected: rule.expected,
                    got: JSONWriter.text(payment.document[rule.member] ?? .null)))
        }
    }

    private static func isWithin(_ amount: Int64, _ most: Int64) -> Bool {
        amount >= 0 && amount <= most
    }
}
