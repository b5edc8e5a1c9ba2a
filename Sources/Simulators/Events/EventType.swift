/// A kind of event that a contract's domain can emit.
package struct EventType: Sendable, Hashable {
    /// `payment.captured`: what it happened to, then what happened.
    package let name: String
    package let contract: String
    /// Type of the entity in `data.object`.
    package let entity: String

    package init(_ name: String, contract: String, entity: String) {
        self.name = name
        self.contract = contract
        self.entity = entity
    }
}
