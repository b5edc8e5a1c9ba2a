import Contracts

/// The objects that a request's body speaks of: the body itself, what it wraps as its answer does
/// (`{"customer": {…}}`), or the elements of an array.
struct RequestObjects {
    let objects: [JSONObject]
    /// What one of them may hold; nil for a body without a schema.
    let shape: SchemaShape?

    init(_ call: SimulatedCall, _ plan: AnswerPlan) {
        let body = call.body ?? .object(JSONObject())
        var schema = call.operation.requestBody?.content.first { $0.schema != nil }?.schema
        var value = body
        for step in plan.way {
            if case .member(let name) = step, let inner = value[name] {
                value = inner
                schema = schema?.shape(.request).member(name)?.schema
            }
        }
        if case .array(let items) = value {
            schema = schema?.shape(.request).element
            objects = Array(items.compactMap(\.object).prefix(Limits.objectsPerCall))
        } else {
            objects = [value.object ?? JSONObject()]
        }
        shape = schema?.shape(.request)
    }
}

/// A change of an object by members that came.
struct ObjectChange {
    /// Of the object, as it will be answered.
    let schema: CompiledSchema?

    /// Takes over every member that the object can have; objects in it are merged, null takes a
    /// member away (RFC 7396).
    func apply(_ given: JSONObject, to object: inout JSONObject, at context: MakingContext) {
        let shape = schema?.shape(.answer)
        for member in given.members {
            guard let declared = shape?.member(member.name) else {
                if shape?.members.isEmpty ?? true { object[member.name] = member.value }
                continue
            }
            let merged = Self.merged(object[member.name], member.value)
            if declared.schema.accepts(merged, as: .answer) {
                object[member.name] = merged
            } else if member.value.isNull || member.value == "", !declared.isRequired {
                object[member.name] = nil
            }
        }
        touch(&object, shape, at: context)
    }

    /// Puts the object into the state that a verb leads to, if its contract has one.
    func enter(_ verb: String, _ object: inout JSONObject) {
        for member in schema?.shape(.answer).members ?? [] {
            let states = member.schema.shape(.answer).texts
            guard let state = states.first(where: { Naming.isState($0, of: verb) }),
                object[member.name]?.string.map(states.contains) ?? member.isRequired
            else { continue }
            object[member.name] = .string(state)
            return
        }
    }

    private func touch(
        _ object: inout JSONObject, _ shape: SchemaShape?, at context: MakingContext
    ) {
        for member in shape?.members ?? []
        where ["updated", "updatedat", "modified", "modifiedat", "lastmodified", "dateupdated"]
            .contains(Naming.plain(member.name))
        {
            for value in [JSONValue.string(context.now), .int(context.seconds)]
            where member.schema.accepts(value, as: .answer) {
                object[member.name] = value
                break
            }
        }
    }

    private static func merged(_ old: JSONValue?, _ new: JSONValue) -> JSONValue {
        guard case .object(var object)? = old, case .object(let patch) = new else { return new }
        for member in patch.members {
            let isRemoved = member.value.isNull || member.value == ""
            object[member.name] = isRemoved ? nil : merged(object[member.name], member.value)
        }
        return .object(object)
    }
}
