/// The signature algorithms that are spoken here (RFC 7518 § 3, RFC 8037). What is not in this list
/// is refused, `none` above all.
package enum SignatureAlgorithm: String, Sendable, Hashable, CaseIterable {
    case es256 = "ES256"
    case rs256 = "RS256"
    case ps256 = "PS256"
    case edDSA = "EdDSA"
    /// For secrets that both sides hold. Never beside public keys: a caller that takes it says so.
    case hs256 = "HS256"

    package static let asymmetric: Set<SignatureAlgorithm> = [.es256, .rs256, .ps256, .edDSA]
}
