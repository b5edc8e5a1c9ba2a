import Runtime

/// What `Authorization: Basic` carries (RFC 7617).
package struct BasicCredentials: Sendable {
    package let user: [UInt8]
    package let password: [UInt8]

    /// Nil where the base64 is none, or no colon stands in it. `field` is the whole field's value,
    /// of the scheme Basic.
    package init?(_ field: String) {
        let encoded = field.drop { $0 != " " }.drop { $0 == " " }
        guard let bytes = Base64.bytes(encoded),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        user = Array(bytes[..<colon])
        password = Array(bytes[(colon + 1)...])
    }
}
