/// base64url without padding (RFC 4648 § 5, RFC 7515 § 2). One spelling a value.
package enum Base64URL {
    private static let coder = Base64Coder(last: "-_")

    package static func encode(_ bytes: some Collection<UInt8>) -> [UInt8] { coder.encode(bytes) }

    package static func text(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: encode(bytes), as: UTF8.self)
    }

    /// The bytes; nil for anything that ``encode(_:)`` would not have written.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? { coder.decode(text) }

    package static func decode(_ text: String) -> [UInt8]? { decode(text.utf8) }
}
