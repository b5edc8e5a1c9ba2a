/// `host [ ":" port ]` as Host and absolute targets write it (RFC 9110 §7.2, RFC 3986 §3.2).
///
/// User information, percent escapes, commas and spaces are refused; an IP literal needs its
/// brackets and only hexadecimal digits, colons and dots within.
struct HostAndPort {
    /// Offsets within the text that was read.
    var host: Range<Int>
    /// 1...65535; nil when left out, also with a colon and nothing after it.
    var port: Int?

    /// Nil when `text` is something else, the empty text included.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var end = 0
        if text.first == UInt8(ascii: "[") {
            end = 1
            while end < text.count, HostAndPort.isInLiteral(text[end]) { end += 1 }
            guard end > 3, end < text.count, text[end] == UInt8(ascii: "]") else { return nil }
            end += 1
        } else {
            while end < text.count, ByteClass.isHostName(text[end]) { end += 1 }
        }
        // 255: the longest name that DNS carries.
        guard end > 0, end <= 255 else { return nil }
        host = 0..<end
        port = nil
        if end == text.count { return }
        guard text[end] == .colon, text.count - end <= 6 else { return nil }
        var value = 0
        for index in (end + 1)..<text.count {
            guard ByteClass.isDigit(text[index]) else { return nil }
            value = value * 10 + Int(text[index] &- 0x30)
        }
        guard value <= 65_535, value > 0 || end + 1 == text.count else { return nil }
        port = value == 0 ? nil : value
    }

    private static func isInLiteral(_ byte: UInt8) -> Bool {
        ByteClass.hexadecimal(byte) != nil || byte == .colon || byte == UInt8(ascii: ".")
    }
}
