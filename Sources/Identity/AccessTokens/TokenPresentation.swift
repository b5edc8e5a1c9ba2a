import Access

/// An access token as a request shows it, with what may prove that the sender has its key.
package struct TokenPresentation: Sendable {
    package enum Scheme: Sendable { case bearer, dpop }

    package let token: [UInt8]
    package let scheme: Scheme
    /// The request's field DPoP, once for each time that it was sent.
    package let proofs: [String]
    package let method: String
    /// As the client sent it, without query and fragment.
    package let url: String
    /// The connection's client certificate in DER.
    package let certificate: [UInt8]?

    package init(
        token: [UInt8], scheme: Scheme, proofs: [String], method: String, url: String,
        certificate: [UInt8]?
    ) {
        self.token = token
        self.scheme = scheme
        self.proofs = proofs
        self.method = method
        self.url = url
        self.certificate = certificate
    }
}

/// What a token says beyond its principal; kept beside the claims so that a cached token is held
/// against each request, too.
package struct TokenFacts: Sendable {
    let audience: String
    let binding: TokenBinding?
    let virtualEnd: SandboxInstant
    /// The sandbox's clock when the token was verified. A move of the clock drops the cached claims.
    let clock: VirtualClock
}
