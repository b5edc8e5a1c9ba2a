import Contracts
import Tenancy

// How results become the answers that the contract declares.
extension ContractSimulator {
    /// The answer of a plan, with the objects where it has them.
    func answer(
        _ outcome: SimulatedAnswer.Outcome, _ plan: AnswerPlan, _ objects: [JSONValue],
        _ context: MakingContext
    ) -> SimulatedAnswer {
        guard let media = plan.media, plan.status != 204 else {
            var answered = SimulatedAnswer(outcome, type: "", [])
            answered.status = plan.status
            return answered
        }
        guard media.isDocument else { return text(outcome, plan.status, media, context) }
        var body = Self.placed(objects, plan.way[...], in: media.schema?.make(context))
        if let schema = media.schema, !schema.accepts(body, as: .answer) {
            body = ObjectForm(schema, context)
                .fitted(Self.declared(body.object ?? JSONObject(), schema))
            if !schema.accepts(body, as: .answer) { body = media.body(context) }
        } else if outcome == .deleted, let schema = media.schema, let object = body.object {
            let last = JSONValue.object(Self.declared(object, schema))
            if schema.accepts(last, as: .answer) { body = last }
        }
        var answered = SimulatedAnswer(outcome, body)
        answered.status = plan.status
        answered.documentType = media.documentType
        return answered
    }

    /// The objects at the end of the way; what is made around them stays.
    private static func placed(
        _ objects: [JSONValue], _ way: ArraySlice<AnswerPlan.Step>, in made: JSONValue?
    ) -> JSONValue {
        switch way.first {
        case nil: return objects.first ?? .object(JSONObject())
        case .element: return .array(objects)
        case .member(let name):
            var body = made ?? .object(JSONObject())
            guard case .object = body else { return body }
            body[name] = placed(objects, way.dropFirst(), in: body[name])
            return body
        }
    }

    private static func declared(_ object: JSONObject, _ schema: CompiledSchema) -> JSONObject {
        let shape = schema.shape(.answer)
        guard !shape.members.isEmpty else { return object }
        return JSONObject(object.members.filter { shape.member($0.name) != nil })
    }

    /// What an operation without a resource answers: the contract's example, or what is made from
    /// its schema.
    func plain(_ call: SimulatedCall, _ context: MakingContext) -> SimulatedAnswer {
        let success = SuccessAnswer(call.operation, preferring: 200)
        guard let media = success.media, success.status != 204 else {
            var answered = SimulatedAnswer(.found, type: "", [])
            answered.status = success.status
            return answered
        }
        guard media.isDocument else { return text(.found, success.status, media, context) }
        var body = media.body(context)
        if let schema = media.schema, case .object(let object) = body {
            body = .object(echoing(call, object, schema))
        }
        var answered = SimulatedAnswer(.found, body)
        answered.status = success.status
        answered.documentType = media.documentType
        return answered
    }

    /// The object with what the call says of its members: its parameters and its body.
    private func echoing(
        _ call: SimulatedCall, _ object: JSONObject, _ schema: CompiledSchema
    ) -> JSONObject {
        let parameters = Self.parameters(call)
        var echoed = object
        for member in schema.shape(.answer).members where object.contains(member.name) {
            let own = parameters[Naming.plain(member.name)].map {
                JSONValue(parameter: $0, accepting: member.schema)
            }
            let sent = call.body?[member.name].map { Self.echo($0, in: object[member.name]) }
            guard let value = sent ?? own, member.schema.accepts(value, as: .answer) else { continue }
            let before = echoed
            echoed[member.name] = value
            if !schema.accepts(.object(echoed), as: .answer) { echoed = before }
        }
        return echoed
    }

    /// What was sent; of objects in a list, what was sent of the members that the answer shows.
    private static func echo(_ sent: JSONValue, in shown: JSONValue?) -> JSONValue {
        guard case .array(let items) = sent, let samples = shown?.array, let last = samples.last else {
            return sent
        }
        return .array(
            items.prefix(Limits.objectsPerCall).enumerated().map { index, item in
                let sample = index < samples.count ? samples[index] : last
                guard case .object(var echoed) = sample, let own = item.object else { return item }
                for member in echoed.members {
                    if let value = own[member.name] { echoed[member.name] = value }
                }
                return .object(echoed)
            })
    }

    private func text(
        _ outcome: SimulatedAnswer.Outcome, _ status: Int, _ media: MediaType,
        _ context: MakingContext
    ) -> SimulatedAnswer {
        let made = media.body(context)
        let text = made.string ?? (media.schema == nil ? "" : JSONWriter.text(made))
        let type = media.answeredType ?? "application/octet-stream"
        var answered = SimulatedAnswer(outcome, type: type, Array(text.utf8))
        answered.status = status
        return answered
    }

    // MARK: Refusals

    func missing(
        _ call: SimulatedCall, _ context: MakingContext, _ key: EntityKey
    ) -> SimulatedAnswer {
        refusal(.missing, call, context, "There is no \(key.type) \(key.id).")
    }

    /// A refusal in the contract's own shape where it declares one for the status or one near it.
    func refusal(
        _ outcome: SimulatedAnswer.Outcome, _ call: SimulatedCall, _ context: MakingContext,
        _ message: String
    ) -> SimulatedAnswer {
        var answer = shaped(outcome, call, context, message)
        let advice =
            outcome == .missing
            ? "Name an object that a call of this sandbox has made, or that its list has."
            : "Give the new object another name, or change the one that is there."
        answer.reason = FailureReason(message, advice: advice)
        return answer
    }

    private func shaped(
        _ outcome: SimulatedAnswer.Outcome, _ call: SimulatedCall, _ context: MakingContext,
        _ message: String
    ) -> SimulatedAnswer {
        let isMissing = outcome == .missing
        let code = isMissing ? "resource_missing" : "resource_conflict"
        let near = isMissing ? [404] : [409, 422, 400]
        let declared = call.operation.responses.map(\.status)
        let status = near.first { declared.contains(String($0)) } ?? near[0]
        guard call.operation.response(status: status) != nil else {
            return undeclared(outcome, status, code, message)
        }
        return self.declared(outcome, status, code, message, call, context)
    }

    /// The platform's own shape, for a contract that does not say what is answered then.
    private func undeclared(
        _ outcome: SimulatedAnswer.Outcome, _ status: Int, _ code: String, _ message: String
    ) -> SimulatedAnswer {
        var answered = SimulatedAnswer(
            outcome,
            [
                "type": "about:blank", "title": .string(message), "status": .int(status),
                "code": .string(code),
                "detail": "The contract declares no answer for this; this one is the sandbox's.",
            ], code: code)
        answered.status = status
        answered.documentType = "application/problem+json"
        answered.isUndeclared = true
        answered.simulated = "undeclared; status=\(status)"
        return answered
    }
}

extension MediaType {
    /// The type to send: nil where the usual one for documents does.
    var answeredType: String? {
        name.contains("*") ? nil : type == "application/json" ? nil : name
    }

    /// The same for what holds values: XML is made of them last of all, where the answer is rendered.
    var documentType: String? { isXMLDocument ? nil : answeredType }
}
