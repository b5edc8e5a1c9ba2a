/// A JSON document, kept as it was written: order of members, doubled members, text of numbers.
///
/// `==` compares what is written (`1` and `1.0` differ, so do `{a,b}` and `{b,a}`). Whether two
/// values mean the same, as JSON Schema understands it, is told by ``means(_:)``.
package enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

// MARK: - Reading

extension JSONValue {
    /// The member `name` of an object; nil for another value or a missing member. Setting nil
    /// removes; setting on anything but an object is our own mistake.
    package subscript(name: String) -> JSONValue? {
        get { object?[name] }
        set {
            guard case .object(var object) = self else {
                preconditionFailure("a member is set on \(kind.rawValue)")
            }
            self = .null  // Gives up our reference, so that the members are not copied.
            object[name] = newValue
            self = .object(object)
        }
    }

    /// The element at `index` of an array; nil for another value or outside of it.
    package subscript(index: Int) -> JSONValue? {
        guard case .array(let items) = self, items.indices.contains(index) else { return nil }
        return items[index]
    }

    package var isNull: Bool {
        if case .null = self { true } else { false }
    }

    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    package var number: JSONNumber? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The value of a number that is an integer in 64 bits, also when written `1.0` or `1e2`.
    package var int: Int64? { number?.int64 }

    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var array: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    package var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }
}

// MARK: - Kinds

extension JSONValue {
    /// The six kinds of value, by JSON Schema's names.
    package enum Kind: String, Sendable, CaseIterable {
        case null, boolean, number, string, array, object
    }

    package var kind: Kind {
        switch self {
        case .null: .null
        case .bool: .boolean
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
}

// MARK: - Comparing

extension JSONValue: Hashable {
    package static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.isWritten(as: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        switch self {
        case .null: break
        case .bool(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let value): hasher.combine(value)
        case .array(let value): hasher.combine(value)
        case .object(let value): hasher.combine(value)
        }
    }
}

extension String {
    /// Whether both hold the same code points. Swift's `==` also joins canonically equivalent
    /// texts (`é` as one and as two code points), which JSON keeps apart.
    func isWritten(as other: String) -> Bool {
        // The same bits are the same text: a short one inside the value, or the same memory.
        if unsafeBitCast(self, to: (UInt64, UInt64).self)
            == unsafeBitCast(other, to: (UInt64, UInt64).self)
        {
            return true
        }
        guard utf8.count == other.utf8.count else { return false }
        let isEqual = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                for position in 0..<left.count where left[position] != right[position] {
                    return false
                }
                return true
            }
        }
        return (isEqual ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}
