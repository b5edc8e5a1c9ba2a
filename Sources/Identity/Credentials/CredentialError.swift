package import Access

/// Why a credential was refused. Each names one cause, so that the problem can.
package enum CredentialError: Error, Sendable {
    case missing
    case tooLong
    /// Begins like ours, but the checksum is wrong: a typo or a cut.
    case damaged(Secret.Kind)
    /// A key of a production system, by this prefix. It was not stored or logged.
    case production(prefix: String)
    /// A token of another issuer.
    case foreignToken
    /// Not of any kind we know.
    case unrecognized
    /// Well-formed, but nobody has it: deleted, or of another installation.
    case unknown(Secret.Kind)
    /// The client has shown a certificate that no sandbox's authority has issued.
    case unknownCertificate
    case revoked
    case expired
    /// A client secret was sent as a bearer credential; it belongs to the token endpoint.
    case clientSecret
    /// An invitation's token is no credential.
    case invitation
    case access(AccessError)
}
