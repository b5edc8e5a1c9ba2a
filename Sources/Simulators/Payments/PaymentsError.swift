import Contracts

/// Error documents in the contract's shape.
enum PaymentsError {
    /// `error.code` of every decline; the cause is in `error.decline_code`.
    static let declinedCode = "card_declined"

    static func document(
        _ type: String, _ code: String, _ message: String, param: String? = nil
    ) -> JSONValue {
        var error: JSONValue = [
            "type": .string(type), "code": .string(code), "message": .string(message),
        ]
        if let param { error["param"] = .string(param) }
        return ["error": error]
    }

    /// A decline as a payment keeps it in `last_error`.
    static func lastError(_ decline: Decline) -> JSONValue {
        [
            "type": "card_error", "code": .string(declinedCode),
            "decline_code": .string(decline.code), "message": .string(decline.message),
        ]
    }
}

extension SimulatedAnswer {
    static func missing(_ type: PaymentsType, _ id: String, param: String? = nil) -> SimulatedAnswer {
        SimulatedAnswer(
            .missing,
            PaymentsError.document(
                "not_found", "resource_missing", "There is no \(type.rawValue) \"\(id)\".",
                param: param ?? type.rawValue),
            code: "resource_missing")
    }

    static func conflict(_ code: String, _ message: String, param: String? = nil) -> SimulatedAnswer {
        SimulatedAnswer(
            .conflicting, PaymentsError.document("conflict", code, message, param: param),
            code: code)
    }

    static func declined(
        _ payment: JSONValue, _ resolved: ResolvedOutcome<Decline>
    ) -> SimulatedAnswer {
        let decline = resolved.outcome
        var error = PaymentsError.lastError(decline)
        error["payment"] = payment
        var answer = SimulatedAnswer(
            .declined, ["error": error], code: PaymentsError.declinedCode)
        answer.simulated =
            "\(resolved.cause); decline_code=\(decline.code); network_code=\(decline.networkCode)"
        answer.source = resolved.source
        return answer
    }
}
