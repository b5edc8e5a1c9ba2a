/// Why a JSON Web Key or a signed token was refused.
package enum JOSEError: Error, Sendable, Hashable {
    /// Not three parts of base64url, or a part that is not the JSON it should be.
    case malformed
    /// `alg` is `none`: nobody has signed it.
    case unsigned
    /// An algorithm that the verifier does not take for this key; the text is cut to 32 characters.
    case algorithmRefused(String)
    /// `crit` names an extension. None is understood here (RFC 7515 § 4.1.11).
    case criticalExtension
    /// The header brings its own key (`jwk`, `jku`, `x5c`, `x5u`) where the verifier has the keys.
    case embeddedKey
    /// No key has the `kid` of the header.
    case unknownKey
    case badSignature
    /// The key's own document breaks a rule; the text says which.
    case invalidKey(String)
}
