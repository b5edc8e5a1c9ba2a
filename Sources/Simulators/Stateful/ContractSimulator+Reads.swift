import Access
import Contracts
import Tenancy

// Reading and listing objects.
extension ContractSimulator {
    func read(
        _ role: OperationRole, _ call: SimulatedCall, as access: SandboxAccess
    ) async throws -> SimulatedAnswer {
        switch role {
        case .read(let resource): return try await find(resource, call, as: access)
        case .list(let resource): return try await list(resource, call, as: access)
        case .plain(let owner?) where owner.isCreatable && !call.isOfDomain:
            let key = key(owner, call)
            let (head, entity) = try await world.entity(key, as: access)
            let context = Self.context(of: call.canonicalName, head)
            return entity == nil ? missing(call, context, key) : plain(call, context)
        case .plain where hasFixedAnswer(call.operation):
            return plain(call, Self.nothingMade)
        case .plain, .create, .update, .delete, .action:
            let head = try await world.head(as: access)
            return plain(call, Self.context(of: call.canonicalName, head))
        }
    }

    private func find(
        _ resource: Resource, _ call: SimulatedCall, as access: SandboxAccess
    ) async throws -> SimulatedAnswer {
        let key = key(resource, call)
        let (head, entity) = try await world.entity(key, as: access)
        let context = Self.context(of: "\(key.type)/\(key.id)", head)
        if let entity {
            guard let object = try Self.live(entity) else { return missing(call, context, key) }
            return found(object, resource, call, context)
        }
        guard !resource.isCreatable else { return missing(call, context, key) }
        return found(imagined(key, resource, call.operation, context), resource, call, context)
    }

    private func found(
        _ object: JSONObject, _ resource: Resource, _ call: SimulatedCall, _ context: MakingContext
    ) -> SimulatedAnswer {
        let plan = self.plan(call.operation, of: resource, preferring: 200)
        guard plan.idMember != nil || plan.schema == nil else {
            return answer(.found, plan, [.object(object)], context)
        }
        let form = ObjectForm(plan, context)
        return answer(.found, plan, [form.fitted(object)], context)
    }

    /// An object of a resource that no call makes: the same for the same id.
    func imagined(
        _ key: EntityKey, _ resource: Resource, _ operation: Operation, _ context: MakingContext
    ) -> JSONObject {
        let plan = self.plan(operation, of: resource, preferring: 200)
        var object = plan.schema?.make(context).object ?? JSONObject()
        if let member = plan.idMember, let schema = plan.shape?.member(member)?.schema {
            let id = JSONValue(parameter: key.id, accepting: schema)
            if schema.accepts(id, as: .answer) { object[member] = id }
        }
        return object
    }

    // MARK: Lists

    private func list(
        _ resource: Resource, _ call: SimulatedCall, as access: SandboxAccess
    ) async throws -> SimulatedAnswer {
        let plan = self.plan(listing: call.operation, of: resource)
        guard plan.schema != nil else {
            let head = try await world.head(as: access)
            return plain(call, Self.context(of: call.canonicalName, head))
        }
        if let owner = resources.owner(of: resource, call.operation), owner.isCreatable {
            let key = key(owner, call)
            let (head, entity) = try await world.entity(key, as: access)
            if entity == nil { return missing(call, Self.context(of: call.canonicalName, head), key) }
        }
        var paging = Paging(call, resources.note(of: call.operation)?.paging ?? PagingNames())
        let shape = plan.shape
        let type = type(resource, call)
        let page = try await paging.page(
            contract: contract, type: type, filters: Self.filters(call, shape, paging), world, access)
        let context = Self.context(of: call.canonicalName, page.head)
        // Nothing makes objects one by one: what the contract shows stands for those there are.
        if !resource.isCreatable, page.entities.isEmpty { return plain(call, context) }
        let items = try page.entities.map { entity in
            let own = Self.context(of: "\(type)/\(entity.key.id)", page.head)
            return ObjectForm(plan, own)
                .fitted(try entity.json.object ?? JSONObject())
        }
        return listed(items, plan, call, page, paging, context)
    }

    private func listed(
        _ items: [JSONValue], _ plan: AnswerPlan, _ call: SimulatedCall, _ page: EntityPage,
        _ paging: Paging, _ context: MakingContext
    ) -> SimulatedAnswer {
        var answered: SimulatedAnswer
        if plan.way.isEmpty {
            answered = SimulatedAnswer(.found, .array(items))
        } else {
            let envelope = ListEnvelope(
                paging: paging, page: page, count: items.count, path: call.concretePath,
                context: context)
            let body = envelope.document(plan.media?.schema, holding: items, at: plan.way)
            answered = SimulatedAnswer(.found, body)
        }
        answered.status = plan.status
        answered.documentType = plan.media?.documentType
        return answered
    }

    /// Query parameters that are named as members are.
    private static func filters(
        _ call: SimulatedCall, _ shape: SchemaShape?, _ paging: Paging
    ) -> [EntityQuery.Filter] {
        let found = call.query.compactMap { pair -> EntityQuery.Filter? in
            guard !pair.value.isEmpty, !paging.reads(pair.name),
                let member = shape?.members.first(where: {
                    Naming.plain($0.name) == Naming.plain(pair.name)
                }), case let inner = member.schema.shape(.answer), !inner.isObject, !inner.isArray
            else { return nil }
            return EntityQuery.Filter(member: member.name, value: pair.value)
        }
        return Array(found.prefix(Limits.filtersPerList))
    }

    // MARK: Stored documents

    /// Stands for an object that was deleted where any id would stand for one.
    static let gone: JSONValue = ["sbx_gone": true]

    /// The object; nil for one that was deleted.
    static func live(_ entity: Entity) throws -> JSONObject? {
        let document = try entity.json
        return document == gone ? nil : document.object
    }
}

extension SimulatedCall {
    /// The path as the call fills it.
    var concretePath: String {
        "/" + PathTemplate(operation.path).filled(pathParameters, from: 0)
    }

    /// Equal for calls that read the same.
    var canonicalName: String {
        let pairs = query.map { "\($0.name)=\($0.value)" }.sorted()
        let said = body.map { " " + JSONWriter.text($0) } ?? ""
        return "\(operation.method) \(concretePath)?\(pairs.joined(separator: "&"))\(said)"
    }
}
