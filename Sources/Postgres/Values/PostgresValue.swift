/// A bound parameter.
package enum PostgresValue: Sendable {
    case null
    case text(String)
    /// Text that is bytes already, such as a JSON document for `json` or `jsonb`.
    case utf8([UInt8])
    case int(Int64)
    case bool(Bool)
    case uuid(high: UInt64, low: UInt64)
    /// bytea.
    case bytes([UInt8])
    case textArray([String])
    /// An array of texts of which nil ones are NULL.
    case sparseTextArray([String?])
    case uuidArray([(high: UInt64, low: UInt64)])
    /// timestamptz.
    case timestamp(microsecondsSince1970: Int64)
}

/// A statement with its parameters.
package struct Call: Sendable {
    let statement: Statement
    let values: [PostgresValue]

    package init(_ statement: Statement, _ values: PostgresValue...) {
        self.init(statement, values: values)
    }

    package init(_ statement: Statement, values: [PostgresValue]) {
        precondition(values.count <= Limits.parameters, "too many parameters")
        self.statement = statement
        self.values = values
    }

    /// Why the server could not take this call; nil when it can.
    var fault: String? {
        values.contains(where: \.hasNUL) ? "a text parameter holds NUL" : nil
    }
}

extension PostgresValue {
    /// PostgreSQL's text has no NUL, and libpq would cut the text there without a word.
    fileprivate var hasNUL: Bool {
        switch self {
        case .text(let text): text.utf8.contains(0)
        case .utf8(let bytes): bytes.contains(0)
        case .textArray(let texts): texts.contains { $0.utf8.contains(0) }
        case .sparseTextArray(let texts): texts.contains { $0?.utf8.contains(0) ?? false }
        case .null, .int, .bool, .uuid, .bytes, .uuidArray, .timestamp: false
        }
    }
}
