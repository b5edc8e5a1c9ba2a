package import Contracts
package import Tenancy

/// The guards and effects of a domain, by the names that its graphs use.
package struct GraphVocabulary<Domain: Sendable>: Sendable {
    /// Whether a transition may be taken. Looks and changes nothing.
    package typealias Guard =
        @Sendable (EntityDraft, GraphContext<Domain>) async throws -> Bool
    /// Changes the object's members, moves money, touches other objects. An error undoes the call.
    package typealias Effect =
        @Sendable (inout EntityDraft, GraphContext<Domain>) async throws -> Void

    package let guards: [String: Guard]
    package let effects: [String: Effect]

    package init(guards: [String: Guard] = [:], effects: [String: Effect] = [:]) {
        self.guards = guards
        self.effects = effects
    }
}

/// What a guard or an effect is given beside the object.
package struct GraphContext<Domain: Sendable> {
    package let trigger: GraphTrigger
    /// What came with the trigger: a call's body, a timer's payload.
    package let input: JSONValue
    /// What the graph's document gives to this guard or effect; an object.
    package let parameters: JSONValue
    package let world: WorldTransaction
    package let domain: Domain
}
