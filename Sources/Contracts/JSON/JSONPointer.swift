/// A path to a value inside a document, RFC 6901: `/data/0/a~1b`.
package struct JSONPointer: Hashable, Sendable {
    /// Member names and indexes, unescaped, outermost first. Empty: the whole document.
    package private(set) var tokens: [String]

    package static let root = JSONPointer()

    package init(_ tokens: [String] = []) { self.tokens = tokens }

    /// Reads the text form; nil if it neither is empty nor starts with `/`, or if a `~` is not
    /// followed by 0 or 1.
    package init?(_ text: String) {
        tokens = []
        guard !text.isEmpty else { return }
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        for part in text.utf8.dropFirst().split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        {
            guard let token = JSONPointer.unescaped(part) else { return nil }
            tokens.append(token)
        }
    }

    package func appending(_ token: String) -> JSONPointer { JSONPointer(tokens + [token]) }
    package func appending(_ index: Int) -> JSONPointer { appending(String(index)) }
    package func appending(_ tail: JSONPointer) -> JSONPointer { JSONPointer(tokens + tail.tokens) }

    /// Puts `token` in front; used while an error travels outwards.
    mutating func prepend(_ token: String) { tokens.insert(token, at: 0) }

    private static func unescaped(_ part: Substring.UTF8View) -> String? {
        guard part.contains(UInt8(ascii: "~")) else { return String(Substring(part)) }
        var bytes: [UInt8] = []
        var rest = part
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "~") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSONPointer: CustomStringConvertible {
    /// The text form.
    package var description: String {
        var bytes: [UInt8] = []
        for token in tokens {
            bytes.append(UInt8(ascii: "/"))
            for byte in token.utf8 {
                switch byte {
                case UInt8(ascii: "~"): bytes += [byte, UInt8(ascii: "0")]
                case UInt8(ascii: "/"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "1")]
                default: bytes.append(byte)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSONPointer: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        guard let pointer = JSONPointer(text) else { preconditionFailure("\(text) is no pointer") }
        self = pointer
    }
}

extension JSONValue {
    /// The value at `pointer`; nil if there is none. Indexes have no leading zeros, `-` is none.
    package subscript(pointer: JSONPointer) -> JSONValue? {
        var value = self
        for token in pointer.tokens {
            switch value {
            case .object(let object):
                guard let member = object[token] else { return nil }
                value = member
            case .array(let items):
                guard let index = arrayIndex(token), index < items.count else { return nil }
                value = items[index]
            case .null, .bool, .number, .string:
                return nil
            }
        }
        return value
    }
}

private func arrayIndex(_ token: String) -> Int? {
    guard token.utf8.allSatisfy(\.isASCIIDigit),
        token == "0" || token.utf8.first != UInt8(ascii: "0")
    else { return nil }
    return Int(token)
}
