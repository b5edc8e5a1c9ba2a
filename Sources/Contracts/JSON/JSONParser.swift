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
struct JSONReader: ~Copyable {
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
    /// What the containers that are still open hold so far; each takes its part when it closes,
    /// so that every array is allocated once and at its exact size.
    private var items = MoveStack<JSONValue>(capacity: 32)
    private var members = MoveStack<JSONObject.Member>(capacity: 32)

    init(
        base: UnsafePointer<UInt8>, end: Int, limits: JSONLimits, doubled: JSONParser.DoubledMembers
    ) {
        self.base = base
        self.end = end
        self.limits = limits
        refusesDoubled = doubled == .refused
    }

    mutating func document() throws(JSONError) -> JSONValue {
        guard end <= limits.bytesMax else { throw fault(.tooLarge(bytesMax: limits.bytesMax)) }
        if end >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF {
            throw fault(.byteOrderMark)
        }
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
        skipSpace()
        if at < end, base[at] == UInt8(ascii: "]") {
            at += 1
            return []
        }
        let first = items.count
        while true {
            do {
                items.push(try value(depth: depth))
            } catch {
                throw error.inside(String(items.count - first))
            }
            skipSpace()
            guard at < end else { throw fault(.unexpectedEnd(expected: "\",\" or \"]\"")) }
            switch base[at] {
            case UInt8(ascii: ","):
                at += 1
                skipSpace()
            case UInt8(ascii: "]"):
                at += 1
                return items.take(from: first)
            default: throw unexpected("\",\" or \"]\"")
            }
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        guard depth <= limits.depthMax else { throw fault(.tooDeep(depthMax: limits.depthMax)) }
        at += 1
        skipSpace()
        if at < end, base[at] == UInt8(ascii: "}") {
            at += 1
            return JSONObject()
        }
        let first = members.count
        var names = Set<JSONName>()
        while true {
            let start = at
            let name = try memberName()
            if refusesDoubled, !isNew(name, membersFrom: first, names: &names) {
                at = start
                throw fault(.doubledMember(name)).inside(name)
            }
            do {
                let value = try value(depth: depth)
                members.push(JSONObject.Member(name: name, value: value))
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
                return JSONObject(members.take(from: first))
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
    private func isNew(_ name: String, membersFrom first: Int, names: inout Set<JSONName>) -> Bool {
        let read = members.elements(from: first)
        if read.count < Limits.membersWithoutIndex {
            for position in read.indices where read[position].name.isWritten(as: name) {
                return false
            }
            return true
        }
        if names.isEmpty { names = Set(read.map { JSONName(text: $0.name) }) }
        return names.insert(JSONName(text: name)).inserted
    }
}
