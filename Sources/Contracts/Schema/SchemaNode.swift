/// One schema or subschema, compiled. Others are named by their position in the table, so that
/// references may form cycles. An object, so that looking at one copies nothing.
final class SchemaNode: Sendable {
    /// In the order in which they are checked: cheap and telling ones first.
    let rules: [SchemaRule]
    /// The types that `type` names; all where it is absent.
    let types: TypeSet
    /// What few schemas have and every check must know; one test finds that there is none.
    let traits: SchemaTraits
    /// The resource that checking enters here, if `$dynamicRef` may choose it; else -1.
    let scope: Int
    /// `default` and `example`/`examples`, for answers made from the schema.
    let sample: JSONValue?
    /// How its values stand in XML, where the contract says so or the schema is a component.
    let xml: XMLNotes?

    static let empty = SchemaNode()

    init(
        rules: [SchemaRule] = [], types: TypeSet = .all, traits: SchemaTraits = [],
        scope: Int = -1, sample: JSONValue? = nil, xml: XMLNotes? = nil
    ) {
        self.rules = rules
        self.types = types
        self.traits = scope < 0 ? traits : traits.union(.scoped)
        self.scope = scope
        self.sample = sample
        self.xml = xml
    }

    /// Values of `writeOnly` members and of `format: password` are never repeated in faults.
    var isSecret: Bool { traits.contains(.secret) }
    /// The one value that fits, if `const` says so.
    var constant: JSONValue? {
        for rule in rules {
            if case .constant(let value) = rule { return value }
        }
        return nil
    }

    /// Whether nothing but its rules matters.
    var isPlain: Bool {
        traits.isEmpty && sample == nil && types == .all && (xml?.isInferred ?? true)
    }
}

struct SchemaTraits: OptionSet, Sendable {
    let rawValue: UInt8

    /// `nullable` of OpenAPI 3.0: null fits, whatever the rules say.
    static let nullable = SchemaTraits(rawValue: 1)
    /// `scope` matters.
    static let scoped = SchemaTraits(rawValue: 2)
    static let readOnly = SchemaTraits(rawValue: 4)
    static let writeOnly = SchemaTraits(rawValue: 8)
    static let secret = SchemaTraits(rawValue: 16)
    /// The sample is what holds where nothing is given.
    static let preset = SchemaTraits(rawValue: 32)

    /// Those that change how a value is checked.
    static let checked: SchemaTraits = [.nullable, .scoped]
}

/// Which way a message goes; `required` of `readOnly` and `writeOnly` members depends on it.
package enum MessageDirection: Sendable {
    case request, answer
    /// Both at once: all that is required.
    case any
}

typealias SchemaIndex = Int

/// One keyword, or several that must be looked at together. A new keyword is a new case here, a
/// line in the compiler, one in `Verdict` and its words in `Validation`. Large and rare ones are
/// indirect: handing on a rule costs one reference count at most, none where it holds numbers.
enum SchemaRule: Sendable {
    case nothing
    case type
    case enumeration([JSONValue])
    case constant(JSONValue)

    case minimum(JSONNumber)
    case exclusiveMinimum(JSONNumber)
    case maximum(JSONNumber)
    case exclusiveMaximum(JSONNumber)
    indirect case multipleOf(JSONNumber, JSONDecimal)

    case minLength(Int)
    case maxLength(Int)
    case pattern(Pattern)
    case format(StringFormat)
    case numberFormat(NumberFormat)

    case minItems(Int)
    case maxItems(Int)
    case uniqueItems
    indirect case items(prefix: [SchemaIndex], rest: SchemaIndex?)
    /// `evaluates`: since 2020-12, items that fit count as evaluated.
    indirect case contains(SchemaIndex, least: Int, most: Int?, evaluates: Bool)
    case unevaluatedItems(SchemaIndex)

    case minProperties(Int)
    case maxProperties(Int)
    case required([String])
    /// Where members are `readOnly` or `writeOnly`, these are required only one way.
    indirect case requiredOneWay(MessageDirection, [String])
    case dependentRequired([(member: String, needs: [String])])
    case members(MemberRules)
    case propertyNames(SchemaIndex)
    case dependentSchemas([(member: String, schema: SchemaIndex)])
    case unevaluatedProperties(SchemaIndex)

