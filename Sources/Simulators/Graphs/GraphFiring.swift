package import Access
package import Tenancy

/// What a trigger did to an object: one line of a call's evidence.
package struct GraphFiring: Sendable {
    package let graph: String
    package let entity: EntityKey
    /// Id of the transition.
    package let transition: String
    /// Nil where the object's life began.
    package let from: String?
    package let to: String
    /// Types of the events it emitted.
    package let events: [String]
    package let timers: [TimerSetting]

    /// `graph/transition`, as evidence and coverage name it.
    package var evidence: String { "\(graph)/\(transition)" }
}

/// A timer that a firing has set or, without an instant, cancelled.
package struct TimerSetting: Sendable, Hashable {
    package let id: String
    package let kind: String
    package let dueAt: SandboxInstant?
}

/// Why no transition could be taken, and what could be: nothing was changed.
package struct GraphRefusal: Error, Sendable {
    package enum Cause: Sendable, Hashable {
        /// The trigger means something, but in these states; empty when this graph has no such
        /// trigger at all.
        case state(needed: [String])
        /// The state is right; each of these guards said no, in the order in which they were asked.
        case guards([String])
    }

    package let graph: String
    package let entity: EntityKey
    /// Nil for an object that is not there yet.
    package let state: String?
    package let trigger: GraphTrigger
    package let cause: Cause
    /// What the state would answer to, guards aside, each once in the document's order.
    package let legal: [GraphTrigger]
}

extension GraphRefusal {
    /// What the caller can do instead.
    package var advice: String {
        let possible = legal.map(\.description).joined(separator: ", ")
        let otherwise =
            possible.isEmpty
            ? "Nothing leads on from here: make another \(entity.type)."
            : "Possible for \(entity.id) now: \(possible)."
        return switch cause {
        case .state(let needed) where !needed.isEmpty:
            "Take a \(entity.type) that is \(needed.joined(separator: " or ")). \(otherwise)"
        case .state: otherwise
        case .guards(let names): "Meet \(names.joined(separator: " and ")) first. \(otherwise)"
        }
    }
}

extension GraphRefusal: CustomStringConvertible {
    /// A sentence for the developer who called.
    package var description: String {
        let subject = "\(entity.type) \"\(entity.id)\" is \(state ?? "not there yet")"
        let why =
            switch cause {
            case .state(let needed) where needed.isEmpty: "\(trigger) means nothing to it"
            case .state(let needed): "\(trigger) needs \(needed.joined(separator: " or "))"
            case .guards(let names): "\(trigger) is held back by \(names.joined(separator: ", "))"
            }
        let legal = legal.map(\.description).joined(separator: ", ")
        return "\(subject); \(why). Possible now: \(legal.isEmpty ? "nothing" : legal)."
    }
}
