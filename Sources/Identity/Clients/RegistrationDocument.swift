import Access
import Contracts

/// A registration as it will be stored: checked, with the defaults written out (RFC 7591 § 2).
/// Members that nobody here reads are kept as they are, so that they come back in the answer.
struct RegistrationDocument: Sendable {
    let document: JSONValue
    let scopes: Scopes
    let usesSecret: Bool

    /// `offered` are the scopes that there are.
    init(_ sent: JSONValue, offering offered: Scopes) throws(OAuthError) {
        guard sent.object != nil else { throw Self.fault("The body is a JSON object") }
        var document = sent
        for name in [
            "client_id", "client_secret", "client_secret_expires_at", "client_id_issued_at",
            "registration_access_token", "registration_client_uri",
        ] { document[name] = nil }
        let method = try Self.authentication(document)
        document["token_endpoint_auth_method"] = .string(method.rawValue)
        let grants = try Self.grants(document)
        document["grant_types"] = .array(grants.map { .string($0.rawValue) })
        document["response_types"] = try Self.responseTypes(document, grants)
        try Self.checkRedirects(document, grants)
        try Self.checkKeys(document, method)
        try Self.checkOtherMembers(document)
        scopes = Scopes(text: document["scope"]?.string ?? Scope.sandbox.text)
        if let unknown = scopes.first(notIn: offered) {
            throw Self.fault("There is no scope \(unknown.text.prefix(64)), only \(offered.text)")
        }
        document["scope"] = .string(scopes.text)
        usesSecret = method.usesSecret
        self.document = document
        _ = try ClientMetadata(document)
    }

    private static func authentication(
        _ document: JSONValue
    ) throws(OAuthError) -> ClientMetadata.Authentication {
        guard let value = document["token_endpoint_auth_method"] else { return .basic }
        guard let method = value.string.flatMap(ClientMetadata.Authentication.init(rawValue:))
        else {
            let known = ClientMetadata.Authentication.allCases.map(\.rawValue).joined(
                separator: ", ")
            throw fault("token_endpoint_auth_method is one of \(known)")
        }
        return method
    }

    private static func grants(
        _ document: JSONValue
    ) throws(OAuthError) -> [ClientMetadata.GrantType] {
        guard let value = document["grant_types"] else { return [.authorizationCode] }
        let names = value.array?.compactMap(\.string) ?? []
        let grants = names.compactMap(ClientMetadata.GrantType.init(rawValue:))
        guard !grants.isEmpty, grants.count == value.array?.count else {
            let known = ClientMetadata.GrantType.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault("grant_types are among \(known)")
        }
        return grants
    }

    private static func responseTypes(
        _ document: JSONValue, _ grants: [ClientMetadata.GrantType]
    ) throws(OAuthError) -> JSONValue {
        let usesCode = grants.contains(.authorizationCode)
        guard let value = document["response_types"] else { return usesCode ? ["code"] : [] }
        let isGood = value == ["code"] ? usesCode : value == [] && !usesCode
        guard isGood else { throw fault("response_types is [\"code\"] with authorization_code") }
        return value
    }

    private static func checkRedirects(
        _ document: JSONValue, _ grants: [ClientMetadata.GrantType]
    ) throws(OAuthError) {
        let uris = document["redirect_uris"]?.array ?? []
        guard document["redirect_uris"] == nil || document["redirect_uris"]?.array != nil,
            uris.count <= Limits.redirectURIs
        else {
            throw OAuthError(
                .invalidRedirectURI, "redirect_uris is a list of at most \(Limits.redirectURIs).")
        }
        guard !uris.isEmpty || !grants.contains(.authorizationCode) else {
            throw OAuthError(.invalidRedirectURI, "authorization_code needs redirect_uris.")
        }
        for uri in uris {
            guard let text = uri.string, RedirectURI.isRegistrable(text) else {
                throw OAuthError(
                    .invalidRedirectURI,
                    "A redirect URI is https, http on this machine, or a private scheme with a dot; no fragment."
                )
            }
        }
    }

    private static func checkKeys(
        _ document: JSONValue, _ method: ClientMetadata.Authentication
    ) throws(OAuthError) {
        // Fetching them would let a client choose where this server connects to.
        guard document["jwks_uri"] == nil else {
            throw fault("Keys are registered by value, in jwks")
        }
        switch method {
        case .privateKey, .selfSignedTLS:
            guard document["jwks"] != nil else { throw fault("\(method.rawValue) needs jwks") }
        case .tls:
            let subjects = [
                "tls_client_auth_subject_dn", "tls_client_auth_san_dns", "tls_client_auth_san_uri",
                "tls_client_auth_san_email", "tls_client_auth_san_ip",
            ].filter { document[$0] != nil }
            guard subjects.count == 1, subjects[0] != "tls_client_auth_san_ip" else {
                throw fault(
                    "tls_client_auth needs exactly one of subject_dn, san_dns, san_uri, san_email")
            }
        case .basic, .post, .none: return
        }
    }

    private static func checkOtherMembers(_ document: JSONValue) throws(OAuthError) {
        for name in ["client_name", "scope", "client_uri", "logo_uri", "software_id"] {
            if let value = document[name] {
                guard let text = value.string, text.utf8.count <= 1_000, !text.utf8.contains(0)
                else {
                    throw fault("\(name) is a text of at most 1,000 bytes")
                }
            }
        }
        if let value = document["access_token_signed_response_alg"] {
            let algorithm = value.string.flatMap(SignatureAlgorithm.init(rawValue:))
            guard let algorithm, Keyring.algorithms.contains(algorithm) else {
                throw fault("access_token_signed_response_alg is ES256, RS256 or EdDSA")
            }
        }
        for name in [
            "tls_client_certificate_bound_access_tokens", "dpop_bound_access_tokens",
            "require_pushed_authorization_requests",
        ] {
            if let value = document[name], value.bool == nil {
                throw fault("\(name) is true or false")
            }
        }
    }

    private static func fault(_ text: String) -> OAuthError {
        OAuthError(.invalidClientMetadata, text + ".")
    }
}
