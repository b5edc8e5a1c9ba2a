import Runtime

/// A random text that only its holder knows: a code, a refresh token, a handle. 256 bits; only the
/// SHA-256 is stored.
struct OpaqueToken: Sendable {
    let text: String
    let sha256: [UInt8]

    init(random: any RandomSource) {
        self.init(shown: Base64URL.text(random.bytes(32)))
    }

    /// One that somebody shows.
    init(shown text: String) {
        self.text = text
        sha256 = SHA256Hasher.digest(Array(text.utf8)).bytes
    }
}
