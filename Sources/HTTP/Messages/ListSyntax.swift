/// Lists and parameters as RFC 9110 §5.6 writes them.
enum ListSyntax {
    /// The trimmed, non-empty parts between `separator`s that stand outside quoted strings.
    static func members(of text: some StringProtocol, separator: UInt8) -> [String] {
        var members: [String] = []
        var current: [UInt8] = []
        var isQuoted = false
        var isEscaped = false
        for byte in text.utf8 {
            if byte == separator, !isQuoted {
                append(current, to: &members)
                current.removeAll(keepingCapacity: true)
                continue
            }
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = isQuoted
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            }
            current.append(byte)
        }
        append(current, to: &members)
        return members
    }

    private static func append(_ bytes: [UInt8], to members: inout [String]) {
        bytes.withUnsafeBufferPointer { bytes in
            let trimmed = bytes.trimmed
            if !trimmed.isEmpty { members.append(String(decoding: trimmed, as: UTF8.self)) }
        }
    }
}
