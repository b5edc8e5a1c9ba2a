/// Named bounds of this module.
package enum Limits {
    /// Base 62 characters of a secret: 30 × log2(62) = 178 bits, above the 160 that DESIGN asks for.
    static let secretCharacters = 30
    /// 62^6 > 2^32: a CRC-32 in base 62.
    static let checksumCharacters = 6
    /// Characters of a secret that lists show, prefix included: enough to tell keys apart.
    static let shownCharacters = 12
    /// Longest credential that is looked at. Our own have 44 bytes; tokens of others reach some KB.
    package static let credentialBytes = 8_192
    /// Passwords: at least 8 characters (NIST SP 800-63B §5.1.1.2), at most what keeps hashing bounded.
    package static let passwordCharactersMin = 8
    package static let passwordBytesMax = 256
    /// scrypt's cost: N = 2^15, r = 8, p = 3, one of the equivalent settings that OWASP's password
    /// storage cheat sheet names; it takes 32 MiB, where the first of them takes 128.
    static let scryptLogN: UInt64 = 15
    static let scryptR: UInt64 = 8
    static let scryptP: UInt64 = 3
    /// 128 × N × r bytes, and as much again for OpenSSL's own.
    static let scryptBytesMax: UInt64 = 64 << 20
    static let saltBytes = 16
    static let passwordHashBytes = 32
    /// Claims kept by each event loop: some 300 bytes an entry.
    package static let claimsPerLoop = 8_192
    /// Unknown keys kept by each loop: apart from the known, so that a flood of them evicts none.
    static let unknownPerLoop = 1_024
    /// How long claims are trusted without asking again. NOTIFY is a hint; this is the bound.
    static let claimsLifetime = Duration.seconds(60)
    /// The same for "there is no such key": short, because a new key must work at once.
    static let unknownLifetime = Duration.seconds(2)
    /// Last uses written at once: a round trip of some kilobytes, far below the statement timeout.
    static let usesPerTransaction = 100
    /// Longest overlap of an old key after its rotation.
    package static let rotationOverlapSecondsMax: Int64 = 30 * 86_400
}
