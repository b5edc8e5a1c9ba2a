/// What a presented credential looks like, told from its bytes alone.
package enum PresentedCredential: Sendable, Hashable {
    /// One of ours, its checksum right. Whether it exists only the directory knows.
    case ours(Secret.Kind)
    /// It begins like one of ours and is not: mistyped, cut off or with something added.
    case damaged(Secret.Kind)
    /// It looks like a key of a production system, by this prefix.
    case production(prefix: String)
    /// Three parts of base64url: a JSON Web Token.
    case token
    case unknown

    /// Prefixes under which well-known providers issue production keys.
    static let productionPrefixes = ["sk_live_", "pk_live_", "rk_live_", "live_"]

    package init(_ bytes: [UInt8]) {
        self =
            Self.ours(bytes) ?? Self.production(bytes)
            ?? (Self.isToken(bytes) ? .token : .unknown)
    }

    private static func ours(_ bytes: [UInt8]) -> PresentedCredential? {
        for kind in Secret.Kind.allCases where bytes.starts(with: kind.prefix.utf8) {
            return isIntact(bytes, prefixBytes: kind.prefix.utf8.count) ? .ours(kind) : .damaged(kind)
        }
        return nil
    }

    private static func isIntact(_ bytes: [UInt8], prefixBytes: Int) -> Bool {
        let body = prefixBytes + Limits.secretCharacters
        guard bytes.count == body + Limits.checksumCharacters,
            bytes[prefixBytes...].allSatisfy(Base62.contains)
        else { return false }
        return bytes[body...].elementsEqual(Base62.encode(CRC32.checksum(bytes[..<body])))
    }

    private static func production(_ bytes: [UInt8]) -> PresentedCredential? {
        productionPrefixes.first { bytes.starts(with: $0.utf8) }.map { .production(prefix: $0) }
    }

    private static func isToken(_ bytes: [UInt8]) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isBase64URL: (UInt8) -> Bool = {
            Base62.contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
        // `{"` in base64 is `ey`; the signature of an unsecured token is empty.
        return parts.count == 3 && parts[0].starts(with: "ey".utf8) && !parts[1].isEmpty
            && parts.allSatisfy { $0.allSatisfy(isBase64URL) }
    }
}
