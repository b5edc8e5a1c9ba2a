/// What a caller can change so that the rule that stopped a payment lets it pass.
enum DecisionAdvice {
    /// `rule` as ``IssuerDecision/rule`` names it; nil for a payment that no rule stopped, which
    /// its payer's authentication did. `decline` is the decline's code.
    static func text(_ rule: String?, _ decline: String?) -> String {
        if decline == "authentication_required" {
            return "Charge while the payer is there to authenticate: leave out off_session and the exemption."
        }
        return switch rule {
        case "issuer.format": "Ask for an amount above zero."
        case "issuer.expiry":
            "Use a card that is valid at the time of the sandbox's clock, or set exp_month and exp_year later than it."
        case "issuer.security_code": "Give another cvc, or none."
        case "issuer.address": "Give another billing address, or none."
        case "issuer.payments_per_day", "issuer.amount_per_day":
            "Advance the sandbox's clock by a day, or use another card."
        case "issuer.category": "Charge for a merchant of another category, or use another card."
        case "issuer.funds": "Ask for less, set allow_partial, or use another card."
        case RiskRule.largeAtHighRisk.id:
            "Ask for at most \(RiskRule.largeAtHighRisk.limit) major units, or charge for a merchant of a lower risk level."
        case RiskRule.score.id:
            "Lower the score to \(RiskRule.score.limit): a merchant of a lower risk level, a smaller amount, or another card."
        case nil: "Let the payer complete the authentication, or charge without three_d_secure."
        default: "Use another payment method, such as pm_card_visa."
        }
    }

    /// For a payment that a provider's score has stopped.
    static func text(_ provider: ProviderSource) -> String {
        "Have \(provider.operation) of \(provider.contract) answer a score of at most \(RiskRule.score.limit), or unbind \(provider.dependency.rawValue)."
    }
}