    case reference(SchemaIndex)
    case dynamicReference(DynamicReference)
    case allOf([SchemaIndex])
    case anyOf([SchemaIndex])
    case oneOf([SchemaIndex])
    case not(SchemaIndex)
    indirect case conditional(test: SchemaIndex, then: SchemaIndex?, otherwise: SchemaIndex?)
}

/// A `$dynamicRef`: the schema depends on the way that led here.
final class DynamicReference: Sendable {
    /// The schema with that anchor, by resource.
    let byResource: [Int: SchemaIndex]
    /// Taken where no resource on the way has the anchor.
    let initial: SchemaIndex

    init(byResource: [Int: SchemaIndex], initial: SchemaIndex) {
        self.byResource = byResource
        self.initial = initial
    }
}

/// `properties`, `patternProperties` and `additionalProperties` together.
final class MemberRules: Sendable {
    let named: NamedSchemas
    let patterned: [(pattern: Pattern, schema: SchemaIndex)]
    let additional: SchemaIndex?
    /// `additionalProperties: false`: the rest is refused by its name.
    let isClosed: Bool

    init(
        named: NamedSchemas, patterned: [(pattern: Pattern, schema: SchemaIndex)],
        additional: SchemaIndex?, isClosed: Bool
    ) {
        self.named = named
        self.patterned = patterned
        self.additional = additional
        self.isClosed = isClosed
    }
}

/// The schemas of `properties`, in the order of the contract.
struct NamedSchemas: Sendable {
    let names: [String]
    private let schemas: [SchemaIndex]
    /// Position of each name; nil while they are few.
    private let index: [JSONName: Int]?

    init(_ members: [(name: String, schema: SchemaIndex)]) {
        names = members.map(\.name)
        schemas = members.map(\.schema)
        index =
            members.count <= Limits.membersWithoutIndex
            ? nil
            : Dictionary(
                members.enumerated().map { (JSONName(text: $1.name), $0) }, uniquingKeysWith: { $1 }
            )
    }

    /// The schema for `name`. Documents list their members in about the order of their contract:
    /// the search begins at `place` and moves it behind what it finds.
    func schema(for name: String, from place: inout Int) -> SchemaIndex? {
        guard let position = position(of: name, from: place) else { return nil }
        place = position + 1
        return schemas[position]
    }

    private func position(of name: String, from place: Int) -> Int? {
        if place < names.count, names[place].isWritten(as: name) { return place }
        if let index { return index[JSONName(text: name)] }
        for position in names.indices where names[position].isWritten(as: name) { return position }
        return nil
    }
}

/// The seven type names of JSON Schema.
struct TypeSet: OptionSet, Sendable {
    let rawValue: UInt8

    static let null = TypeSet(rawValue: 1)
    static let boolean = TypeSet(rawValue: 2)
    static let integer = TypeSet(rawValue: 4)
    static let number = TypeSet(rawValue: 8)
    static let string = TypeSet(rawValue: 16)
    static let array = TypeSet(rawValue: 32)
    static let object = TypeSet(rawValue: 64)
    static let all: TypeSet = [.null, .boolean, .integer, .number, .string, .array, .object]

    static let named: [(name: String, type: TypeSet)] = [
        ("null", .null), ("boolean", .boolean), ("integer", .integer), ("number", .number),
        ("string", .string), ("array", .array), ("object", .object),
    ]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init?(name: String) {
        guard let found = TypeSet.named.first(where: { $0.name == name }) else { return nil }
        self = found.type
    }

    func allows(_ value: JSONValue) -> Bool {
        switch value {
        case .null: contains(.null)
        case .bool: contains(.boolean)
        case .number(let number): contains(.number) || contains(.integer) && number.isInteger
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        }
    }

    /// `string or null`.
    var description: String {
        TypeSet.named.filter { contains($0.type) }.map(\.name).sorted {
            $1 == "null" && $0 != "null"
        }
        .joined(separator: " or ")
    }
}
