/// Helpers whose value depends on their arguments alone.
///
/// | Helpers | Give |
/// |---|---|
/// | `upper` `lower` `trim` `text` | the text in other letters, without blanks around it, of a number |
/// | `concat` `join` | texts behind each other; a list's texts with a text between them |
/// | `json` `number` | any value as JSON text; a text as the number that it writes |
/// | `default` | the first value, or the second where that is missing or empty |
/// | `length` `lookup` | characters, elements or members; a member or element by its name |
/// | `eq` `ne` `lt` `le` `gt` `ge` `and` `or` `not` `contains` | true or false |
/// | `add` `subtract` `multiply` `divide` `remainder` | whole numbers of 64 bits; division drops the rest |
enum StandardHelpers {
    struct Helper: Sendable {
        let arguments: ClosedRange<Int>
        let run: @Sendable ([JSONValue]) throws(TemplateRunFault) -> JSONValue
    }

    static let signatures: [String: TemplateVocabulary.Helper] =
        table.mapValues { TemplateVocabulary.Helper($0.arguments) }

    static let table: [String: Helper] = texts.merging(logic) { first, _ in first }
        .merging(arithmetic) { first, _ in first }

    private static let many = 1...Limits.templateArgumentsMax

    private static let texts: [String: Helper] = [
        "upper": Helper(arguments: 1...1) { .string($0[0].templateText.uppercased()) },
        "lower": Helper(arguments: 1...1) { .string($0[0].templateText.lowercased()) },
        "text": Helper(arguments: 1...1) { .string($0[0].templateText) },
        "trim": Helper(arguments: 1...1) { .string(trimmed($0[0].templateText)) },
        "concat": Helper(arguments: many) { .string($0.map(\.templateText).joined()) },
        "join": Helper(arguments: 1...2) { values in
            let between = values.count > 1 ? values[1].templateText : ", "
            return .string((values[0].array ?? []).map(\.templateText).joined(separator: between))
        },
        "json": Helper(arguments: 1...1) { .string(JSONWriter.text($0[0])) },
        "number": Helper(arguments: 1...1) { values in
            JSONNumber(trimmed(values[0].templateText)).map { .number($0) } ?? .null
        },
        "default": Helper(arguments: 2...2) { values in
            values[0].isNull || values[0].string == "" ? values[1] : values[0]
        },
        "length": Helper(arguments: 1...1) { .int(length($0[0])) },
        "lookup": Helper(arguments: 2...2) { values in
            let name = values[1].templateText
            return values[0][name] ?? Int(name).flatMap { values[0][$0] } ?? .null
        },
    ]

    private static let logic: [String: Helper] = [
        "eq": Helper(arguments: 2...2) { .bool(areEqual($0[0], $0[1])) },
        "ne": Helper(arguments: 2...2) { .bool(!areEqual($0[0], $0[1])) },
        "lt": Helper(arguments: 2...2) { .bool(isLess($0[0], $0[1]) ?? false) },
        "gt": Helper(arguments: 2...2) { .bool(isLess($0[1], $0[0]) ?? false) },
        "le": Helper(arguments: 2...2) { .bool(isLess($0[1], $0[0]).map { !$0 } ?? false) },
        "ge": Helper(arguments: 2...2) { .bool(isLess($0[0], $0[1]).map { !$0 } ?? false) },
        "and": Helper(arguments: many) { .bool($0.allSatisfy(isSet)) },
        "or": Helper(arguments: many) { .bool($0.contains(where: isSet)) },
        "not": Helper(arguments: 1...1) { .bool(!isSet($0[0])) },
        "contains": Helper(arguments: 2...2) { values in
            if let items = values[0].array { return .bool(items.contains { $0.means(values[1]) }) }
            return .bool(values[0].templateText.contains(values[1].templateText))
        },
    ]

    private static let arithmetic: [String: Helper] = [
        "add": whole { $0.addingReportingOverflow($1) },
        "subtract": whole { $0.subtractingReportingOverflow($1) },
        "multiply": whole { $0.multipliedReportingOverflow(by: $1) },
        "divide": whole { $0.dividedReportingOverflow(by: $1) },
        "remainder": whole { $0.remainderReportingOverflow(dividingBy: $1) },
    ]

    private static func whole(
        _ run: @escaping @Sendable (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    ) -> Helper {
        Helper(arguments: 2...2) { values throws(TemplateRunFault) in
            guard let left = number(values[0])?.int64, let right = number(values[1])?.int64 else {
                throw TemplateRunFault("it calculates with what is no whole number")
            }
            let (value, isOverflown) = run(left, right)
            guard !isOverflown else {
                throw TemplateRunFault("it divides by zero or leaves the range of 64 bits")
            }
            return .int(value)
        }
    }

    // MARK: Values

    private static func number(_ value: JSONValue) -> JSONNumber? {
        value.number ?? value.string.flatMap { JSONNumber($0) }
    }

    /// Parameters and headers are texts, so `"5"` equals 5.
    private static func areEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
        if left.means(right) { return true }
        guard left.number != nil || right.number != nil, let left = number(left),
            let right = number(right)
        else { return false }
        return left.isEqual(to: right)
    }

    /// Numbers by value, other texts by their code points; nil where neither fits.
    private static func isLess(_ left: JSONValue, _ right: JSONValue) -> Bool? {
        if let left = number(left), let right = number(right) {
            return JSONNumber.isLess(left, than: right)
        }
        guard let left = left.string, let right = right.string else { return nil }
        return left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
    }

    private static func isSet(_ value: JSONValue) -> Bool {
        !(value.isNull || value.bool == false || value.string == "")
    }

    private static func length(_ value: JSONValue) -> Int {
        value.array?.count ?? value.object?.count ?? value.templateText.count
    }

    private static func trimmed(_ text: String) -> String {
        let isBlank: (Character) -> Bool = \.isWhitespace
        return String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
