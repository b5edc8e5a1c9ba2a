import Access
import Contracts
import Tenancy

/// What became of the one-time code of a challenge, where a provider of messages is bound.
enum CodeMessage: Sendable {
    /// As the authentication keeps it, in its member `one_time_code`.
    case document(JSONValue)
    /// Nobody to send it to: what the decision record says about it.
    case unsent(SimulatedAnswer.Note)

    var document: JSONValue? {
        if case .document(let document) = self { document } else { nil }
    }
}

// The dependency `sms.send`: the bank's one-time code, sent to the payer's phone.
extension PaymentsSimulator {
    /// Sends the code of a challenge that is about to begin; nil where none is to be sent. A
    /// message that cannot be sent stops nothing: the payer can still answer on the bank's page.
    func sendCode(
        for payment: EntityDraft, _ plan: AuthenticationPlan, _ call: SimulatedCall,
        _ world: WorldTransaction
    ) async throws -> CodeMessage? {
        guard plan.status == .challenge, call.providers.isBound(.message) else { return nil }
        var customer: JSONValue?
        if let id = payment.document["customer"]?.string {
            customer = try await world.entity(PaymentsType.customer.key(id))?.json
        }
        guard let customer, let phone = PhoneNumber.digits(of: customer) else {
            return .unsent(.noPhone)
        }
        let amount = Currencies.shown(payment.amount("amount"), payment.text("currency"))
        let code = Self.drawnCode(call.idempotency, world)
        let question = ProviderQuestion(
            .message,
            JSONObject([
                .init(name: "phone", value: .string(phone)),
                .init(name: "customer", value: customer["id"] ?? .null),
                .init(name: "amount", value: .int(payment.amount("amount"))),
                .init(name: "currency", value: .string(payment.text("currency"))),
            ]), ownFacts: JSONObject(),
            drawn: JSONObject([
                .init(name: "code", value: .string(code)),
                .init(
                    name: "message",
                    value: .string("\(code) is your code to confirm a payment of \(amount).")),
            ]))
        guard let (answer, asked) = try call.providers.ask(question) else { return nil }
        return .document(Self.document(answer, code: asked["code"] ?? .null))
    }

    /// Six digits. A call that is sent again with its key has the same, since its provider takes
    /// one message under that key.
    private static func drawnCode(
        _ idempotency: IdempotencyScope?, _ world: WorldTransaction
    ) -> String {
        var draws =
            idempotency.map {
                Draws(
                    seed: world.head.seed, operation: "one_time_code",
                    canonicalRequest: Array(($0.path + " " + $0.key).utf8))
            } ?? world.draws("one_time_code")
        let digits = String(draws.below(1_000_000))
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    private static func document(_ answer: Providers.Answer, code: JSONValue) -> JSONValue {
        switch answer {
        case .failed:
            ["code": code, "status": "not_sent", "message": .null, "message_status": .null]
        case .facts(let facts, _):
            [
                "code": code, "status": "sent",
                "message": .string(facts["id"]?.scalarText ?? ""),
                "message_status": .string(orNull: facts["status"]?.scalarText),
            ]
        }
    }

    /// What the payer does according to `asked`, where it is a code: the right one passes, every
    /// other fails.
    func outcome(
        of asked: JSONValue, _ authentication: inout EntityDraft, _ world: WorldTransaction
    ) async throws -> JSONValue {
        guard let code = asked["code"] else { return asked }
        try await requireLegal(
            .call("complete_authentication"), &authentication, lifecycles.authentication, world)
        guard let sent = authentication.document["one_time_code"]?["code"] else {
            throw AnswerInstead(
                .conflict(
                    "code_not_sent", "No code was sent for this authentication.", param: "code",
                    advice:
                        "Give an outcome, or bind a provider to sms.send and charge a customer with a phone."
                ))
        }
        return ["outcome": code == sent ? "succeeded" : "failed"]
    }
}

extension SimulatedAnswer.Note {
    fileprivate static let noPhone = SimulatedAnswer.Note(
        code: "provider_not_asked",
        evidence: [
            "dependency": .string(Dependency.message.rawValue),
            "hint": "Give the payment a customer with a phone to have the code sent.",
        ])
}
