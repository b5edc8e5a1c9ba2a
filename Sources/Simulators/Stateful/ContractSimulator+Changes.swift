import Access
import Contracts
import Tenancy

// Making, changing and deleting objects.
extension ContractSimulator {
    func create(
        _ resource: Resource, _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        if let missing = try await missingOwner(of: resource, call, world) { return missing }
        let plan = self.plan(call.operation, of: resource, preferring: 201)
        let context = Self.context(call, world)
        let bodies = self.bodies(call, plan)
        var made: [JSONValue] = []
        for (position, given) in bodies.objects.enumerated() {
            var object = NewObject(
                answer: ObjectForm(plan, context),
                settable: bodies.shape, given: given, parameters: Self.parameters(call)
            ).document()
            let id = id(for: resource, call.operation, plan, given, position, context, world)
            if let member = plan.idMember { object[member] = id }
            ObjectChange(shape: plan.shape).set(sets(call), in: &object)
            let fitted = stated(
                call, ObjectForm(plan, context).fitted(object), plan)
            let name = plan.idMember.flatMap { fitted[$0]?.plainText } ?? id.plainText ?? "-"
            let key = EntityKey(contract: contract, type: type(resource, call), id: name)
            guard try await world.entity(key) == nil else {
                return refusal(.conflicting, call, context, "\(resource.singular) \(name) exists already")
            }
            try await world.create(key, document: JSONWriter.bytes(fitted))
            made.append(fitted)
        }
        return answer(.created, plan, made, context)
    }

    /// The id that the caller gave, or a drawn one of the kind that the contract wants.
    private func id(
        for resource: Resource, _ operation: Operation, _ plan: AnswerPlan, _ given: JSONObject,
        _ position: Int, _ context: MakingContext, _ world: WorldTransaction
    ) -> JSONValue {
        let drawn = world.drawID(Self.prefix(resource))
        guard let member = plan.idMember,
            let schema = plan.shape?.member(member)?.schema
        else { return .string(drawn) }
        if let own = given[member], own.plainText != nil, schema.accepts(own, as: .answer) {
            return own
        }
        let counted = JSONValue.int(world.head.stamp.tick * 1_000 + Int64(position))
        let short = String(drawn.drop { $0 != "_" }.dropFirst())
        let candidates: [JSONValue] = [.string(drawn), .string(short), counted]
        let inPaths = resources.nameSchemas(of: resource, operation)
        let fits = { (id: JSONValue) in
            schema.accepts(id, as: .answer)
                && inPaths.allSatisfy { path in
                    path.accepts(JSONValue(parameter: id.plainText ?? "", accepting: path))
                }
        }
        if let fitting = candidates.first(where: fits) { return fitting }
        let fresh = MakingContext(
            seed: context.seed &+ UInt64(position), now: context.now, seconds: context.seconds,
            direction: .answer)
        let made = schema.makeFresh(fresh, name: member)
        if fits(made) { return made }
        return inPaths.lazy.map { $0.makeFresh(fresh, name: member) }.first(where: fits) ?? made
    }

    private static func prefix(_ resource: Resource) -> String {
        let word = resource.singular.filter { $0.isASCII && ($0.isLetter || $0 == "_") }
        return word.isEmpty ? "obj" : String(word.prefix(12))
    }

    func update(
        _ resource: Resource, isWhole: Bool, _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let key = key(resource, call)
        let context = Self.context(call, world)
        let plan = self.plan(call.operation, of: resource, preferring: 200)
        let bodies = self.bodies(call, plan)
        let given = bodies.objects.first ?? JSONObject()
        if isWhole, !resource.isCreatable, try await world.entity(key) == nil {
            return try await put(key, given, bodies.shape, resource, plan, call, world)
        }
        guard var object = try await object(key, resource, call, world) else {
            return missing(call, context, key)
        }
        if isWhole {
            for member in bodies.shape?.members ?? []
            where given[member.name] == nil && member.name != plan.idMember && !member.isReadOnly {
                object[member.name] = nil
            }
        }
        let change = ObjectChange(shape: plan.shape)
        change.apply(given, to: &object, at: context)
        change.set(sets(call), in: &object)
        return try await store(object, key, plan, context, world)
    }

