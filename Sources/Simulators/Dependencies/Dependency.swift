import Contracts

/// What a domain of ours asks the outside world for, and can have answered by an operation of a
/// mounted contract. Without a binding the domain answers it itself.
package enum Dependency: String, Sendable, CaseIterable {
    /// The rate at which one currency is sold for another.
    case exchangeQuote = "fx.quote"

    package var summary: String {
        switch self {
        case .exchangeQuote:
            "The exchange rate of a quote, and of a payment that settles in another currency."
        }
    }

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
        }
    }

    /// Whether a fact can be used: a rate is a positive number.
    func takes(_ value: JSONValue, as fact: String) -> Bool {
        switch self {
        case .exchangeQuote: fact != "rate" || FXRates.rate(decimal: value.scalarText) != nil
        }
    }
}
