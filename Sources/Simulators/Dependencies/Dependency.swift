/// What a domain of ours asks the outside world for, and can have answered by an operation of a
/// mounted contract. Without a binding the domain answers it itself, or does without.
package enum Dependency: String, Sendable, CaseIterable {
    /// The rate at which one currency is sold for another.
    case exchangeQuote = "fx.quote"
    /// How likely an attempt to pay is fraud.
    case riskScore = "risk.score"
    /// Whether a customer is who the customer says.
    case identityCheck = "kyc.check"
    /// A text message to a customer's phone.
    case message = "sms.send"

    package var summary: String {
        switch self {
        case .exchangeQuote:
            "The exchange rate of a quote, and of a payment that settles in another currency."
        case .riskScore:
            "The risk of an attempt to pay, before the issuer is asked. Where its provider fails, our own rules score it."
        case .identityCheck: "The identity check of a customer."
        case .message:
            "The one-time code of a 3-D Secure challenge, to the customer's phone. Without a provider none is sent."
        }
    }
}
