/// One schema or subschema, compiled. Others are named by their position in the table, so that
/// references may form cycles.
struct SchemaNode: Sendable {
    /// In the order in which they are checked: cheap and telling ones first.
    var rules: [SchemaRule] = []
    /// The types that `type` names; all where it is absent.
    var types = TypeSet.all
    /// `default` and `example`/`examples`, for answers made from the schema.
    var sample: JSONValue?
    /// Values of `writeOnly` members and of `format: password` are never repeated in faults.
    var isSecret = false
}

typealias SchemaIndex = Int

/// One keyword, or several that must be looked at together. A new keyword is a new case here, a
/// line in the compiler and a method in `Validation`. Indirect, so that handing a rule on costs one
/// reference count whatever it holds.
indirect enum SchemaRule: Sendable {
    case nothing
    case type
    case enumeration([JSONValue])
    case constant(JSONValue)

    case minimum(JSONNumber)
    case exclusiveMinimum(JSONNumber)
    case maximum(JSONNumber)
    case exclusiveMaximum(JSONNumber)
    case multipleOf(JSONNumber, JSONDecimal)

    case minLength(Int)
    case maxLength(Int)
    case pattern(Pattern)
    case format(StringFormat)

    case minItems(Int)
    case maxItems(Int)
    case uniqueItems
    case items(prefix: [SchemaIndex], rest: SchemaIndex?)
    case contains(SchemaIndex, least: Int, most: Int?)

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
    case conditional(test: SchemaIndex, then: SchemaIndex?, otherwise: SchemaIndex?)
}

/// `properties`, `patternProperties` and `additionalProperties` together.
struct MemberRules: Sendable {
    var named: [JSONName: SchemaIndex] = [:]
    /// Names as the schema lists them, for hints.
    var names: [String] = []
    var patterned: [(pattern: Pattern, schema: SchemaIndex)] = []
    var additional: SchemaIndex?
    /// `additionalProperties: false`: the rest is refused by its name.
    var isClosed = false
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
        TypeSet.named.filter { contains($0.type) }.map(\.name).sorted { $1 == "null" && $0 != "null" }
            .joined(separator: " or ")
    }
}
