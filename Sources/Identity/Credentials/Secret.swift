package import Runtime

/// A secret of ours: prefix, 30 random characters of base 62, CRC-32 of all that in six more. It is
/// shown once, when it is made; only its SHA-256 is stored. Its description is empty.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    package enum Kind: Sendable, CaseIterable {
        case managementKey, sandboxKey, clientSecret, invitation

        package var prefix: String {
            switch self {
            case .managementKey: "test_mk_"
            case .sandboxKey: "test_sk_"
            case .clientSecret: "test_cs_"
            case .invitation: "test_in_"
            }
        }
    }

    package let kind: Kind
    /// The secret itself. For the one answer that shows it.
    package let revealed: String

    package init(_ kind: Kind, random: some RandomSource) {
        var bytes = Array(kind.prefix.utf8)
        bytes.append(contentsOf: Base62.draw(Limits.secretCharacters, from: random))
        bytes.append(contentsOf: Base62.encode(CRC32.checksum(bytes)))
        self.kind = kind
        revealed = String(decoding: bytes, as: UTF8.self)
    }

    package var sha256: Digest { SHA256Hasher.digest(Array(revealed.utf8)) }

    /// What lists show.
    package var shownPrefix: String { String(revealed.prefix(Limits.shownCharacters)) }

    package var description: String { "" }
    package var debugDescription: String { "Secret(\(shownPrefix)…)" }
}
