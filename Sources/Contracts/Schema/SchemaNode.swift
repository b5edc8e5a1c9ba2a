/// One schema or subschema, compiled. Others are named by their position in the table, so that
/// references may form cycles. An object, so that looking at one copies nothing.
final class SchemaNode: Sendable {
    /// In the order in which they are checked: cheap and telling ones first.
    let rules: [SchemaRule]
    /// The types that `type` names; all where it is absent.
    let types: TypeSet
    /// `default` and `example`/`examples`, for answers made from the schema.
    let sample: JSONValue?
    /// Values of `writeOnly` members and of `format: password` are never repeated in faults.
    let isSecret: Bool

    init(
        rules: [SchemaRule] = [], types: TypeSet = .all, sample: JSONValue? = nil,
        isSecret: Bool = false
    ) {
        self.rules = rules
        self.types = types
        self.sample = sample
        self.isSecret = isSecret
    }
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

    case minItems(Int)
    case maxItems(Int)
    case uniqueItems
    indirect case items(prefix: [SchemaIndex], rest: SchemaIndex?)
    indirect case contains(SchemaIndex, least: Int, most: Int?)

    case minProperties(Int)
    case maxProperties(Int)
    case required([String])
    case dependentRequired([(member: String, needs: [String])])
    case members(MemberRules)
    case propertyNames(SchemaIndex)
    case dependentSchemas([(member: String, schema: SchemaIndex)])

    case reference(SchemaIndex)
    case allOf([SchemaIndex])
    case anyOf([SchemaIndex])
    case oneOf([SchemaIndex])
    case not(SchemaIndex)
    indirect case conditional(test: SchemaIndex, then: SchemaIndex?, otherwise: SchemaIndex?)
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
