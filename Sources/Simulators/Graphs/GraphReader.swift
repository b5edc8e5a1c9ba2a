import Access
package import Contracts
import Tenancy

/// Reads graph documents. A graph that comes out uses only names that exist and can be run.
package enum GraphReader {
    /// `names` is what the domain offers. Fails with every fault found: those of the shape first,
    /// because the rest cannot be judged without it.
    package static func read(
        _ document: JSONValue, names: GraphNames
    ) throws(GraphFaults) -> Graph {
        let name = document["name"]?.string ?? ""
        let misshapen = GraphSchema.compiled.validate(document)
        guard misshapen.isEmpty else { throw GraphFaults(name: name, faults: misshapen) }
        var checks = GraphChecks(names: names)
        let graph = Graph(
            name: name, summary: text(document, "summary"), contract: text(document, "contract"),
            type: text(document, "type"),
            stateMember: document["state_member"]?.string ?? "status",
            states: (document["states"]?.array ?? []).map(state),
            transitions: transitions(document, &checks), document: document)
        checks.check(graph)
        guard checks.faults.isEmpty else { throw GraphFaults(name: name, faults: checks.faults) }
        return graph
    }

    private static func state(_ document: JSONValue) -> GraphState {
        GraphState(
            id: text(document, "id"), summary: text(document, "summary"),
            isFinal: document["final"]?.bool ?? false)
    }

    private static func transitions(
        _ document: JSONValue, _ checks: inout GraphChecks
    ) -> [GraphTransition] {
        var transitions: [GraphTransition] = []
        for (index, item) in (document["transitions"]?.array ?? []).enumerated() {
            let place = JSONPointer(["transitions", String(index)])
            transitions.append(
                GraphTransition(
                    id: text(item, "id"), from: strings(item["from"]), to: item["to"]?.string,
                    trigger: trigger(item["trigger"]), condition: item["guard"].map(step),
                    effects: (item["effects"]?.array ?? []).map(step),
                    timers: timers(item["timers"]?.array ?? [], at: place, &checks),
                    emits: strings(item["emits"])))
        }
        return transitions
    }

    private static func trigger(_ document: JSONValue?) -> GraphTrigger {
        for kind in GraphTrigger.Kind.allCases {
            if let name = document?[kind.rawValue]?.string {
                return GraphTrigger(kind: kind, name: name)
            }
        }
        preconditionFailure("the schema asks for one kind of trigger")
    }

    private static func step(_ document: JSONValue) -> GraphStep {
        if let name = document.string { return GraphStep(name: name, parameters: [:]) }
        return GraphStep(
            name: text(document, "name"), parameters: document["parameters"] ?? [:])
    }

    private static func timers(
        _ documents: [JSONValue], at place: JSONPointer, _ checks: inout GraphChecks
    ) -> [GraphTimer] {
        var timers: [GraphTimer] = []
        for (index, item) in documents.enumerated() {
            let place = place.appending("timers").appending(index)
            guard let change = change(item, at: place, &checks) else { continue }
            timers.append(GraphTimer(kind: text(item, "kind"), change: change))
        }
        return timers
    }

    private static func change(
        _ item: JSONValue, at place: JSONPointer, _ checks: inout GraphChecks
    ) -> GraphTimer.Change? {
        let given = ["after", "business_days", "at", "cancel"].filter { item[$0] != nil }
        guard given.count == 1 else {
            checks.add(
                place, "timer", expected: "one of after, business_days, at, cancel",
                got: given.isEmpty ? "none" : given.joined(separator: ", "))
            return nil
        }
        if let text = item["after"]?.string {
            guard let duration = ISODuration(text) else {
                checks.add(
                    place.appending("after"), "duration", expected: "an ISO 8601 duration like P7D",
                    got: text)
                return nil
            }
            return .after(duration)
        }
        if let days = item["business_days"]?.int,
            let calendar = item["calendar"]?.string.flatMap(BusinessCalendar.init)
        {
            let time = item["time"]?.string.flatMap { LocalTime($0) }
            return .businessDays(Int(days), calendar, time: time)
        }
        return item["at"]?.string.map { .at(member: $0) } ?? .cancel
    }

    private static func text(_ document: JSONValue, _ member: String) -> String {
        document[member]?.string ?? ""
    }

    private static func strings(_ value: JSONValue?) -> [String] {
        (value?.array ?? []).compactMap(\.string)
    }
}
