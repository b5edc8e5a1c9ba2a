package import Contracts

// Refusals in the shape that the contract declares for them.
extension ContractSimulator {
    package func refusal(
        of operation: Operation, status: Int, _ message: String
    ) -> SimulatedAnswer? {
        // What does not fit is 400 to most APIs and 422 to others.
        let near = status == 400 ? [400, 422] : [status]
        let declared = Set(operation.responses.map(\.status))
        let status = near.first { declared.contains(String($0)) } ?? near[0]
        guard let media = operation.response(status: status)?.document,
            media.type != "application/problem+json"
        else { return nil }
        let body = told(message, status, in: media.body(Self.nothingMade), media.schema)
        guard media.schema?.accepts(body, as: .answer) ?? true else { return nil }
        var answer = SimulatedAnswer(.declined, body, code: "status_\(status)")
        answer.status = status
        answer.documentType = media.documentType
        return answer
    }

    /// An error as the contract declares it; without a `message` its example says what it says.
    func declared(
        _ outcome: SimulatedAnswer.Outcome, _ status: Int, _ code: String, _ message: String?,
        _ call: SimulatedCall, _ context: MakingContext
    ) -> SimulatedAnswer {
        let response = call.operation.response(status: status)
        guard let media = response?.document else {
            var answered = SimulatedAnswer(outcome, type: "", [])
            answered.status = status
            answered.code = code
            return answered
        }
        let body = told(message, status, in: media.body(context), media.schema)
        var answered = SimulatedAnswer(outcome, body, code: code)
        answered.status = status
        answered.documentType = media.documentType
        return answered
    }

    /// An error's document with the message in the members that are there for one.
    private func told(
        _ message: String?, _ status: Int, in body: JSONValue, _ schema: CompiledSchema?, depth: Int = 0
    ) -> JSONValue {
        guard depth < 3 else { return body }
        switch body {
        case .object(let object):
            return told(message, status, inMembersOf: object, schema, depth)
        case .array(let items):
            // One error a request, whatever the example lists.
            guard let first = items.first else { return body }
            let one = JSONValue.array([told(message, status, in: first, nil, depth: depth + 1)])
            return schema?.accepts(one, as: .answer) ?? true ? one : body
        case .string:
            guard depth == 0, let message, let schema else { return body }
            return schema.accepts(.string(message), as: .answer) ? .string(message) : body
        default: return body
        }
    }

    private func told(
        _ message: String?, _ status: Int, inMembersOf object: JSONObject, _ schema: CompiledSchema?,
        _ depth: Int
    ) -> JSONValue {
        var object = object
        for member in object.members {
            let before = object[member.name]
            switch (Naming.plain(member.name), member.value) {
            case ("message", .string), ("detail", .string), ("description", .string),
                ("errordescription", .string), ("title", .string):
                if let message { object[member.name] = .string(message) }
            case ("status", .number), ("statuscode", .number), ("code", .number):
                object[member.name] = .int(status)
            case (_, .object), (_, .array):
                object[member.name] = told(message, status, in: member.value, nil, depth: depth + 1)
            default: continue
            }
            if let schema, !schema.accepts(.object(object), as: .answer) {
                object[member.name] = before
            }
        }
        return .object(object)
    }
}
