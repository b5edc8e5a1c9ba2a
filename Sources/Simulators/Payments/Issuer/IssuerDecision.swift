/// The outcome of the decision tree: who said what, by which rule, after which checks.
struct IssuerDecision: Sendable, Hashable {
    enum Verdict: Sendable, Hashable {
        case approved(amount: Int64)
        case declined(Decline)
        /// Stopped by our own rules; the network never saw it.
        case blocked(Decline)
    }

    struct Check: Sendable, Hashable {
        let name: DecisionCheck
        let passed: Bool
    }

    let verdict: Verdict
    /// Nil when the payment was not sent.
    let networkCode: NetworkCode?
    let advice: MerchantAdvice?
    /// The rule that decided, e.g. `issuer.funds`; nil for a plain approval.
    let rule: String?
    /// What the rule saw and what it allows, where it counts something.
    let observed: Int64?
    let limit: Int64?
    let score: RiskScore
    /// The checks in their order, up to the one that decided.
    let checks: [Check]

    var decline: Decline? {
        switch verdict {
        case .approved: nil
        case .declined(let decline), .blocked(let decline): decline
        }
    }

    var approvedAmount: Int64 {
        if case .approved(let amount) = verdict { return amount }
        return 0
    }
}

/// The checks, in the order in which they run.
enum DecisionCheck: String, Sendable, Hashable, CaseIterable {
    case format, risk, account, expiry
    case securityCode = "security_code"
    case address, velocity, category, funds
}
