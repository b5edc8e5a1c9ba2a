import Contracts

/// The scenarios of the domain: every behaviour by its name, and what single operations answer.
enum PaymentsScenarios {
    static let charging = ["create_payment", "confirm_payment"]

    static let all: [Scenario] = behaviours + refusals.map(\.scenario)

    /// Scenarios that make an operation refuse at once, with the code of the refusal.
    struct Refusal: Sendable {
        let name: String
        let operation: String
        let code: String
        let message: String

        var scenario: Scenario {
            Scenario(name: name, summary: message, operations: [operation], errorCode: code)
        }
    }

    static let refusals: [Refusal] = [
        Refusal(
            name: "capture_exceeds_authorization", operation: "capture_payment",
            code: "amount_exceeds_hold", message: "More would be captured than is held."),
        Refusal(
            name: "refund_exceeds_payment", operation: "create_refund",
            code: "amount_exceeds_refundable", message: "More would be refunded than was captured."),
        Refusal(
            name: "refund_duplicate", operation: "create_refund", code: "nothing_to_refund",
            message: "The payment is refunded already."),
        Refusal(
            name: "refund_window_closed", operation: "create_refund", code: "refund_window_closed",
            message: "The payment is too old to be refunded."),
        Refusal(
            name: "insufficient_balance", operation: "create_payout", code: "insufficient_balance",
            message: "The available balance is too low."),
        Refusal(
            name: "limit_exceeded", operation: "create_payout", code: "limit_exceeded",
            message: "The amount is above the limit for payouts."),
        Refusal(
            name: "quote_expired", operation: "create_payment", code: "quote_expired",
            message: "The quote's rate holds no more."),
        Refusal(
            name: "pair_not_supported", operation: "create_fx_quote", code: "pair_not_supported",
            message: "There is no rate for the two currencies."),
    ]

    /// Ends an operation whose scenario is a refusal.
    static func refuse(_ call: SimulatedCall) throws(AnswerInstead) {
        let asked = call.asked { name in
            refusals.first { $0.name == name && $0.operation == call.operation.id }
        }
        guard let asked else { return }
        var answer = SimulatedAnswer.conflict(
            asked.outcome.code, asked.outcome.message, advice: nil)
        answer.simulated = asked.cause
        answer.source = asked.source
        throw AnswerInstead(answer)
    }

    private static let behaviours: [Scenario] =
        Behaviour.all.map { behaviour in
            Scenario(
                name: behaviour.name, summary: behaviour.summary,
                operations: operations(behaviour.effect), errorCode: errorCode(behaviour.effect),
                declineCode: declineCode(behaviour.effect))
        }
        + PayoutPlan.allCases.map {
            Scenario(name: $0.rawValue, summary: $0.summary, operations: ["create_payout"])
        }
        + [
            Scenario(
                name: "rate_moved", summary: "The rate is 2.5 % worse.",
                operations: ["create_fx_quote", "create_payment"])
        ]

    static func operations(_ effect: Behaviour.Effect) -> [String] {
        switch effect {
        case .captureFails, .clearingRejected, .settlement: charging + ["capture_payment"]
        case .dispute: charging + ["create_dispute"]
        case .refund: charging + ["create_refund"]
        case .decline, .network, .advice: charging + ["increment_authorization"]
        case .address, .securityCode, .authentication, .limits, .risk, .review, .blocked,
            .expiresSoon, .fraudWarning:
            charging
        }
    }

    private static func declineCode(_ effect: Behaviour.Effect) -> String? {
        switch effect {
        case .decline(let decline): decline.code
        case .network(let code): NetworkCode.named(code, brand: .visa)?.declineCode
        case .advice: "do_not_honor"
        case .blocked: "fraudulent"
        case .address(.noMatch): "incorrect_zip"
        case .securityCode(.noMatch): "incorrect_cvc"
        default: nil
        }
    }

    private static func errorCode(_ effect: Behaviour.Effect) -> String? {
        if declineCode(effect) != nil { return PaymentsError.declinedCode }
        guard case .authentication(let plan) = effect, !plan.status.isPending else { return nil }
        if plan.declineAfter != nil { return PaymentsError.declinedCode }
        return plan.status.allowsAuthorisation ? nil : PaymentsError.authenticationFailedCode
    }
}
