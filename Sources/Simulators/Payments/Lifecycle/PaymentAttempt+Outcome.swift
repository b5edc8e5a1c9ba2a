import Contracts

extension PaymentAttempt {
    /// The decision as the contract's `Outcome`: evidence for whoever asks why.
    var outcome: JSONValue {
        let decline = decision.decline
        let failed = decision.checks.last { !$0.passed }
        var outcome: JSONValue = [
            "type": .string(type),
            "network_code": .string(orNull: decision.networkCode?.code),
            "advice_code": .string(orNull: decision.advice?.code),
            "retry": .string((decision.networkCode?.retry ?? .never).name),
            "decline_code": .string(orNull: decline?.code),
            "check": .string(orNull: failed?.name.rawValue),
            "rule": .string(orNull: decision.rule),
            "observed": decision.observed.map { .int($0) } ?? .null,
            "limit": decision.limit.map { .int($0) } ?? .null,
            "risk_score": .int(decision.score.value), "risk_level": .string(decision.score.level),
            "address_check": .string(orNull: address?.rawValue),
            "security_code_check": .string(orNull: securityCode?.rawValue),
            "cardholder_message": .string(orNull: decline?.shownToCardholder),
        ]
        // Only where a provider was asked: outcomes without one stay as they were.
        if let provider = risk.document { outcome["risk_provider"] = provider }
        return outcome
    }

    private var type: String {
        switch decision.verdict {
        case .approved:
            decision.networkCode?.action == .approvePart ? "partially_authorized" : "authorized"
        case .declined: "issuer_declined"
        case .blocked: "blocked"
        }
    }
}
