package import Contracts

/// Everything that is wrong with a graph document, in its order; never empty. Each fault points at
/// a place and says what is expected there.
package struct GraphFaults: Error, Sendable {
    /// Of the document, as far as it has one.
    package let name: String
    package let faults: [SchemaFault]
}

extension GraphFaults: CustomStringConvertible {
    package var description: String {
        faults.map { "\(name)\($0.pointer): \($0.rule): \($0.message)" }.joined(separator: "\n")
    }
}

/// The names that a graph may use: what its domain and its contract know.
package struct GraphNames: Sendable {
    package let guards: Set<String>
    package let effects: Set<String>
    /// Ids of the contract's operations.
    package let calls: Set<String>
    /// Types of events that the contract describes; nil when it describes none.
    package let events: Set<String>?

    package init(
        guards: Set<String>, effects: Set<String>, calls: Set<String>, events: Set<String>? = nil
    ) {
        self.guards = guards
        self.effects = effects
        self.calls = calls
        self.events = events
    }
}
