/// `host [ ":" port ]` as Host and absolute targets write it (RFC 9110 §7.2, RFC 3986 §3.2).
///
/// User information, percent escapes, commas and spaces are refused; an IP literal needs its
/// brackets and only hexadecimal digits, colons and dots within.
struct HostAndPort {
    let host: ByteRange
    /// 1...65535; nil when left out, also with a colon and nothing after it.
    private(set) var port: Int?

    /// Reads the text at `range` of `head`; nil when it is something else, or empty.
    init?(_ range: ByteRange, of head: UnsafeBufferPointer<UInt8>) {
        let text = head.part(range)
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
        host = ByteRange(Int(range.start)..<(Int(range.start) + end))
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
