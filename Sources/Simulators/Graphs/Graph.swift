package import Contracts

/// A lifecycle as data: the states of one type of object and the transitions between them. Read
/// from a document by ``GraphReader``, which has checked all names in it; run by ``GraphEngine``.
package struct Graph: Sendable {
    /// Name in `graphs/NAME.json` and in `GET …/graphs/{name}`.
    package let name: String
    package let summary: String
    /// The objects that live by it.
    package let contract: String
    package let type: String
    /// The member of their documents that holds the state.
    package let stateMember: String
    package let states: [GraphState]
    /// In the order of the document, which is the order in which they are tried.
    package let transitions: [GraphTransition]
    /// What it was read from, for whoever draws it.
    package let document: JSONValue

    package func state(_ id: String) -> GraphState? { states.first { $0.id == id } }

    /// Transitions out of `state`; those that begin a life for nil.
    package func transitions(from state: String?) -> [GraphTransition] {
        transitions.filter { $0.starts(from: state) }
    }
}

package struct GraphState: Sendable, Hashable {
    package let id: String
    package let summary: String
    /// Nothing leads out of it.
    package let isFinal: Bool
}

/// An edge. Its id is stable: coverage is counted on it and evidence names it.
package struct GraphTransition: Sendable {
    package let id: String
    /// Empty for a transition that begins a life: its object has no state yet.
    package let from: [String]
    /// Nil where the state stays as it was.
    package let to: String?
    package let trigger: GraphTrigger
    /// Nil where nothing beyond state and trigger is asked.
    package let condition: GraphStep?
    /// Run in this order.
    package let effects: [GraphStep]
    package let timers: [GraphTimer]
    /// Types of events, emitted in this order with the object as it is afterwards.
    package let emits: [String]

    func starts(from state: String?) -> Bool {
        guard let state else { return from.isEmpty }
        return from.contains(state)
    }
}

/// A guard or an effect by its name, with what the document gives it.
package struct GraphStep: Sendable, Hashable {
    package let name: String
    /// An object; empty when the document gives none.
    package let parameters: JSONValue
}

/// What can set a transition going.
package struct GraphTrigger: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        /// An operation of the contract, by its id.
        case call
        /// A timer that has come due, by its kind.
        case timer
        /// An outcome that was asked for by name.
        case scenario
        /// Something that happened elsewhere: another object, a network, a job.
        case fact
    }

    package let kind: Kind
    package let name: String

    package static func call(_ operation: String) -> GraphTrigger {
        GraphTrigger(kind: .call, name: operation)
    }
    package static func timer(_ kind: String) -> GraphTrigger {
        GraphTrigger(kind: .timer, name: kind)
    }
    package static func scenario(_ name: String) -> GraphTrigger {
        GraphTrigger(kind: .scenario, name: name)
    }
    package static func fact(_ name: String) -> GraphTrigger {
        GraphTrigger(kind: .fact, name: name)
    }
}

extension GraphTrigger: CustomStringConvertible {
    package var description: String { "\(kind.rawValue) \(name)" }
}
