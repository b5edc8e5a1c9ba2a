/// Strings of structured fields (RFC 9651 §3.3.3).
enum StructuredString {
    /// Appends `text` quoted; bytes outside visible ASCII and space are our own mistake.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            precondition(byte >= 0x20 && byte < 0x7F, "a structured string is visible ASCII")
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                bytes.append(UInt8(ascii: "\\"))
            }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Reads exactly one quoted string, spaces around it aside; nil for anything else.
    static func parse(_ text: String) -> String? {
        var rest = text.utf8[...]
        while rest.first == .space { rest.removeFirst() }
        while rest.last == .space { rest.removeLast() }
        guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""):
                return rest.isEmpty ? String(decoding: bytes, as: UTF8.self) : nil
            case UInt8(ascii: "\\"):
                guard let next = rest.popFirst(),
                    next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\")
                else { return nil }
                bytes.append(next)
            case 0x20..<0x7F: bytes.append(byte)
            default: return nil
            }
        }
        return nil
    }
}

/// What a request's `Idempotency-Key` field says (httpapi draft-07).
package enum IdempotencyKey: Hashable, Sendable {
    case absent
    case key(String)
    /// Repeated, empty, longer than 255 characters, or neither a string nor a plain token.
    case malformed

    /// Characters of a key; the draft leaves it open, 255 is what clients expect to be enough.
    package static let charactersMax = 255

    /// The field is a quoted string; a bare value without quotes, spaces, commas or semicolons is
    /// taken as well, because most clients send that.
    package init(_ fields: HeaderFields) {
        let values = fields.values(of: "idempotency-key")
        guard let value = values.first else {
            self = .absent
            return
        }
        let foreign = Set("\" ,;\\\t".utf8)
        let isBare = value.utf8.allSatisfy { ByteClass.isVisible($0) && !foreign.contains($0) }
        guard values.count == 1, let key = isBare ? value : StructuredString.parse(value),
            !key.isEmpty, key.utf8.count <= IdempotencyKey.charactersMax
        else {
            self = .malformed
            return
        }
        self = .key(key)
    }
}
