/// Everything that a schema asks of a value, gathered through references, `allOf` and one branch of
/// each `anyOf` and `oneOf`: what a value can be made from.
struct SchemaSketch {
    var types: TypeSet = .all
    /// What `enum` and `const` leave; nil where there is neither.
    var values: [JSONValue]?

    var least: JSONNumber?
    var isLeastOpen = false
    var most: JSONNumber?
    var isMostOpen = false
    var factor: JSONNumber?
    var numberFormat: NumberFormat?

    var lengthMin = 0
    var lengthMax: Int?
    var patterns: [Pattern] = []
    var format: StringFormat?

    var itemsMin = 0
    var itemsMax: Int?
    var isUnique = false
    var prefix: [SchemaIndex] = []
    var items: [SchemaIndex] = []
    var contained: [SchemaIndex] = []

    /// Declared members in order; several schemas where parts of `allOf` name the same one.
    var members: [(name: String, schemas: [SchemaIndex])] = []
    var required: [String] = []
    var additional: [SchemaIndex] = []
    var isClosed = false
    var membersMin = 0
    var patterned: [(pattern: Pattern, schema: SchemaIndex)] = []
    var memberNames: [SchemaIndex] = []

    /// Examples and defaults, the outermost first.
    var samples: [JSONValue] = []
    /// Defaults alone.
    var presets: [JSONValue] = []
    /// How values stand in XML, the outermost schema's first.
    var xml: [XMLNotes] = []
    var isReadOnly = false
    var isWriteOnly = false
    /// Branches that could have been taken elsewhere; 1 where there was no choice.
    private(set) var alternatives = 1

    private let table: SchemaTable
    private let direction: MessageDirection
    /// Which branch is taken, counted over all choices.
    private let choice: Int

    init(
        _ table: SchemaTable, _ direction: MessageDirection, choice: Int = 0,
        absorbing schemas: SchemaIndex...
    ) {
        self.init(table, direction, choice: choice, absorbing: schemas)
    }

    init(
        _ table: SchemaTable, _ direction: MessageDirection, choice: Int = 0,
        absorbing schemas: [SchemaIndex]
    ) {
        self.table = table
        self.direction = direction
        self.choice = choice
        for schema in schemas { absorb(schema) }
    }

    private mutating func absorb(_ index: SchemaIndex, hops: Int = 0) {
        guard hops < Limits.referenceHopsMax else { return }
        let node = table[index]
        types = types.meeting(node.types)
        if let notes = node.xml { xml.append(notes) }
        if let sample = node.sample { samples.append(sample) }
        if let sample = node.sample, node.traits.contains(.preset) { presets.append(sample) }
        isReadOnly = isReadOnly || node.traits.contains(.readOnly)
        isWriteOnly = isWriteOnly || node.traits.contains(.writeOnly)
        for rule in node.rules { absorb(rule, hops: hops) }
    }

    private mutating func absorb(_ rule: SchemaRule, hops: Int) {
        switch rule {
        case .reference(let target): absorb(target, hops: hops + 1)
        case .dynamicReference(let reference): absorb(reference.initial, hops: hops + 1)
        case .allOf(let parts): for part in parts { absorb(part, hops: hops + 1) }
        case .anyOf(let branches), .oneOf(let branches): absorb(oneOf: branches, hops: hops + 1)
        case .conditional(_, _, let otherwise?): absorb(otherwise, hops: hops + 1)
        case .enumeration(let own): narrow(to: own)
        case .constant(let own): narrow(to: [own])
        case .minimum, .exclusiveMinimum, .maximum, .exclusiveMaximum, .multipleOf, .numberFormat:
            absorb(number: rule)
        case .minLength, .maxLength, .pattern, .format: absorb(text: rule)
        case .minItems, .maxItems, .uniqueItems, .items, .contains: absorb(array: rule)
        case .minProperties, .required, .requiredOneWay, .members, .propertyNames:
            absorb(object: rule)
        case .nothing, .type, .maxProperties, .dependentRequired, .dependentSchemas, .not,
            .unevaluatedItems, .unevaluatedProperties, .conditional:
            break
        }
    }

