/// Turns schemas into the nodes of a table. Each place is compiled once, references included, so
/// that cycles end. May be asked for more schemas later; the table grows.
final class SchemaCompiler {
    let options: SchemaOptions
    let table: SchemaTable
    var resources: SchemaResources
    private(set) var problems: [ContractProblem] = []
    private var compiled: [SchemaPlace: SchemaIndex] = [:]
    private var waiting: [Waiting] = []
    /// Schemas with dynamic references, which need to know all resources that take part.
    private var deferred: [Waiting] = []

    private struct Waiting {
        let place: SchemaPlace
        let value: JSONValue?
        let resource: Int
        let index: SchemaIndex
    }

    init(_ document: JSONValue, options: SchemaOptions) {
        self.options = options
        resources = SchemaResources(document, options: options)
        table = SchemaTable()
    }

    /// The schema at `pointer` of the first document, with everything it refers to.
    func compile(at pointer: JSONPointer) -> SchemaIndex {
        compile(at: SchemaPlace(document: 0, pointer: pointer))
    }

    func compile(at place: SchemaPlace) -> SchemaIndex {
        let index = index(
            of: place, value: value(at: place), in: resources.resource(at: place))
        while let next = waiting.popLast() ?? deferred.popLast() {
            table.set(node(next), at: next.index)
        }
        table.seal()
        return index
    }

    /// An object whose members have the schemas at these places.
    func compile(members: [(name: String, place: SchemaPlace)], required: [String]) -> SchemaIndex {
        let named = members.map { (name: $0.name, schema: compile(at: $0.place)) }
        let index = table.reserve()
        let rules = MemberRules(
            named: NamedSchemas(named), patterned: [], additional: nil, isClosed: false)
        table.set(
            SchemaNode(rules: [.type, .required(required), .members(rules)], types: .object),
            at: index)
        table.seal()
        return index
    }

    /// Ends compiling; throws if anything was wrong.
    func finish() throws(ContractError) {
        if !problems.isEmpty { throw ContractError(problems: problems) }
    }

    /// What was wrong since the last call; from now on that many more may be reported.
    func takeProblems() -> [ContractProblem] {
        defer { problems = [] }
        return problems
    }

    func report(_ place: SchemaPlace, _ reason: String, fix: String? = nil) {
        guard problems.count < Limits.problemsMax else { return }
        let name = resources.names[place.document]
        problems.append(
            ContractProblem(
                file: name.isEmpty ? nil : name, pointer: place.pointer, reason: reason, fix: fix))
    }

    func report(_ pointer: JSONPointer, _ reason: String, fix: String? = nil) {
        report(SchemaPlace(document: 0, pointer: pointer), reason, fix: fix)
    }

    func value(at place: SchemaPlace) -> JSONValue? {
        resources.documents[place.document][place.pointer]
    }

    /// The index of a schema, which is compiled later: deep documents must not recurse.
    func index(of place: SchemaPlace, value: JSONValue?, in resource: Int) -> SchemaIndex {
        if let index = compiled[place] { return index }
        let index = table.reserve()
        compiled[place] = index
        waiting.append(Waiting(place: place, value: value, resource: resource, index: index))
        return index
    }

    private func node(_ next: Waiting) -> SchemaNode {
        switch next.value {
        case .bool(true): return SchemaNode()
        case .bool(false): return SchemaNode(rules: [.nothing])
        case .object(let object):
            let resource = resources.resource(rootedAt: next.place) ?? next.resource
            if !waiting.isEmpty, object.contains("$dynamicRef") || object.contains("$recursiveRef")
            {
                deferred.append(next)
                return SchemaNode()
            }
            var reader = KeywordReader(
                compiler: self, place: next.place, object: object, resource: resource)
            return reader.node()
        case .none:
            report(next.place, "there is no schema here")
        case .some(let other):
            report(next.place, "a schema is an object or a boolean, not \(other.shown)")
        }
        return SchemaNode()
    }
}

// MARK: - References

/// What a reference leads to.
struct SchemaTarget {
    let place: SchemaPlace
    let value: JSONValue
    let resource: Int
    /// The plain name behind `#`, if it was one.
    let anchor: String?
}

extension SchemaCompiler {
    /// The place that a reference in the member `keyword` of `place` names; nil, and a problem
    /// reported, if there is none.
    func target(
        of reference: String, from place: SchemaPlace, in resource: Int, keyword: String = "$ref"
    ) -> SchemaTarget? {
        let absolute = resolveReference(reference, against: resources.resources[resource].uri)
        let parts = absolute.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let (base, fragment) = (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        guard let number = resources.resource(uri: base) else {
            report(
                place.appending(keyword),
                "\(reference) is in another document, which was not sent along",
                fix: "send that document in the same upload, or copy what is needed into this one")
            return nil
        }
        let root = resources.resources[number].root
        if !fragment.isEmpty, !fragment.hasPrefix("/") {
            if let anchored = resources.resources[number].anchors[fragment],
                let value = value(at: anchored)
            {
                return SchemaTarget(
                    place: anchored, value: value, resource: number, anchor: fragment)
            }
        } else if let decoded = percentDecoded(fragment.utf8), let tail = JSONPointer(decoded) {
            let found = SchemaPlace(
                document: root.document, pointer: root.pointer.appending(tail))
            if let value = value(at: found) {
                return SchemaTarget(
                    place: found, value: value, resource: resources.resource(at: found),
                    anchor: nil)
            }
        }
        report(place.appending(keyword), "\(reference) points at nothing")
        return nil
    }

    func index(of target: SchemaTarget) -> SchemaIndex {
        index(of: target.place, value: target.value, in: target.resource)
    }
}
