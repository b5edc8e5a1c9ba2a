package import Access
package import Contracts
package import Identifiers
package import Tenancy

/// The behaviour behind a contract that nobody has programmed: objects are made, read, changed,
/// listed and deleted as the contract's paths and schemas suggest, in the sandbox's own world.
/// What they do not suggest is answered from the contract alone.
package struct ContractSimulator: Simulator {
    package let contract: String
    /// The errors that its operations declare.
    package let scenarios: [Scenario]
    package let eventTypes: [EventType] = []
    let resources: ResourceMap
    let notes = OperationNotes()
    package private(set) var world: WorldStore

    /// `contract` is the name under which `document` is mounted.
    package init(world: WorldStore, contract: String, document: Contract) {
        self.world = world
        self.contract = contract
        resources = ResourceMap(document)
        scenarios = DeclaredErrors.scenarios(document)
    }

    package func inDryRun(_ session: DryRunID) -> ContractSimulator {
        var simulator = self
        simulator.world = world.inDryRun(session)
        return simulator
    }

    package func answer(
        _ call: SimulatedCall, as access: SandboxAccess, sealing seal: AnswerSeal
    ) async throws(SimulationError) -> Simulated {
        let role = role(of: call.operation)
        let change = change(for: role, call)
        if let asked = askedError(call) {
            return try await world.answer(
                call, as: access, sealing: seal,
                by: change.map { _ in { answer(asked, $0, Self.context($0, $1)) } }
            ) {
                let head = try await world.head(as: access)
                return answer(asked, call, Self.context(of: call.canonicalName, head))
            }
        }
        return try await world.answer(
            call, as: access, sealing: seal,
            by: change.map { change in
                { callingBack($0, saying($0, try await change($0, $1)), $1) }
            }
        ) {
            saying(call, try await read(role, call, as: access))
        }
    }

    /// What a mutating operation does; nil for those that only look.
    private func change(for role: OperationRole, _ call: SimulatedCall) -> WorldStore.Change? {
        switch role {
        case .create(let resource): { try await create(resource, $0, $1) }
        case .update(let resource, let isWhole):
            { try await update(resource, isWhole: isWhole, $0, $1) }
        case .delete(let resource): { try await delete(resource, $0, $1) }
        case .action(let resource, let verb): { try await act(verb, on: resource, $0, $1) }
        case .list, .read: nil
        case .plain(let owner):
            // It keeps nothing, whatever its method, unless its answer is kept under a key or it
            // calls back.
            if call.idempotency == nil, call.callbacks == nil { nil } else {
                { call, world in
                    if let owner, let missing = try await missing(owner, call, world) {
                        return missing
                    }
                    return plain(call, Self.context(of: call.canonicalName, world.head))
                }
            }
        }
    }

    // MARK: Names

    /// The type under which the collection's objects are stored: its path, as the call fills it,
    /// or the name that the contract's notes give it.
    func type(_ resource: Resource, _ call: SimulatedCall) -> String {
        if let kept = resource.kept {
            let owner = kept.parent.map { "\($0.name)/\(call.value(at: $0.by) ?? "-")/" }
            return (owner ?? "") + kept.name
        }
        let template = PathTemplate(call.operation.path)
        let collection = template.prefix(resource.depth)
        return collection.filled(call.pathParameters, from: resources.commonParts)
    }

    /// The object that the call names.
    func key(_ resource: Resource, _ call: SimulatedCall) -> EntityKey {
        let template = PathTemplate(call.operation.path)
        var id = "-"
        if let by = resource.by {
            id = call.value(at: by) ?? "-"
        } else if resource.kept != nil {
            id = template.parts.reversed().lazy.compactMap { part in
                if case .parameter(let name) = part { call.path(name) } else { nil }
            }.first ?? "-"
        } else if resource.depth < template.parts.count,
            case .parameter(let name) = template.parts[resource.depth]
        {
            id = call.path(name) ?? "-"
        }
        return EntityKey(contract: contract, type: type(resource, call), id: id)
    }

    /// For what is made in a mutating call.
    static func context(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) -> MakingContext {
        var draws = world.draws(call.operation.id)
        return MakingContext(
            seed: draws.next(), now: world.now.rfc3339, seconds: world.now.seconds,
            direction: .answer)
    }

    /// For an answer in which nothing is made.
    static let nothingMade = MakingContext(seed: 0, now: "", seconds: 0, direction: .answer)

    /// For what is read: the same for the same object, whoever reads it when.
    static func context(
        of name: String, _ head: WorldHead
    ) -> MakingContext {
        var draws = Draws(
            seed: head.seed, operation: "object", canonicalRequest: Array(name.utf8))
        return MakingContext(
            seed: draws.next(), now: head.timeZero.rfc3339, seconds: head.timeZero.seconds,
            direction: .answer)
    }
}

extension SimulatedCall {
    fileprivate func value(at place: ResourceNote.NamePlace) -> String? {
        switch place {
        case .parameter(let name): path(name) ?? query(name)
        case .body(let pointer): body?[pointer]?.plainText
        }
    }
}

extension SandboxInstant {
    /// Whole seconds since 1970.
    var seconds: Int64 { microseconds / 1_000_000 }
}
