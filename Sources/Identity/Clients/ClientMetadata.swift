package import Contracts

/// What a client has registered (RFC 7591), read from its stored document.
package struct ClientMetadata: Sendable {
    /// How a client proves who it is (RFC 6749, RFC 7523, RFC 8705).
    package enum Authentication: String, Sendable, CaseIterable {
        case basic = "client_secret_basic"
        case post = "client_secret_post"
        case privateKey = "private_key_jwt"
        case tls = "tls_client_auth"
        case selfSignedTLS = "self_signed_tls_client_auth"
        /// A public client: its codes are protected by PKCE.
        case none

        package var usesSecret: Bool { self == .basic || self == .post }
    }

    package enum GrantType: String, Sendable, CaseIterable {
        case clientCredentials = "client_credentials"
        case authorizationCode = "authorization_code"
        case refreshToken = "refresh_token"
        case deviceCode = "urn:ietf:params:oauth:grant-type:device_code"
    }

    /// Which field of a certificate names the client (RFC 8705 § 2.1.2), exactly one.
    package enum CertificateSubject: Sendable, Hashable {
        /// RFC 4514 text.
        case distinguishedName(String)
        case dnsName(String)
        case uri(String)
        case email(String)
    }

    /// As registered, to be shown again.
    package let document: JSONValue
    /// Nil for the client that a sandbox is born with: it may send its secret either way.
    package let authentication: Authentication?
    package let grantTypes: Set<GrantType>
    package let redirectURIs: [String]
    package let name: String?
    package let keys: JWKSet?
    package let certificateSubject: CertificateSubject?
    /// Whether every access token is bound to the client's certificate, or to a DPoP key.
    package let bindsToCertificate: Bool
    package let bindsToDPoP: Bool
    package let requiresPushedRequests: Bool
    package let tokenAlgorithm: SignatureAlgorithm

    /// Reads a document that ``ClientRegistration`` has checked, or the empty one of a sandbox's
    /// first client.
    package init(_ document: JSONValue) throws(OAuthError) {
        self.document = document
        authentication = document["token_endpoint_auth_method"]?.string
            .flatMap(Authentication.init(rawValue:))
        let grants = document["grant_types"]?.array?.compactMap(\.string) ?? ["client_credentials"]
        grantTypes = Set(grants.compactMap(GrantType.init(rawValue:)))
        redirectURIs = document["redirect_uris"]?.array?.compactMap(\.string) ?? []
        name = document["client_name"]?.string
        keys = try document["jwks"].map { jwks throws(OAuthError) in try Self.keys(jwks) }
        certificateSubject = Self.certificateSubject(document)
        bindsToCertificate = document["tls_client_certificate_bound_access_tokens"]?.bool ?? false
        bindsToDPoP = document["dpop_bound_access_tokens"]?.bool ?? false
        requiresPushedRequests = document["require_pushed_authorization_requests"]?.bool ?? false
        tokenAlgorithm =
            document["access_token_signed_response_alg"]?.string
            .flatMap(SignatureAlgorithm.init(rawValue:)) ?? .es256
    }

    package func allows(_ grant: GrantType) -> Bool { grantTypes.contains(grant) }

    /// Whether this client shows no credential of its own.
    package var isPublic: Bool { authentication == Authentication.none }

    private static func keys(_ document: JSONValue) throws(OAuthError) -> JWKSet {
        do throws(JOSEError) {
            let set = try JWKSet(document)
            guard set.keys.allSatisfy({ $0.jwk.algorithms != [.hs256] && !$0.jwk.hadPrivatePart })
            else { throw .invalidKey("only public keys are registered") }
            return set
        } catch {
            let rule = if case .invalidKey(let rule) = error { rule } else { "not a key set" }
            throw OAuthError(.invalidClientMetadata, "jwks: \(rule).")
        }
    }

    private static func certificateSubject(_ document: JSONValue) -> CertificateSubject? {
        if let text = document["tls_client_auth_subject_dn"]?.string {
            return .distinguishedName(text)
        }
        if let text = document["tls_client_auth_san_dns"]?.string { return .dnsName(text) }
        if let text = document["tls_client_auth_san_uri"]?.string { return .uri(text) }
        if let text = document["tls_client_auth_san_email"]?.string { return .email(text) }
        return nil
    }
}
