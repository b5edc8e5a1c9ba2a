/// Whether a value fits a compiled schema, and nothing more.
///
/// Every request and answer comes through here, nearly all of them fit. So this run ends at the
/// first fault, words nothing and allocates nothing; what it refuses, ``Validation`` goes through
/// again, asking here for each single rule and finding the words.
struct Verdict {
    /// Unsafe: the table keeps the nodes alive, and whoever makes a verdict the table.
    private let nodes: SchemaTable.Reader
    private let direction: MessageDirection
    /// The resources entered on the way, outermost first; only those that `$dynamicRef` may choose.
    private var scopes: [Int] = []
    private var depth = 0
    private var steps = 0

    /// The bound of ours that ends a run.
    enum Excess {
        case depth, steps
    }

    init(_ table: SchemaTable, _ direction: MessageDirection) {
        nodes = table.reader
        self.direction = direction
    }

    /// Whether `value` fits the schema `index`.
    mutating func accepts(_ value: JSONValue, _ index: SchemaIndex) -> Bool {
        defer { leave() }
        guard enter() == nil else { return false }
        return nodes[index]._withUnsafeGuaranteedRef { node in
            node.traits.isDisjoint(with: .checked)
                ? accepts(value, node) : acceptsByTraits(value, node)
        }
    }

    private mutating func acceptsByTraits(_ value: JSONValue, _ node: SchemaNode) -> Bool {
        if node.traits.contains(.nullable), value.isNull { return true }
        let isScope = enter(scope: node)
        defer { if isScope { leaveScope() } }
        return accepts(value, node)
    }

    private mutating func accepts(_ value: JSONValue, _ node: SchemaNode) -> Bool {
        // Unsafe: a buffer hands out rules without counting references; the node keeps it alive.
        node.rules.withUnsafeBufferPointer { rules in
            for position in rules.indices where !holds(rules[position], for: value, node) {
                return false
            }
            return true
        }
    }

    /// Counts one schema applied to one value; every call is followed by `leave`.
    mutating func enter() -> Excess? {
        depth += 1
        steps += 1
        if depth > Limits.schemaDepthMax { return .depth }
        return steps > Limits.schemaStepsMax ? .steps : nil
    }

    mutating func leave() { depth -= 1 }

    /// Notes the resource that `node` belongs to; true if `leaveScope` must follow.
    mutating func enter(scope node: SchemaNode) -> Bool {
        guard node.scope >= 0, scopes.last != node.scope else { return false }
        scopes.append(node.scope)
        return true
    }

    mutating func leaveScope() { scopes.removeLast() }

    /// The schema that a dynamic reference means here: the outermost resource's on the way.
    func target(of reference: DynamicReference) -> SchemaIndex {
        for scope in scopes {
            if let target = reference.byResource[scope] { return target }
        }
        return reference.initial
    }

    func node(_ index: SchemaIndex) -> SchemaNode { nodes[index].takeUnretainedValue() }

    /// Whether a rule of `node` holds. Rules for another type of value always do.
    mutating func holds(_ rule: SchemaRule, for value: JSONValue, _ node: SchemaNode) -> Bool {
        switch rule {
        case .nothing: false
        case .type: node.types.allows(value)
        case .enumeration(let values): values.indices.contains { values[$0].means(value) }
        case .constant(let constant): constant.means(value)
        case .minimum, .exclusiveMinimum, .maximum, .exclusiveMaximum, .multipleOf, .numberFormat:
            if case .number(let number) = value { holds(rule, for: number) } else { true }
        case .minLength, .maxLength, .pattern, .format:
            if case .string(let text) = value { holds(rule, for: text) } else { true }
        case .minItems, .maxItems, .uniqueItems, .items, .contains:
            if case .array(let items) = value { holds(rule, for: items) } else { true }
        case .minProperties, .maxProperties, .required, .requiredOneWay, .dependentRequired,
            .members, .propertyNames:
            if case .object(let object) = value { holds(rule, for: object) } else { true }
        case .dependentSchemas(let dependents):
            if case .object(let object) = value {
                dependents.allSatisfy { !object.contains($0.member) || accepts(value, $0.schema) }
            } else {
                true
            }
        case .unevaluatedItems(let schema), .unevaluatedProperties(let schema):
            acceptsUnevaluated(of: value, node, schema)
        case .reference(let schema): accepts(value, schema)
        case .dynamicReference(let reference): accepts(value, target(of: reference))
        case .allOf(let parts): parts.allSatisfy { accepts(value, $0) }
        case .anyOf(let parts): parts.contains { accepts(value, $0) }
        case .oneOf(let parts): firstTwo(of: parts, accepting: value).count == 1
        case .not(let part): !accepts(value, part)
        case .conditional(let test, let then, let otherwise):
            (accepts(value, test) ? then : otherwise).map { accepts(value, $0) } ?? true
        }
    }

