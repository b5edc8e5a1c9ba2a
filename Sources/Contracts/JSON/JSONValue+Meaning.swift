// Equality as JSON Schema defines it (core §4.2.2): numbers by value, objects without order.

extension JSONValue {
    /// Whether both mean the same: `1` and `1.0`, `{a,b}` and `{b,a}`.
    package func means(_ other: JSONValue) -> Bool {
        switch (self, other) {
        case (.number(let left), .number(let right)): left.isEqual(to: right)
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.means($1) }
        case (.object(let left), .object(let right)): left.means(right)
        default: self == other
        }
    }

    /// Equal for values that mean the same.
    func hashMeaning(into hasher: inout Hasher) {
        switch self {
        case .number(let number):
            if let value = number.int64 {
                hasher.combine(value)
            } else {
                hasher.combine(number.decimal)
            }
        case .array(let items):
            for item in items { item.hashMeaning(into: &hasher) }
            hasher.combine(items.count)
        case .object(let object):
            var sum = 0  // A sum, since the order must not matter.
            for name in Set(object.members.map { JSONName(text: $0.name) }) {
                var member = Hasher()
                member.combine(name)
                object[name.text]?.hashMeaning(into: &member)
                sum &+= member.finalize()
            }
            hasher.combine(sum)
        case .null, .bool, .string:
            hash(into: &hasher)
        }
    }
}

extension JSONObject {
    func means(_ other: JSONObject) -> Bool {
        let holds: (JSONObject, JSONObject) -> Bool = { left, right in
            left.members.allSatisfy { member in
                guard let own = left[member.name], let value = right[member.name] else {
                    return false
                }
                return own.means(value)
            }
        }
        return holds(self, other) && (count == other.count || holds(other, self))
    }
}

/// A value as a key of a set, by meaning.
struct JSONMeaning: Hashable {
    let value: JSONValue

    static func == (left: JSONMeaning, right: JSONMeaning) -> Bool { left.value.means(right.value) }

    func hash(into hasher: inout Hasher) { value.hashMeaning(into: &hasher) }
}
