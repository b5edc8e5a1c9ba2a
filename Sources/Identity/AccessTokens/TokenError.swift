package import Access

/// Why an access token was refused. Each names one cause, so that the problem can.
package enum TokenError: Error, Sendable {
    case malformed
    /// `alg` is `none`.
    case unsigned
    /// An HMAC where a signature is due, or an algorithm that the named key is not for.
    case algorithmRefused(String)
    /// The header brings a key of its own.
    case keyInjected
    /// No key of this issuer has the header's `kid`.
    case unknownKey
    /// The signature does not fit: something was changed.
    case tampered
    /// `typ` is not `at+jwt`: an id token, a proof or something else.
    case wrongType(String?)
    case foreignIssuer(String)
    case expired
    /// The sandbox's own clock has passed `sbx_exp`.
    case virtuallyExpired
    /// The token's audience, and the one that this host is.
    case wrongAudience(token: String, here: String)
    /// The token, its grant or its client was revoked, or its sandbox is gone.
    case revoked
    /// A token that is bound to a key was sent as a plain bearer token, or the reverse.
    case wrongScheme(bound: Bool)
    case certificateMissing
    case certificateMismatch
    case proof(DPoPError)
    case access(AccessError)
    case identity(IdentityError)
}
