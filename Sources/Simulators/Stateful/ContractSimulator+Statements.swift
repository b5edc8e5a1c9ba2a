import Contracts

// What one of our domains wants a provider to say: `SimulatedCall.statements`.
extension ContractSimulator {
    /// The answer with the statements in it, each where the contract lets it stand.
    func saying(_ call: SimulatedCall, _ answer: SimulatedAnswer) -> SimulatedAnswer {
        guard !call.statements.isEmpty, answer.code == nil, answer.text == nil else { return answer }
        let success = SuccessAnswer(call.operation, preferring: answer.status ?? 200)
        return answer.with(
            Self.stated(call.statements, in: answer.document, fitting: success.media?.schema))
    }

    /// The new object with those statements that are about it, before it is stored.
    func stated(_ call: SimulatedCall, _ object: JSONValue, _ plan: AnswerPlan) -> JSONValue {
        var way: [String] = []
        for step in plan.way {
            switch step {
            case .member(let name): way.append(name)
            case .element: way.append("0")
            }
        }
        let own = call.statements.filter { $0.place.tokens.starts(with: way) }
            .map { (JSONPointer(Array($0.place.tokens.dropFirst(way.count))), $0.value) }
        return Self.stated(own, in: object, fitting: plan.schema)
    }

    private static func stated(
        _ statements: [(place: JSONPointer, value: JSONValue)], in body: JSONValue,
        fitting schema: CompiledSchema?
    ) -> JSONValue {
        statements.reduce(body) { body, statement in
            let candidates = spellings(statement.value).map {
                set($0, at: statement.place.tokens[...], in: body)
            }
            return candidates.first { schema?.accepts($0, as: .answer) ?? true } ?? body
        }
    }

    /// Contracts write a rate as a number or as a text.
    private static func spellings(_ value: JSONValue) -> [JSONValue] {
        switch value {
        case .number(let number): [value, .string(number.text)]
        case .string(let text): [value] + [JSONNumber(text).map { .number($0) }].compactMap(\.self)
        case .null, .bool, .array, .object: [value]
        }
    }

    /// Objects on the way are made, in place of null too; elements only behind the last.
    private static func set(
        _ value: JSONValue, at tokens: ArraySlice<String>, in body: JSONValue
    ) -> JSONValue {
        guard let token = tokens.first else { return value }
        let rest = tokens.dropFirst()
        switch body {
        case .object(var object):
            let inner = object[token] ?? .object(JSONObject())
            object[token] = set(value, at: rest, in: inner)
            return .object(object)
        case .array(var items):
            guard let index = Int(token), (0...items.count).contains(index) else { return body }
            if index == items.count { items.append(.object(JSONObject())) }
            items[index] = set(value, at: rest, in: items[index])
            return .array(items)
        case .null:
            return .object(JSONObject([.init(name: token, value: set(value, at: rest, in: .null))]))
        case .bool, .number, .string: return body
        }
    }
}
