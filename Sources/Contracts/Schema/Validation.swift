/// Gathers and words the faults of a value that ``Verdict`` has refused, with their places.
struct Validation {
    /// Decides on single rules and on alternatives, and counts the steps of both.
    var verdict: Verdict
    private var path: [Step] = []
    private(set) var found: [Found] = []

    /// One step from a value to a part of it. `position` orders faults as the document does.
    struct Step {
        let token: String
        let position: Int
    }

    struct Found {
        let fault: SchemaFault
        let order: [Int]
    }

    init(_ table: SchemaTable, _ direction: MessageDirection) {
        verdict = Verdict(table, direction)
    }

    /// Whether `value` fits the schema `index`.
    mutating func check(_ value: JSONValue, _ index: SchemaIndex) -> Bool {
        defer { verdict.leave() }
        switch verdict.enter() {
        case .depth:
            return fail(
                "nesting", "a value and a schema that end",
                "more than \(Limits.schemaDepthMax) levels")
        case .steps:
            return fail(
                "steps", "a value that can be checked in bounded time", "too many alternatives")
        case nil: break
        }
        var fits = true
        let node = verdict.node(index)
        if node.traits.contains(.nullable), value.isNull { return true }
        let isScope = verdict.enter(scope: node)
        defer { if isScope { verdict.leaveScope() } }
        for rule in node.rules {
            if check(value, rule, node) { continue }
            // A value of the wrong type fits nothing else either; one fault says it.
            if case .type = rule { return false }
            fits = false
            if found.count >= Limits.faultsMax { return false }
        }
        return fits
    }

    /// Checks a part of the value, remembering the way to it.
    mutating func check(
        _ part: JSONValue, _ index: SchemaIndex, token: String, position: Int
    ) -> Bool {
        path.append(Step(token: token, position: position))
        defer { path.removeLast() }
        return check(part, index)
    }

    /// The faults of one alternative, which do not count until they are kept.
    mutating func faults(_ value: JSONValue, _ index: SchemaIndex) -> [Found] {
        let outer = found
        found = []
        defer { found = outer }
        _ = check(value, index)
        return found
    }

    mutating func keep(_ more: [Found]) {
        found += more.prefix(max(Limits.faultsMax - found.count, 0))
    }

    /// Whether a fault is about the value itself, not about a part of it.
    func isHere(_ fault: Found) -> Bool { fault.order.count == path.count }

    /// Notes a fault at the present place, or at its member `token`. Always false.
    mutating func fail(
        _ rule: String, _ expected: @autoclosure () -> String, _ got: @autoclosure () -> String,
        member token: String? = nil, position: Int? = nil, nearest: @autoclosure () -> String? = nil
    ) -> Bool {
        guard found.count < Limits.faultsMax else { return false }
        let tokens = path.map(\.token) + (token.map { [$0] } ?? [])
        let order = path.map(\.position) + (position.map { [$0] } ?? [])
        let fault = SchemaFault(
            pointer: JSONPointer(tokens), rule: rule, expected: expected(), got: got(),
            nearest: nearest())
        found.append(Found(fault: fault, order: order))
        return false
    }

    /// What was found, as the document is written; a whole before its parts. Equal faults, which
    /// two parts of an `allOf` may both report, once.
    func orderedFaults() -> [SchemaFault] {
        var seen = Set<SchemaFault>()
        return found.enumerated()
            .sorted { left, right in
                let (a, b) = (left.element.order, right.element.order)
                return a == b ? left.offset < right.offset : a.lexicographicallyPrecedes(b)
            }
            .map(\.element.fault)
            .filter { seen.insert($0).inserted }
    }
}
