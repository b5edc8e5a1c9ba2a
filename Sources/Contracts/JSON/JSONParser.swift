/// Reads JSON from UTF-8 bytes, strictly by RFC 8259.
///
/// Decided where the RFC leaves a choice: a byte order mark is refused; an escape that names half
/// of a surrogate pair is refused, because a Swift `String` could keep it only by replacing it;
/// numbers of any size and precision are taken and kept as text.
package enum JSONParser {
    /// What happens to a member whose name the object already has.
    package enum DoubledMembers: Sendable {
        /// Both are kept in order; look-up finds the last. What reading foreign documents needs.
        case kept
        /// Refused with a pointer to the member. For request bodies: two readers of one body
        /// must not see two amounts.
        case refused
    }

    /// Reads one document. `limits` are checked before anything is allocated for it.
    package static func parse(
        _ bytes: [UInt8], limits: JSONLimits = .standard, doubled: DoubledMembers = .kept
    ) throws(JSONError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            try parse(buffer, limits: limits, doubled: doubled)
        }
    }

    /// As above, from text.
    package static func parse(_ text: String) throws(JSONError) -> JSONValue {
        try parse(Array(text.utf8))
    }

    /// As above, from memory that outlives the call.
    package static func parse(
        _ buffer: UnsafeBufferPointer<UInt8>, limits: JSONLimits = .standard,
        doubled: DoubledMembers = .kept
    ) throws(JSONError) -> JSONValue {
        guard let base = buffer.baseAddress, !buffer.isEmpty else {
            throw JSONError(cause: .empty, offset: 0, line: 1, column: 1, pointer: .root)
        }
        var reader = JSONReader(base: base, end: buffer.count, limits: limits, doubled: doubled)
        return try reader.document()
    }
}

/// The recursive descent. Errors collect their pointer while they travel outwards, so that the
/// way in pays nothing for it.
struct JSONReader {
    /// Unsafe: every read is preceded by a comparison of `at` with `end`; the caller of
    /// ``JSONParser`` keeps the memory alive.
    let base: UnsafePointer<UInt8>
    let end: Int
    let limits: JSONLimits
    let refusesDoubled: Bool
    /// Bytes read so far.
    var at = 0
    /// Unescaped text of one string, reused.
    var scratch: [UInt8] = []

    init(base: UnsafePointer<UInt8>, end: Int, limits: JSONLimits, doubled: JSONParser.DoubledMembers) {
        self.base = base
        self.end = end
        self.limits = limits
        refusesDoubled = doubled == .refused
    }

    mutating func document() throws(JSONError) -> JSONValue {
        guard end <= limits.bytesMax else { throw fault(.tooLarge(bytesMax: limits.bytesMax)) }
        if end >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF { throw fault(.byteOrderMark) }
        skipSpace()
        guard at < end else { throw fault(.empty) }
        let value = try value(depth: 0)
        skipSpace()
        guard at == end else { throw fault(.contentAfterValue) }
        return value
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard at < end else { throw fault(.unexpectedEnd(expected: "a value")) }
        switch base[at] {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        default: throw unexpected("a value")
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
        guard depth <= limits.depthMax else { throw fault(.tooDeep(depthMax: limits.depthMax)) }
        at += 1
        var items: [JSONValue] = []
        skipSpace()
        if at < end, base[at] == UInt8(ascii: "]") {
            at += 1
            return items
        }
        while true {
            do {
                items.append(try value(depth: depth))
            } catch {
                throw error.inside(String(items.count))
            }
            skipSpace()
            guard at < end else { throw fault(.unexpectedEnd(expected: "\",\" or \"]\"")) }
            switch base[at] {
            case UInt8(ascii: ","):
                at += 1
                skipSpace()
            case UInt8(ascii: "]"):
                at += 1
                return items
            default: throw unexpected("\",\" or \"]\"")
            }
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        guard depth <= limits.depthMax else { throw fault(.tooDeep(depthMax: limits.depthMax)) }
        at += 1
        var members: [JSONObject.Member] = []
        var names = Set<JSONName>()
        skipSpace()
        if at < end, base[at] == UInt8(ascii: "}") {
            at += 1
            return JSONObject()
        }
        while true {
            let start = at
            let name = try memberName()
            if refusesDoubled, !isNew(name, among: members, or: &names) {
                at = start
                throw fault(.doubledMember(name)).inside(name)
            }
            do {
                members.append(JSONObject.Member(name: name, value: try value(depth: depth)))
            } catch {
                throw error.inside(name)
            }
            skipSpace()
            guard at < end else { throw fault(.unexpectedEnd(expected: "\",\" or \"}\"")) }
            switch base[at] {
            case UInt8(ascii: ","):
                at += 1
                skipSpace()
            case UInt8(ascii: "}"):
                at += 1
                return JSONObject(members)
            default: throw unexpected("\",\" or \"}\"")
            }
        }
    }

    /// The name, the colon and the space around it.
    private mutating func memberName() throws(JSONError) -> String {
        guard at < end else { throw fault(.unexpectedEnd(expected: "a member's name")) }
        guard base[at] == UInt8(ascii: "\"") else { throw unexpected("a member's name in quotes") }
        let name = try string()
        skipSpace()
        guard at < end else { throw fault(.unexpectedEnd(expected: "\":\"")) }
        guard base[at] == UInt8(ascii: ":") else { throw unexpected("\":\"") }
        at += 1
        skipSpace()
        return name
    }

    /// Few names are compared in a row, many go to a set: an object of n members must not cost n².
    private func isNew(
        _ name: String, among members: [JSONObject.Member], or names: inout Set<JSONName>
    ) -> Bool {
        if members.count < Limits.membersWithoutIndex {
            return !members.contains { $0.name.isWritten(as: name) }
        }
        if names.isEmpty { names = Set(members.map { JSONName(text: $0.name) }) }
        return names.insert(JSONName(text: name)).inserted
    }
}
