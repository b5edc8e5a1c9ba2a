import Contracts

/// What makes a well-shaped document a graph that can be run: every name is known, every state can
/// be reached and left, every transition can be picked, every timer is awaited.
struct GraphChecks {
    let names: GraphNames
    private(set) var faults: [SchemaFault] = []

    init(names: GraphNames) {
        self.names = names
    }

    mutating func add(
        _ pointer: JSONPointer, _ rule: String, expected: String, got: String,
        nearest: String? = nil
    ) {
        faults.append(
            SchemaFault(pointer: pointer, rule: rule, expected: expected, got: got, nearest: nearest))
    }

    mutating func check(_ graph: Graph) {
        checkUnique(graph.states.map(\.id), in: "states")
        checkUnique(graph.transitions.map(\.id), in: "transitions")
        let states = Set(graph.states.map(\.id))
        for (index, transition) in graph.transitions.enumerated() {
            checkNames(transition, states: states, at: Self.place(index))
        }
        checkWays(graph)
        checkHidden(graph)
        checkTimers(graph)
    }

    private static func place(_ transition: Int) -> JSONPointer {
        JSONPointer(["transitions", String(transition)])
    }

    private mutating func checkUnique(_ ids: [String], in list: String) {
        var seen: Set<String> = []
        for (index, id) in ids.enumerated() where !seen.insert(id).inserted {
            add(
                JSONPointer([list, String(index), "id"]), "unique",
                expected: "an id of its own", got: id)
        }
    }

    // MARK: Names

    private mutating func checkNames(
        _ transition: GraphTransition, states: Set<String>, at place: JSONPointer
    ) {
        for (index, state) in transition.from.enumerated() {
            known(state, among: states, "state", at: place.appending("from").appending(index))
        }
        if let to = transition.to {
            known(to, among: states, "state", at: place.appending("to"))
        } else if transition.from.isEmpty {
            add(
                place, "to", expected: "to, the first state of a life that begins here",
                got: "neither from nor to")
        }
        if transition.trigger.kind == .call {
            known(
                transition.trigger.name, among: names.calls, "operation",
                at: place.appending("trigger").appending("call"))
        }
        if let condition = transition.condition {
            known(condition.name, among: names.guards, "guard", at: place.appending("guard"))
        }
        for (index, effect) in transition.effects.enumerated() {
            known(
                effect.name, among: names.effects, "effect",
                at: place.appending("effects").appending(index))
        }
        checkEvents(transition, at: place.appending("emits"))
    }

    private mutating func checkEvents(_ transition: GraphTransition, at place: JSONPointer) {
        if let events = names.events {
            for (index, event) in transition.emits.enumerated() {
                known(event, among: events, "event", at: place.appending(index))
            }
        }
        let changes = transition.to.map { transition.from != [$0] } ?? false
        if changes && transition.emits.isEmpty {
            add(
                place, "emits", expected: "an event, because the state changes",
                got: "none")
        }
    }

    private mutating func known(
        _ name: String, among names: Set<String>, _ what: String, at pointer: JSONPointer
    ) {
        guard !names.contains(name) else { return }
        add(
            pointer, what, expected: "a known \(what)", got: name,
            nearest: nearestName(to: name, among: names.sorted()))
    }

    // MARK: Ways

    private mutating func checkWays(_ graph: Graph) {
        if !graph.transitions.contains(where: { $0.from.isEmpty }) {
            add(
                JSONPointer(["transitions"]), "beginning",
                expected: "a transition with an empty from, where lives begin", got: "none")
        }
        let reached = Self.reachable(graph)
        for (index, state) in graph.states.enumerated() {
            let place = JSONPointer(["states", String(index)])
            if !reached.contains(state.id) {
                add(
                    place, "unreachable",
                    expected: "a way here from a transition with an empty from", got: state.id)
            }
            let leaves = graph.transitions.contains { transition in
                transition.from.contains(state.id) && transition.to.map { $0 != state.id } ?? false
            }
            if leaves == state.isFinal {
                add(
                    place, "final",
                    expected: leaves
                        ? "not final, because transitions lead out of it"
                        : "\"final\": true, or a transition that leads out of it",
                    got: state.id)
            }
        }
    }

    private static func reachable(_ graph: Graph) -> Set<String> {
        var reached: Set<String> = []
        var grew = true
        while grew {
            grew = false
            for transition in graph.transitions {
                let starts = transition.from.isEmpty || transition.from.contains(where: reached.contains)
                guard starts, let to = transition.to, reached.insert(to).inserted else { continue }
                grew = true
            }
        }
        return reached
    }

    // MARK: Choice

    /// A later transition is never picked where an earlier one has the same state and trigger and
    /// either no guard or the same one.
    private mutating func checkHidden(_ graph: Graph) {
        for (index, later) in graph.transitions.enumerated() {
            let hiding = graph.transitions[..<index].first { earlier in
                guard earlier.trigger == later.trigger else { return false }
                guard earlier.condition == nil || earlier.condition == later.condition else {
                    return false
                }
                return later.from.isEmpty
                    ? earlier.from.isEmpty : later.from.contains(where: earlier.from.contains)
            }
            if let hiding {
                add(
                    Self.place(index), "doubled",
                    expected: "another state, trigger or guard than transition \(hiding.id) before it",
                    got: later.id)
            }
        }
    }

    // MARK: Timers

    private mutating func checkTimers(_ graph: Graph) {
        let all = graph.transitions.flatMap(\.timers)
        let set = Set(all.filter { $0.change != .cancel }.map(\.kind))
        let awaited = Set(
            graph.transitions.filter { $0.trigger.kind == .timer }.map(\.trigger.name))
        for (index, transition) in graph.transitions.enumerated() {
            let place = Self.place(index)
            if transition.trigger.kind == .timer {
                known(
                    transition.trigger.name, among: set, "timer",
                    at: place.appending("trigger").appending("timer"))
            }
            for (index, timer) in transition.timers.enumerated() {
                let isKnown = timer.change == .cancel ? set : awaited
                known(
                    timer.kind, among: isKnown, "timer",
                    at: place.appending("timers").appending(index).appending("kind"))
            }
        }
    }
}