    /// How many of `parts` take the value, counted up to two, and which.
    mutating func firstTwo(
        of parts: [SchemaIndex], accepting value: JSONValue
    ) -> (count: Int, first: Int, second: Int) {
        var found = (count: 0, first: 0, second: 0)
        for position in parts.indices where accepts(value, parts[position]) {
            if found.count == 1 { return (2, found.first, position) }
            found = (1, position, 0)
        }
        return found
    }

    /// Whether rules for messages that go `way` count in this run.
    func applies(_ way: MessageDirection) -> Bool { direction == .any || direction == way }

    /// How many items the schema takes.
    mutating func count(_ items: [JSONValue], fitting schema: SchemaIndex) -> Int {
        items.indices.reduce(0) { $0 + (accepts(items[$1], schema) ? 1 : 0) }
    }
}

// MARK: - By the type of value

extension Verdict {
    private func holds(_ rule: SchemaRule, for number: JSONNumber) -> Bool {
        switch rule {
        case .minimum(let bound): !JSONNumber.isLess(number, than: bound)
        case .exclusiveMinimum(let bound): JSONNumber.isLess(bound, than: number)
        case .maximum(let bound): !JSONNumber.isLess(bound, than: number)
        case .exclusiveMaximum(let bound): JSONNumber.isLess(number, than: bound)
        case .multipleOf(_, let factor): number.decimal.isMultiple(of: factor)
        case .numberFormat(let format): format.accepts(number)
        default: preconditionFailure("not a rule for numbers")
        }
    }

    private func holds(_ rule: SchemaRule, for text: String) -> Bool {
        switch rule {
        case .minLength(let least): text.hasCodePoints(atLeast: least)
        case .maxLength(let most): !text.hasCodePoints(atLeast: most + 1)
        case .pattern(let pattern): pattern.matches(text)
        case .format(let format): format.accepts(text)
        default: preconditionFailure("not a rule for strings")
        }
    }

    private mutating func holds(_ rule: SchemaRule, for items: [JSONValue]) -> Bool {
        switch rule {
        case .minItems(let least): return items.count >= least
        case .maxItems(let most): return items.count <= most
        case .uniqueItems:
            return Set(items.lazy.map(JSONMeaning.init(value:))).count == items.count
        case .items(let prefix, let rest):
            let items = items.span
            for index in items.indices {
                guard let schema = index < prefix.count ? prefix[index] : rest else { break }
                if !accepts(items[index], schema) { return false }
            }
            return true
        case .contains(let schema, let least, let most, _):
            let count = count(items, fitting: schema)
            return count >= least && count <= most ?? .max
        default: preconditionFailure("not a rule for arrays")
        }
    }

    private mutating func holds(_ rule: SchemaRule, for object: JSONObject) -> Bool {
        switch rule {
        case .minProperties(let least): return object.count >= least
        case .maxProperties(let most): return object.count <= most
        case .required(let names):
            return object.contains(all: names)
        case .requiredOneWay(let way, let names):
            return !applies(way) || object.contains(all: names)
        case .dependentRequired(let dependents):
            return dependents.allSatisfy { dependent in
                !object.contains(dependent.member) || object.contains(all: dependent.needs)
            }
        case .members(let rules): return accepts(object.members, rules)
        case .propertyNames(let schema):
            return object.members.indices.allSatisfy { position in
                accepts(.string(object.members[position].name), schema)
            }
        default: preconditionFailure("not a rule for objects")
        }
    }

    private mutating func accepts(_ members: [JSONObject.Member], _ rules: MemberRules) -> Bool {
        let members = members.span
        var place = 0
        for position in members.indices {
            var isKnown = false
            if let schema = rules.named.schema(for: members[position].name, from: &place) {
                guard accepts(members[position].value, schema) else { return false }
                isKnown = true
            }
            for (pattern, schema) in rules.patterned
            where pattern.matches(members[position].name) {
                guard accepts(members[position].value, schema) else { return false }
                isKnown = true
            }
            if isKnown { continue }
            if rules.isClosed { return false }
            if let schema = rules.additional, !accepts(members[position].value, schema) {
                return false
            }
        }
        return true
    }
}

extension JSONObject {
    /// Whether it has members of all these names; quickest where both stand in one order.
    func contains(all names: [String]) -> Bool {
        var place = 0
        let members = members.span
        for name in names {
            if place < members.count, members[place].name.isWritten(as: name) {
                place += 1
            } else if let position = position(of: name) {
                place = position + 1
            } else {
                return false
            }
        }
        return true
    }
}