    /// PUT of an object that is not there makes it under the id of the path.
    private func put(
        _ key: EntityKey, _ given: JSONObject, _ settable: SchemaShape?, _ resource: Resource,
        _ plan: AnswerPlan, _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let context = Self.context(call, world)
        let form = ObjectForm(plan, context)
        var object = NewObject(
            answer: form, settable: settable, given: given, parameters: Self.parameters(call)
        ).document()
        if let member = plan.idMember, let schema = plan.shape?.member(member)?.schema {
            object[member] = JSONValue(parameter: key.id, accepting: schema)
        }
        let fitted = form.fitted(object)
        try await world.create(key, document: JSONWriter.bytes(fitted))
        let created = self.plan(call.operation, of: resource, preferring: 201)
        return answer(.created, created, [fitted], context)
    }

    func act(
        _ verb: String, on resource: Resource, _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let key = key(resource, call)
        let context = Self.context(call, world)
        guard var object = try await object(key, resource, call, world) else {
            return missing(call, context, key)
        }
        let plan = self.plan(call.operation, of: resource, preferring: 200)
        let sets = sets(call)
        guard plan.idMember != nil else {
            if !sets.isEmpty {
                ObjectChange(shape: nil).set(sets, in: &object)
                try await keep(.object(object), key, world)
            }
            return plain(call, context)
        }
        let change = ObjectChange(shape: plan.shape)
        change.apply(self.bodies(call, plan).objects.first ?? JSONObject(), to: &object, at: context)
        if sets.isEmpty { change.enter(verb, &object) } else { change.set(sets, in: &object) }
        return try await store(object, key, plan, context, world)
    }

    func delete(
        _ resource: Resource, _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let key = key(resource, call)
        let context = Self.context(call, world)
        guard let object = try await object(key, resource, call, world) else {
            return missing(call, context, key)
        }
        if resource.isCreatable {
            try await world.delete(key)
        } else {
            // Any id stands for an object here, so this one has to be remembered as gone.
            try await keep(Self.gone, key, world)
        }
        let plan = self.plan(call.operation, of: resource, preferring: 204)
        var last = object
        if plan.shape?.member("deleted") != nil { last["deleted"] = true }
        return answer(.deleted, plan, [.object(last)], context)
    }

    /// What the operation's note says that it changes.
    private func sets(_ call: SimulatedCall) -> JSONObject {
        resources.note(of: call.operation)?.sets ?? JSONObject()
    }

    private func store(
        _ object: JSONObject, _ key: EntityKey, _ plan: AnswerPlan, _ context: MakingContext,
        _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let fitted = (plan.idMember == nil ? ObjectForm(nil, context) : ObjectForm(plan, context))
            .fitted(object)
        try await keep(fitted, key, world)
        return answer(.changed, plan, [fitted], context)
    }

    private func keep(
        _ document: JSONValue, _ key: EntityKey, _ world: WorldTransaction
    ) async throws {
        if try await world.entity(key) == nil {
            try await world.create(key, document: JSONWriter.bytes(document))
        } else {
            try await world.replace(key, document: JSONWriter.bytes(document))
        }
    }

    /// The object as it stands; where nothing makes objects, one that was never touched is made
    /// from its name.
    private func object(
        _ key: EntityKey, _ resource: Resource, _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> JSONObject? {
        if let entity = try await world.entity(key) {
            return try Self.live(entity)
        }
        guard !resource.isCreatable else { return nil }
        let context = Self.context(of: "\(key.type)/\(key.id)", world.head)
        return imagined(key, resource, call.operation, context)
    }

    /// What the path goes through before it reaches the collection, if calls make such objects. Our
    /// own domains have an account with their provider already: what they name is there.
    private func missingOwner(
        of resource: Resource, _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer? {
        guard let owner = resources.owner(of: resource, call.operation) else { return nil }
        return try await missing(owner, call, world)
    }

    func missing(
        _ owner: Resource, _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer? {
        guard owner.isCreatable else { return nil }
        let key = key(owner, call)
        guard try await world.entity(key) == nil else { return nil }
        guard call.isOfDomain else { return missing(call, Self.context(call, world), key) }
        let context = Self.context(of: "\(key.type)/\(key.id)", world.head)
        let object = resources.reader(of: owner, call.operation)
            .map { imagined(key, owner, $0, context) }
        try await world.create(key, document: JSONWriter.bytes(.object(object ?? JSONObject())))
        return nil
    }

    /// Path and query parameters by plain name.
    static func parameters(_ call: SimulatedCall) -> [String: String] {
        var parameters: [String: String] = [:]
        for pair in call.query { parameters[Naming.plain(pair.name)] = pair.value }
        for parameter in call.pathParameters {
            parameters[Naming.plain(parameter.name)] = parameter.value
        }
        return parameters
    }
}

extension JSONValue {
    /// A text or an integer as it stands in a path.
    var plainText: String? { string ?? int.map { String($0) } }
}
