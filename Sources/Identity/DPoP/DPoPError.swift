/// Why a DPoP proof (RFC 9449 § 4.3) was refused.
package enum DPoPError: Error, Sendable {
    case missing
    /// The field was sent more than once.
    case several
    /// Not a JWT of type `dpop+jwt` with a public key in its header, or claims are missing.
    case malformed(String)
    case badSignature
    /// `htm` or `htu` name another request. `here` is what this one is.
    case otherRequest(claim: String, here: String)
    /// `iat` is too far from now.
    case stale
    /// The proof, or its `jti`, was used before.
    case replayed
    /// The proof has no nonce of ours, or an old one: a new one comes with the answer.
    case nonceRequired
    /// `ath` is not the hash of the token beside it.
    case otherToken
    /// The token is bound to another key.
    case otherKey
    case storage(OAuthError)
}
