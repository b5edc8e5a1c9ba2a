// Literals, so that documents read in Swift as they do in JSON. There is none for fractions:
// a Double on the way would not keep them as written; `JSONNumber("0.1")` does. Nor for null:
// `document["member"] == nil` would compare with JSON's null and not ask whether there is one.

extension JSONValue: ExpressibleByBooleanLiteral {
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int64) { self = .number(JSONNumber(value)) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements.map { JSONObject.Member(name: $0.0, value: $0.1) }))
    }
}

extension JSONValue {
    /// A number that is not a literal.
    package static func int(_ value: some BinaryInteger) -> JSONValue { .number(JSONNumber(value)) }

    /// The text, or null.
    package static func string(orNull text: String?) -> JSONValue {
        text.map { .string($0) } ?? .null
    }
}

extension JSONValue: CustomStringConvertible {
    /// The compact JSON text. For people and tests; answers are written with ``JSONWriter``.
    package var description: String { JSONWriter.text(self) }
}
