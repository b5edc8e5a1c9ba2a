/// The standard alphabet with padding (RFC 4648 § 4). One spelling a value.
package enum Base64 {
    private static let coder = Base64Coder(last: "+/")

    package static func text(_ bytes: some Collection<UInt8>) -> String {
        var text = coder.encode(bytes)
        while !text.count.isMultiple(of: 4) { text.append(UInt8(ascii: "=")) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for another alphabet, missing padding, or bits set where there is no byte.
    package static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        var letters = Array(text.utf8)
        guard letters.count.isMultiple(of: 4) else { return nil }
        for _ in 0..<2 where letters.last == UInt8(ascii: "=") { letters.removeLast() }
        return coder.decode(letters)
    }
}
