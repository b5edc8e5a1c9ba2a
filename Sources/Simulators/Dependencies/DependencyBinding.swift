package import Contracts

/// Which operation of which mounted contract answers a dependency, and how the one's words become
/// the other's.
///
///     inputs ──request──→ the provider's call ──→ its answer ──answer──→ facts
///                                                     ↑
///     inputs and the domain's own facts ─────says─────┘
package struct DependencyBinding: Sendable {
    /// Name of the mounted contract.
    package let contract: String
    package let operation: String
    /// Templates over the inputs: `path`, `query` and `headers` as objects by name, `body` as JSON.
    let request: BindingTemplate
    /// Where each fact stands in the answer.
    package let answer: [String: JSONPointer]
    /// What the simulated provider says where its contract lets it, instead of its example:
    /// templates over the inputs and the facts that the domain itself would have used.
    package let says: [Statement]

    package struct Statement: Sendable {
        package let place: JSONPointer
        let value: BindingTemplate
    }

    /// The document that was read, as it is stored and shown.
    package let document: JSONValue

    /// Reads `{contract, operation, request, answer, says?}`. A fault comes with the pointer to its
    /// member.
    package init(_ document: JSONValue, of dependency: Dependency) throws(DependencyFault) {
        self.document = document
        contract = document["contract"]?.string ?? ""
        operation = document["operation"]?.string ?? ""
        let inputs = Set(dependency.inputs.map(\.name))
        request = try BindingTemplate(
            document["request"] ?? .object(JSONObject()), names: inputs,
            at: JSONPointer(["request"]))
        answer = try Self.places(document["answer"], of: dependency)
        let known = inputs.union(dependency.facts.map(\.name))
        var says: [Statement] = []
        for member in document["says"]?.object?.members ?? [] {
            let place = JSONPointer(["says", member.name])
            guard let pointer = JSONPointer(member.name), !pointer.tokens.isEmpty else {
                throw DependencyFault(pointer: place, expected: "a JSON Pointer into the answer")
            }
            says.append(
                Statement(
                    place: pointer, value: try BindingTemplate(member.value, names: known, at: place)))
        }
        self.says = says
    }

    private static func places(
        _ document: JSONValue?, of dependency: Dependency
    ) throws(DependencyFault) -> [String: JSONPointer] {
        var places: [String: JSONPointer] = [:]
        for member in document?.object?.members ?? [] {
            let place = JSONPointer(["answer", member.name])
            guard dependency.facts.contains(where: { $0.name == member.name }) else {
                let known = dependency.facts.map(\.name).joined(separator: ", ")
                throw DependencyFault(pointer: place, expected: "one of the facts \(known)")
            }
            guard let pointer = member.value.string.flatMap({ JSONPointer($0) }) else {
                throw DependencyFault(pointer: place, expected: "a JSON Pointer into the answer")
            }
            places[member.name] = pointer
        }
        for fact in dependency.facts where fact.isRequired && places[fact.name] == nil {
            throw DependencyFault(
                pointer: "/answer", expected: "\"\(fact.name)\": where the answer has it")
        }
        return places
    }
}

extension DependencyBinding {
    /// What the provider is asked: the parts of its request; nil where it cannot be written. Members
    /// without a value are left out: an input may have none.
    package func asked(_ inputs: JSONObject) -> JSONValue? { request.filled(inputs)?.withoutNulls }

    /// What the provider says, by place.
    package func statements(
        _ inputs: JSONObject, _ facts: JSONObject
    ) -> [(place: JSONPointer, value: JSONValue)] {
        let known = JSONObject(inputs.members + facts.members)
        return says.compactMap { says in says.value.filled(known).map { (says.place, $0) } }
    }

    /// The facts of an answer; nil when one that is needed is not there or cannot be used.
    package func facts(of dependency: Dependency, in answer: JSONValue) -> JSONObject? {
        var facts = JSONObject()
        for fact in dependency.facts {
            let value = self.answer[fact.name].flatMap { answer[$0] }
            if let value, dependency.takes(value, as: fact.name) {
                facts[fact.name] = value
            } else if fact.isRequired {
                return nil
            }
        }
        return facts
    }
}

extension JSONValue {
    /// The same without the members of objects that are null.
    fileprivate var withoutNulls: JSONValue {
        switch self {
        case .null, .bool, .number, .string: self
        case .array(let items): .array(items.map(\.withoutNulls))
        case .object(let object):
            .object(
                JSONObject(
                    object.members.filter { !$0.value.isNull }
                        .map { .init(name: $0.name, value: $0.value.withoutNulls) }))
        }
    }
}

/// What is wrong with a binding, and where.
package struct DependencyFault: Error, Sendable {
    package let pointer: JSONPointer
    package let expected: String

    package init(pointer: JSONPointer, expected: String) {
        self.pointer = pointer
        self.expected = expected
    }
}
