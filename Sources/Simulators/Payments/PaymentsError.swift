import Contracts
import Tenancy

/// Error documents in the contract's shape.
enum PaymentsError {
    /// `error.code` of every decline; the cause is in `error.decline_code`.
    static let declinedCode = "card_declined"
    static let authenticationFailedCode = "authentication_failed"

    static func document(
        _ type: String, _ code: String, _ message: String, param: String? = nil
    ) -> JSONValue {
        var error: JSONValue = [
            "type": .string(type), "code": .string(code), "message": .string(message),
        ]
        if let param { error["param"] = .string(param) }
        return ["error": error]
    }

    /// A failure as a payment keeps it in `last_error`.
    static func card(_ code: String, _ message: String, declineCode: String? = nil) -> JSONValue {
        var error: JSONValue = ["type": "card_error", "code": .string(code)]
        if let declineCode { error["decline_code"] = .string(declineCode) }
        error["message"] = .string(message)
        return error
    }

    /// No rate could be had from the provider of exchange rates.
    static let exchangeUnavailableCode = "exchange_unavailable"
    static let exchangeUnavailable: JSONValue = [
        "type": "api_error", "code": .string(exchangeUnavailableCode),
        "message": "The provider of exchange rates gave no rate.",
    ]

    /// No answer could be had from the provider of identity checks.
    static let verificationUnavailableCode = "verification_unavailable"
    static let verificationUnavailable: JSONValue = [
        "type": "api_error", "code": .string(verificationUnavailableCode),
        "message": "The provider of identity checks gave no answer.",
    ]

    static func lastError(_ decline: Decline) -> JSONValue {
        card(declinedCode, decline.message, declineCode: decline.code)
    }
}

extension SimulatedAnswer {
    /// 503 for what cannot be done without a provider's answer; nothing is kept.
    static func unavailable(
        _ error: JSONValue, because failure: ProviderFailure
    ) -> SimulatedAnswer {
        var answer = SimulatedAnswer(
            .conflicting, ["error": error], code: error["code"]?.string)
        answer.status = 503
        answer.simulated = failure.cause
        answer.failure = failure
        return answer
    }

    static func missing(_ type: PaymentsType, _ id: String, param: String? = nil) -> SimulatedAnswer
    {
        let message = "There is no \(type.rawValue) \"\(id)\"."
        var answer = SimulatedAnswer(
            .missing,
            PaymentsError.document(
                "not_found", "resource_missing", message, param: param ?? type.rawValue),
            code: "resource_missing")
        answer.reason = FailureReason(
            message,
            advice: "Name a \(type.rawValue) of this sandbox: one that a call has made, or its list has.")
        return answer
    }

    /// `advice` is nil for a refusal that was asked for by name.
    static func conflict(
        _ code: String, _ message: String, param: String? = nil, advice: String?
    ) -> SimulatedAnswer {
        var answer = SimulatedAnswer(
            .conflicting, PaymentsError.document("conflict", code, message, param: param),
            code: code)
        answer.reason = FailureReason(message, advice: advice)
        return answer
    }

    /// A lifecycle that does not allow it: the message names the state and what it allows.
    static func refused(_ refusal: GraphRefusal) -> SimulatedAnswer {
        .conflict(
            "\(refusal.entity.type)_state", refusal.description, advice: refusal.advice)
    }

    /// A payment that failed for the reason in its `last_error`. `cause` is what made it so,
    /// `informant` the provider's call that it rests on.
    static func failed(
        _ payment: JSONValue, by cause: String, informedBy informant: ProviderSource? = nil
    ) -> SimulatedAnswer {
        var error = payment["last_error"] ?? .null
        let code = error["code"]?.string ?? PaymentsError.declinedCode
        error["payment"] = payment
        var answer = SimulatedAnswer(.declined, ["error": error], code: code)
        var simulated = cause
        if let decline = error["decline_code"]?.string { simulated += "; decline_code=\(decline)" }
        if let network = payment["outcome"]?["network_code"]?.string {
            simulated += "; network_code=\(network)"
        }
        answer.simulated = simulated
        let rule = payment["outcome"]?["rule"]?.string
        let decline = error["decline_code"]?.string
        answer.reason = FailureReason(
            error["message"]?.string ?? "The payment failed.",
            advice: informant.map(DecisionAdvice.text) ?? DecisionAdvice.text(rule, decline))
        answer.informant = informant
        return answer
    }
}
