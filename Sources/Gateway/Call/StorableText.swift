import Contracts

/// JSON and URLs can carry U+0000, Postgres cannot: not as text, and a document with `\u0000` in
/// one member can no longer be searched by any other. So it is refused at the edge.
enum StorableText {
    private static let escaped = Array("\\u0000".utf8)

    static func isStorable(_ text: String) -> Bool { !text.utf8.contains(0) }

    /// Where a U+0000 stands in a body, which can only have it escaped; nil when there is none.
    static func firstFault(in value: JSONValue, readFrom body: [UInt8]) -> JSONPointer? {
        // The escape may itself be escaped: only the value tells.
        hasEscape(body) ? find(in: value, at: .root) : nil
    }

    private static func hasEscape(_ body: [UInt8]) -> Bool {
        body.withUnsafeBufferPointer { body in
            for start in body.indices.dropLast(escaped.count - 1) where body[start] == escaped[0] {
                if body[start...].starts(with: escaped) { return true }
            }
            return false
        }
    }

    private static func find(in value: JSONValue, at pointer: JSONPointer) -> JSONPointer? {
        switch value {
        case .null, .bool, .number: return nil
        case .string(let text): return isStorable(text) ? nil : pointer
        case .array(let items):
            for (index, item) in items.enumerated() {
                if let found = find(in: item, at: pointer.appending(index)) { return found }
            }
            return nil
        case .object(let object):
            for member in object.members {
                let place = pointer.appending(member.name)
                guard isStorable(member.name) else { return place }
                if let found = find(in: member.value, at: place) { return found }
            }
            return nil
        }
    }
}