    /// Takes one branch: the first that is no mere null, or, at another attempt, one behind it.
    private mutating func absorb(oneOf branches: [SchemaIndex], hops: Int) {
        let useful = branches.filter { table[$0].types != .null }
        let offered = useful.isEmpty ? branches : useful
        guard !offered.isEmpty else { return }
        // A list of constants is an enumeration, of which other rules may leave any.
        let constants = offered.compactMap { table[$0].constant }
        if constants.count == offered.count { return narrow(to: constants) }
        alternatives = max(alternatives, offered.count)
        absorb(offered[choice % offered.count], hops: hops)
    }

    private mutating func narrow(to own: [JSONValue]) {
        values = values.map { known in
            known.filter { value in own.contains { $0.means(value) } }
        } ?? own
    }

    private mutating func absorb(number rule: SchemaRule) {
        switch rule {
        case .minimum(let bound): raise(bound, isOpen: false)
        case .exclusiveMinimum(let bound): raise(bound, isOpen: true)
        case .maximum(let bound): lower(bound, isOpen: false)
        case .exclusiveMaximum(let bound): lower(bound, isOpen: true)
        case .multipleOf(let number, _): factor = factor ?? number
        case .numberFormat(let named): numberFormat = named
        default: break
        }
    }

    private mutating func raise(_ bound: JSONNumber, isOpen: Bool) {
        if let least, JSONNumber.isLess(bound, than: least) { return }
        (least, isLeastOpen) = (bound, isOpen)
    }

    private mutating func lower(_ bound: JSONNumber, isOpen: Bool) {
        if let most, JSONNumber.isLess(most, than: bound) { return }
        (most, isMostOpen) = (bound, isOpen)
    }

    private mutating func absorb(text rule: SchemaRule) {
        switch rule {
        case .minLength(let count): lengthMin = max(lengthMin, count)
        case .maxLength(let count): lengthMax = min(lengthMax ?? count, count)
        case .pattern(let pattern): patterns.append(pattern)
        case .format(let named): format = format ?? named
        default: break
        }
    }

    private mutating func absorb(array rule: SchemaRule) {
        switch rule {
        case .minItems(let count): itemsMin = max(itemsMin, count)
        case .maxItems(let count): itemsMax = min(itemsMax ?? count, count)
        case .uniqueItems: isUnique = true
        case .items(let first, let rest):
            if prefix.isEmpty { prefix = first }
            if let rest { items.append(rest) }
        case .contains(let schema, let count, _, _):
            contained += Array(repeating: schema, count: min(count, Limits.madeItemsMax))
        default: break
        }
    }

    private mutating func absorb(object rule: SchemaRule) {
        switch rule {
        case .minProperties(let count): membersMin = max(membersMin, count)
        case .required(let names): require(names)
        case .requiredOneWay(let way, let names):
            if direction == .any || way == direction { require(names) }
        case .propertyNames(let schema): memberNames.append(schema)
        case .members(let rules):
            var place = 0
            for name in rules.named.names {
                guard let schema = rules.named.schema(for: name, from: &place) else { continue }
                add(name, schema)
            }
            patterned += rules.patterned
            if let schema = rules.additional { additional.append(schema) }
            isClosed = isClosed || rules.isClosed
        default: break
        }
    }

    private mutating func require(_ names: [String]) {
        required += names.filter { !required.contains($0) }
    }

    private mutating func add(_ name: String, _ schema: SchemaIndex) {
        if let known = members.firstIndex(where: { $0.name == name }) {
            if !members[known].schemas.contains(schema) { members[known].schemas.append(schema) }
        } else {
            members.append((name, [schema]))
        }
    }
}

extension TypeSet {
    /// The types that both have; an integer is a number too.
    func meeting(_ other: TypeSet) -> TypeSet {
        var both = intersection(other)
        let isInteger = contains(.integer) && other.contains(.number)
            || contains(.number) && other.contains(.integer)
        if isInteger, !both.contains(.number) { both.insert(.integer) }
        return both
    }
}
