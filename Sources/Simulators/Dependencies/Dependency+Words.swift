import Contracts

// What a dependency's bindings are written in.
extension Dependency {
    /// What a request's template can use: names with what they hold.
    package var inputs: [(name: String, summary: String)] {
        switch self {
        case .exchangeQuote:
            [
                ("sell_currency", "The currency that is given, three lower-case letters."),
                ("buy_currency", "The currency that is wanted."),
                ("amount", "Minor units of the currency on whose side the amount was asked for."),
                ("amount_side", "sell or buy."),
            ]
        case .riskScore:
            [
                ("amount", "Minor units that are to be charged."),
                ("currency", "Three lower-case letters."),
                ("card_brand", "visa, mastercard and so on; unknown without a card."),
                ("card_funding", "credit, debit, prepaid or unknown."),
                ("card_country", "Two upper-case letters; null where it is not known."),
                ("customer", "The customer's id; null without one."),
                ("email", "The customer's; null without one."),
                ("phone", "The customer's, digits behind a + if it was given with one; null without."),
                ("merchant_category", "Four digits, ISO 18245; null without a merchant."),
                ("merchant_risk", "normal, elevated or highest."),
            ]
        case .identityCheck:
            [
                ("customer", "The customer's id."),
                ("name", "The whole name; null without one."),
                ("email", "Null without one."),
                ("phone", "Digits behind a + if it was given with one; null without."),
            ]
        case .message:
            [
                ("phone", "The receiver's, digits behind a + if it was given with one."),
                ("message", "The words to send, with the code among them."),
                ("code", "Six digits."),
                ("customer", "The customer's id."),
                ("amount", "Minor units of the payment."),
                ("currency", "Three lower-case letters."),
            ]
        }
    }

    /// What is read from the provider's answer.
    package var facts: [(name: String, summary: String, isRequired: Bool)] {
        switch self {
        case .exchangeQuote:
            [
                ("rate", "Units bought for one unit sold, a decimal number or its text.", true),
                ("sold", "Minor units that are given; used by what a provider says, not read.", false),
                ("bought", "Minor units that are got; likewise.", false),
            ]
        case .riskScore:
            [("score", "0 to 100, a number or its text; the higher, the likelier is fraud.", true)]
        case .identityCheck:
            [
                ("match", "true, false or not_available, a text or a boolean.", true),
                ("match_score", "How alike the names are, 0 to 100.", false),
            ]
        case .message:
            [
                ("id", "The provider's id of the message.", true),
                ("status", "The provider's word for how far it has come.", false),
            ]
        }
    }

    /// Whether a fact can be used: a rate is a positive number, a score one between 0 and 100.
    func takes(_ value: JSONValue, as fact: String) -> Bool {
        switch (self, fact) {
        case (.exchangeQuote, "rate"): FXRates.rate(decimal: value.scalarText) != nil
        case (.exchangeQuote, _): true
        case (.riskScore, _): RiskScore(provided: value) != nil
        case (.identityCheck, "match"): IdentityMatch(provided: value) != nil
        case (.identityCheck, _): value.percentage != nil
        case (.message, _): (1...Limits.messageFactCharacters).contains(value.scalarText.count)
        }
    }
}

extension JSONValue {
    /// A number from 0 to 100 or its text, rounded to a whole one; nil for anything else.
    var percentage: Int? {
        guard let number = JSONNumber(scalarText).flatMap({ Double($0.text) }),
            (0...100).contains(number)
        else { return nil }
        return Int(number.rounded())
    }
}
