extension Behaviour {
    /// Every behaviour; names are unique.
    static let all: [Behaviour] =
        declines + aliases + networkCodes + advices + addressChecks + securityCodeChecks
        + authentications + limits + risks + lifecycles + disputes + refunds

    private static let declines = Decline.all.map { decline in
        Behaviour(decline.code, .decline(decline), decline.message)
    }

    /// Names that planners and people use for declines.
    private static let aliases: [Behaviour] = [
        alias("card_declined", of: "generic_decline"), alias("fraud_suspected", of: "fraudulent"),
    ]

    private static func alias(_ name: String, of code: String) -> Behaviour {
        let decline = Decline.all.first { $0.code == code } ?? Decline.all[0]
        return Behaviour(name, .decline(decline), decline.message)
    }

    private static let networkCodes = NetworkCode.all.map { code in
        Behaviour(
            "network_\(code.code)", .network(code.code),
            "The network answers \(code.code), \(code.meaning).")
    }

    private static let advices = MerchantAdvice.all.map { advice in
        Behaviour(
            "advice_\(advice.code)", .advice(advice.code),
            "Declined with merchant advice \(advice.code), \(advice.meaning).")
    }

    private static let addressChecks = AddressCheck.allCases.map { check in
        Behaviour(
            "avs_\(check.rawValue)", .address(check),
            "Address verification answers \(check.rawValue): \(check.meaning).")
    }

    private static let securityCodeChecks = SecurityCodeCheck.allCases.map { check in
        Behaviour(
            "cvc_\(check.rawValue)", .securityCode(check),
            "The security code's check answers \(check.rawValue): \(check.meaning).")
    }

    private static let authentications = AuthenticationPlan.all.map { plan in
        Behaviour(plan.name, .authentication(plan), plan.summary)
    }

    private static let limits: [Behaviour] = [
        Behaviour("partial_approval", .network("10"), "The issuer approves half of the amount."),
        Behaviour(
            "limit_per_payment", .limits(CardLimits(perPayment: 500)),
            "A payment of more than 500.00 is declined for funds."),
        Behaviour(
            "limit_payments_per_day", .limits(CardLimits(paymentsPerDay: 3)),
            "The fourth payment within 24 hours is declined."),
        Behaviour(
            "limit_per_day", .limits(CardLimits(perDay: 1_000)),
            "Payments of more than 1,000.00 within 24 hours are declined."),
        Behaviour(
            "limit_categories", .limits(CardLimits(barredCategories: ["7995", "4722"])),
            "Gambling and travel are not permitted to this card."),
    ]

    private static let risks: [Behaviour] = [
        Behaviour("risk_elevated", .risk(50), "The payment scores high."),
        Behaviour(
            "fraud_blocked", .blocked, "Our own risk rules stop the payment before it is sent."),
        Behaviour("fraud_review", .review, "The payment is held until somebody has looked at it."),
        Behaviour(
            "fraud_warning_issued", .fraudWarning,
            "The issuer warns of fraud a day after the payment."),
    ]

    private static let lifecycles: [Behaviour] = [
        Behaviour("authorization_expired", .expiresSoon, "The hold runs out after an hour."),
        Behaviour("capture_failed", .captureFails, "The hold is good, its capture fails."),
        Behaviour(
            "clearing_rejected", .clearingRejected,
            "The network throws the capture out in clearing."),
        Behaviour(
            "settlement_delayed", .settlement(.delayed),
            "The money settles three business days late."),
        Behaviour("settlement_at_once", .settlement(.atOnce), "The money is available at once."),
    ]

    private static let disputes: [Behaviour] =
        DisputeReason.allCases.map { reason in
            Behaviour(
                "dispute_\(reason.rawValue)", .dispute(reason, DisputePlan("dispute", "")),
                "Disputed as \(reason.rawValue) as soon as it is captured.")
        }
        + DisputePlan.all.map { plan in
            Behaviour(
                plan.name, .dispute(.fraudulent, plan),
                "Disputed as soon as it is captured. \(plan.summary)")
        }

    private static let refunds = RefundPlan.allCases.map { plan in
        Behaviour(plan.rawValue, .refund(plan), plan.summary)
    }
}
