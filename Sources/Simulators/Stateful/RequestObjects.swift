import Contracts

/// The objects that a request's body speaks of: the body itself, what it wraps as its answer does
/// (`{"customer": {…}}`), or the elements of an array.
struct RequestObjects {
    let objects: [JSONObject]
    /// What one of them may hold; nil for a body without a schema.
    let shape: SchemaShape?

    init(_ call: SimulatedCall, _ plan: AnswerPlan, _ declared: RequestShape) {
        var value = call.body ?? .object(JSONObject())
        var depth = 0
        for step in plan.way {
            if case .member(let name) = step, let inner = value[name] {
                value = inner
                depth += 1
            }
        }
        let level = depth < declared.levels.count ? declared.levels[depth] : nil
        if case .array(let items) = value {
            objects = items.compactMap(\.object).prefix(Limits.objectsPerCall).map {
                Self.spelled($0, as: plan.shape)
            }
            shape = level?.element
        } else {
            objects = [Self.spelled(value.object ?? JSONObject(), as: plan.shape)]
            shape = level?.object
        }
    }

    /// With members named as the answer names them, where only the spelling differs: some contracts
    /// take `StatusCallback` and answer `status_callback`.
    private static func spelled(_ object: JSONObject, as shape: SchemaShape?) -> JSONObject {
        guard let shape, object.names.contains(where: { shape.member($0) == nil }) else {
            return object
        }
        return JSONObject(
            object.members.map { member in
                guard shape.member(member.name) == nil else { return member }
                let plain = Naming.plain(member.name)
                let own = shape.members.first { Naming.plain($0.name) == plain }
                return .init(name: own?.name ?? member.name, value: member.value)
            })
    }
}

/// What an operation's body may hold.
struct RequestShape: Sendable {
    struct Level: Sendable {
        let object: SchemaShape
        /// Where it takes several at once.
        let element: SchemaShape?
    }

    /// The body itself, then what stands in it behind each member of the answer's way.
    let levels: [Level]

    init(_ operation: Operation, _ plan: AnswerPlan) {
        var levels: [Level] = []
        var schema = operation.requestBody?.document?.schema
            ?? operation.requestBody?.content.first { $0.schema != nil }?.schema
        var names = plan.way.compactMap { step in
            if case .member(let name) = step { name } else { nil }
        }[...]
        while let found = schema {
            let shape = found.shape(.request)
            levels.append(Level(object: shape, element: shape.element?.shape(.request)))
            schema = names.popFirst().flatMap { shape.member($0)?.schema }
        }
        self.levels = levels
    }
}

/// A change of an object by members that came.
struct ObjectChange {
    /// Of the object, as it will be answered.
    let shape: SchemaShape?

    /// Takes over every member that the object can have; objects in it are merged, null takes a
    /// member away (RFC 7396).
    func apply(_ given: JSONObject, to object: inout JSONObject, at context: MakingContext) {
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
        for member in shape?.members ?? [] {
            let states = member.schema.shape(.answer).texts
            guard let state = states.first(where: { Naming.isState($0, of: verb) }),
                object[member.name]?.string.map(states.contains) ?? member.isRequired
            else { continue }
            object[member.name] = .string(state)
            return
        }
    }

    /// Takes over what a note says that the call sets, where the contract lets it stand.
    func set(_ members: JSONObject, in object: inout JSONObject) {
        for member in members.members {
            let declared = shape?.member(member.name)?.schema
            if declared?.accepts(member.value, as: .answer) ?? true {
                object[member.name] = member.value
            }
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
