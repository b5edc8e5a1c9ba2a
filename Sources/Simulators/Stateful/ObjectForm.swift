import Contracts

/// Brings objects into the form that a schema asks for. What is known of an object comes first;
/// what the schema needs beside that is made, always the same for the same object.
struct ObjectForm: Sendable {
    let schema: CompiledSchema?
    let context: MakingContext
    /// Of the schema, where it is known already.
    private let known: SchemaShape?

    init(_ plan: AnswerPlan, _ context: MakingContext) {
        schema = plan.schema
        known = plan.shape
        self.context = context
    }

    /// Without a schema objects stay as they are.
    init(_ schema: CompiledSchema?, _ context: MakingContext) {
        self.schema = schema
        known = nil
        self.context = context
    }

    var shape: SchemaShape? { known ?? schema?.shape(context.direction) }

    /// The object as the schema takes it: members that do not fit or are not declared left out,
    /// required ones that are missing made.
    func fitted(_ known: JSONObject) -> JSONValue {
        guard let schema else { return .object(known) }
        let whole = JSONValue.object(known)
        if schema.accepts(whole, as: context.direction) { return whole }
        guard let shape else { return whole }
        var object = JSONObject()
        for member in shape.members {
            if let value = known[member.name], member.schema.accepts(value, as: context.direction) {
                object[member.name] = value
            } else if member.isRequired {
                object[member.name] = member.schema.make(context, name: member.name)
            }
        }
        if !shape.isClosed {
            for member in known.members where shape.member(member.name) == nil {
                object[member.name] = member.value
            }
        }
        return accepted(.object(object), known, schema)
    }

    /// Alternatives and conditions may still refuse what was put together member by member. Then
    /// a made object takes over what it can.
    private func accepted(
        _ candidate: JSONValue, _ known: JSONObject, _ schema: CompiledSchema
    ) -> JSONValue {
        if schema.accepts(candidate, as: context.direction) { return candidate }
        var made = schema.make(context)
        guard case .object(var object) = made else { return made }
        for member in known.members {
            let before = object[member.name]
            object[member.name] = member.value
            if schema.accepts(.object(object), as: context.direction) {
                made = .object(object)
            } else {
                object[member.name] = before
            }
        }
        return made
    }
}

/// A new object from what a call gives and what its answer needs.
struct NewObject {
    let answer: ObjectForm
    /// The members that a request may set.
    let settable: SchemaShape?
    /// What the call gave: its body, then its parameters, by plain name.
    let given: JSONObject
    let parameters: [String: String]

    /// Members that the caller could have set and did not stay empty, as a real API leaves them;
    /// those that only the server sets are made.
    func document() -> JSONObject {
        guard let shape = answer.shape, !shape.members.isEmpty else { return given }
        var object = JSONObject()
        for member in shape.members { object[member.name] = value(of: member) }
        return object
    }

    private func value(of member: SchemaShape.Member) -> JSONValue? {
        let schema = member.schema
        if let value = given[member.name], schema.accepts(value, as: .answer) { return value }
        if let text = parameters[Naming.plain(member.name)] {
            let value = JSONValue(parameter: text, accepting: schema)
            if schema.accepts(value, as: .answer) { return value }
        }
        if let setting = settable?.member(member.name) {
            if let preset = setting.schema.preset, schema.accepts(preset, as: .answer) {
                return preset
            }
            if schema.takesNull { return .null }
            if !member.isRequired { return nil }
            let empty: [JSONValue] = [.object(JSONObject()), .array([])]
            if let value = empty.first(where: { schema.accepts($0, as: .answer) }) { return value }
        } else if !member.isRequired {
            if schema.takesNull { return .null }
            if schema.isVaguelyNullable { return initial(member) }
        }
        return initial(member) ?? schema.make(answer.context, name: member.name)
    }

    /// The state that an object begins in.
    private func initial(_ member: SchemaShape.Member) -> JSONValue? {
        let states = member.schema.shape(.answer).texts
        guard ["status", "state"].contains(Naming.plain(member.name)), !states.isEmpty else {
            return nil
        }
        let first = ["pending", "created", "new", "open", "draft", "queued", "active", "enabled"]
        return first.compactMap { wanted in
            states.first { Naming.plain($0) == wanted }
        }.first.map { .string($0) }
    }
}
