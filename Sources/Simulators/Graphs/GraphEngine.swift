package import Contracts
package import Tenancy

/// Runs one graph: finds the transition that a trigger means for an object, and takes it.
///
///     trigger ─→ state fits? ─→ guard holds? ─→ effects ─→ state ─→ timers ─→ stored ─→ events
///                    └────────────┴─→ refused, nothing changed
///
/// All within the caller's transaction, so that a transition is taken in full or not at all.
package struct GraphEngine<Domain: Sendable>: Sendable {
    package let graph: Graph
    private let vocabulary: GraphVocabulary<Domain>

    /// Reads `document`, whose names must be those of `vocabulary` and of the contract. `events` as
    /// in ``GraphNames``.
    package init(
        _ document: JSONValue, vocabulary: GraphVocabulary<Domain>, calls: Set<String>,
        events: Set<String>? = nil
    ) throws(GraphFaults) {
        self.vocabulary = vocabulary
        graph = try GraphReader.read(
            document,
            names: GraphNames(
                guards: Set(vocabulary.guards.keys), effects: Set(vocabulary.effects.keys),
                calls: calls, events: events))
    }

    /// Takes the first transition of the graph's document whose state and trigger fit and whose
    /// guard holds: runs its effects in order, sets the state, sets and cancels timers, stores the
    /// object and emits the events with the object as it is then. A new object's state must be
    /// absent or null.
    ///
    /// Answers a refusal when no transition fits. Throws what guards, effects and the world throw.
    package func fire(
        _ trigger: GraphTrigger, input: JSONValue = [:], on entity: inout EntityDraft,
        in world: WorldTransaction, _ domain: Domain
    ) async throws -> Result<GraphFiring, GraphRefusal> {
        let state = entity.document[graph.stateMember]?.string
        precondition((state == nil) == entity.isNew, "a life begins with its object")
        let context = { (step: GraphStep) in
            GraphContext(
                trigger: trigger, input: input, parameters: step.parameters, world: world,
                domain: domain)
        }
        var failed: [String] = []
        for transition in graph.transitions
        where transition.trigger == trigger && transition.starts(from: state) {
            if let condition = transition.condition {
                guard try await holds(condition, entity, context(condition)) else {
                    failed.append(condition.name)
                    continue
                }
            }
            for step in transition.effects { try await run(step, &entity, context(step)) }
            return .success(try await settle(transition, from: state, &entity, world))
        }
        return .failure(refusal(trigger, entity.key, state: state, failed: failed))
    }

    /// What `state` would answer to, guards aside, each once in the document's order.
    package func legalTriggers(in state: String?) -> [GraphTrigger] {
        var triggers: [GraphTrigger] = []
        for transition in graph.transitions(from: state)
        where !triggers.contains(transition.trigger) {
            triggers.append(transition.trigger)
        }
        return triggers
    }

    private func holds(
        _ step: GraphStep, _ entity: EntityDraft, _ context: GraphContext<Domain>
    ) async throws -> Bool {
        guard let check = vocabulary.guards[step.name] else {
            preconditionFailure("the reader has found guard \(step.name)")
        }
        return try await check(entity, context)
    }

    private func run(
        _ step: GraphStep, _ entity: inout EntityDraft, _ context: GraphContext<Domain>
    ) async throws {
        guard let effect = vocabulary.effects[step.name] else {
            preconditionFailure("the reader has found effect \(step.name)")
        }
        try await effect(&entity, context)
    }

    /// What follows the effects in every transition.
    private func settle(
        _ transition: GraphTransition, from: String?, _ entity: inout EntityDraft,
        _ world: WorldTransaction
    ) async throws -> GraphFiring {
        guard let state = transition.to ?? from else {
            preconditionFailure("the reader has found where the life begins")
        }
        entity.document[graph.stateMember] = .string(state)
        let timers = transition.timers.map { timer in
            TimerSetting(
                id: GraphTimer.id(timer.kind, of: entity.key), kind: timer.kind,
                dueAt: timer.dueAt(from: world.now, for: entity))
        }
        for timer in timers { set(timer, of: entity.key, in: world) }
        try await entity.store(in: world)
        world.noteTransition("\(graph.name)/\(transition.id)", of: entity.key)
        for type in transition.emits {
            world.emit(type, contract: graph.contract, object: entity.document)
        }
        return GraphFiring(
            graph: graph.name, entity: entity.key, transition: transition.id, from: from, to: state,
            events: transition.emits, timers: timers)
    }

    private func set(_ timer: TimerSetting, of entity: EntityKey, in world: WorldTransaction) {
        guard let dueAt = timer.dueAt else { return world.cancelTimer(timer.id) }
        world.schedule(
            WorldTimer(
                id: timer.id, dueAt: dueAt, contract: entity.contract, type: entity.type,
                entityID: entity.id, kind: timer.kind))
    }

    private func refusal(
        _ trigger: GraphTrigger, _ key: EntityKey, state: String?, failed: [String]
    ) -> GraphRefusal {
        var needed: [String] = []
        for transition in graph.transitions where transition.trigger == trigger {
            for from in transition.from where !needed.contains(from) { needed.append(from) }
        }
        return GraphRefusal(
            graph: graph.name, entity: key, state: state, trigger: trigger,
            cause: failed.isEmpty ? .state(needed: needed) : .guards(failed),
            legal: legalTriggers(in: state))
    }
}
