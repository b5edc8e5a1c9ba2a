import Access
import Contracts
import Identifiers
import Runtime

/// Who is calling an endpoint of the issuer, by one of the five ways or as a public client.
struct ClientAuthentication: Sendable {
    private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    let clients: ClientStore
    let replays: ReplayStore
    let settings: IssuerSettings
    /// Nil when the operator trusts none: then nobody passes by `tls_client_auth`.
    let authority: TrustedAuthorities?
    let clock: any WallClock

    /// The client, its credential checked, and not above its limits. Two credentials at once are refused (RFC 6749 § 2.3).
    func client(of request: IssuerRequest) async throws(OAuthError) -> OAuthClient {
        let parameters = request.parameters
        let ways = [
            request.basic != nil, parameters["client_secret"] != nil,
            parameters["client_assertion"] != nil,
        ]
        guard ways.filter({ $0 }).count <= 1 else {
            throw OAuthError(.invalidRequest, "The client authenticates in more than one way.")
        }
        let client = try await named(request)
        if let basic = request.basic {
            try check(secret: basic.secret, by: .basic, of: client)
        } else if let secret = parameters["client_secret"] {
            try check(secret: secret, by: .post, of: client)
        } else if let assertion = parameters["client_assertion"] {
            guard parameters["client_assertion_type"] == Self.assertionType else {
                throw OAuthError(.invalidRequest, "client_assertion_type is \(Self.assertionType).")
            }
            try await check(assertion: Array(assertion.utf8), of: client)
        } else {
            try checkWithoutSecret(request, client)
        }
        try await request.admission?(client)
        return client
    }

    /// The id stands in the Basic field, in `client_id`, or as the assertion's subject; where two of
    /// them speak they agree.
    private func named(_ request: IssuerRequest) async throws(OAuthError) -> OAuthClient {
        let names = [
            request.basic?.id, request.parameters["client_id"],
            request.parameters["client_assertion"].flatMap(Self.subject(ofUnverified:)),
        ].compactMap { $0 }
        guard let name = names.first else {
            throw OAuthError(
                .invalidClient,
                "The request names no client: send client_id, or Authorization: Basic.")
        }
        guard names.allSatisfy({ $0 == name }) else {
            throw OAuthError(.invalidRequest, "The request names two clients.")
        }
        guard let id = ClientID(name), let client = try await clients.client(id) else {
            throw OAuthError(.invalidClient, "There is no such client, or its sandbox has ended.")
        }
        return client
    }

    // MARK: The five ways

    private func check(
        secret: String, by method: ClientMetadata.Authentication, of client: OAuthClient
    ) throws(OAuthError) {
        if let registered = client.metadata.authentication { try require(registered, method) }
        let digest = SHA256Hasher.digest(Array(secret.utf8)).bytes
        let secrets = [client.secretSHA256, client.previousSecret(at: clock.now())].compactMap(\.self)
        guard secrets.contains(where: { SecretComparison.areEqual($0, digest) }) else {
            throw OAuthError(.invalidClient, "The client's secret is wrong.")
        }
    }

    /// RFC 7523 § 3. The audience is this issuer and nothing else, so that an assertion made for
    /// another server cannot be used here.
    private func check(assertion: [UInt8], of client: OAuthClient) async throws(OAuthError) {
        try require(client.metadata.authentication, .privateKey)
        guard let keys = client.metadata.keys else {
            throw OAuthError(.invalidClient, "The client has registered no jwks.")
        }
        let claims: JWTClaims
        do throws(JOSEError) {
            let token = try JWS(assertion)
            try token.verify(with: keys, taking: SignatureAlgorithm.asymmetric)
            claims = try JWTClaims(try token.document())
        } catch {
            throw OAuthError(.invalidClient, "client_assertion: \(Self.words(for: error)).")
        }
        let id = client.id.description
        guard claims.issuer == id, claims.subject == id else {
            throw OAuthError(.invalidClient, "client_assertion: iss and sub are the client_id.")
        }
        guard claims.audiences == [settings.issuer] else {
            throw OAuthError(
                .invalidClient, "client_assertion: aud is this issuer, \(settings.issuer), alone.")
        }
        try await checkTimes(claims, client)
    }

    private func checkTimes(_ claims: JWTClaims, _ client: OAuthClient) async throws(OAuthError) {
        let now = clock.now()
        guard let end = claims.expiresAt, let id = claims.id else {
            throw OAuthError(.invalidClient, "client_assertion: exp and jti are required.")
        }
        guard claims.isCurrent(at: now, skewSeconds: Limits.clientSkewSeconds),
            end <= now.seconds + Limits.assertionSecondsMax + Limits.clientSkewSeconds
        else {
            throw OAuthError(
                .invalidClient,
                "client_assertion: it is not current, or lives longer than \(Limits.assertionSecondsMax) s."
            )
        }
        let until = WallInstant(microseconds: (end + Limits.clientSkewSeconds) * 1_000_000)
        let isFirst = try await replays.isFirst(
            id, of: "assertion:\(client.id)", in: client.sandbox.sandbox, until: until,
            as: client.access)
        guard isFirst else {
            throw OAuthError(.invalidClient, "client_assertion: its jti was used before.")
        }
    }

    private func checkWithoutSecret(
        _ request: IssuerRequest, _ client: OAuthClient
    ) throws(OAuthError) {
        guard let method = client.metadata.authentication else { throw Self.nothingShown }
        switch method {
        case .none: return
        case .tls: try checkIssued(try certificate(request), client)
        case .selfSignedTLS: try checkSelfSigned(try certificate(request), client)
        case .privateKey, .basic, .post: throw Self.nothingShown
        }
    }

    private static let nothingShown = OAuthError(
        .invalidClient, "The request carries no credential of the client.")

    /// RFC 8705 § 2.1: a chain to our authority, and the registered subject.
    private func checkIssued(
        _ certificate: ClientCertificate, _ client: OAuthClient
    ) throws(OAuthError) {
        guard let authority, authority.hasIssued(certificate, at: clock.now()) else {
            throw OAuthError(
                .invalidClient, "No authority that is trusted here has issued the certificate.")
        }
        guard let subject = client.metadata.certificateSubject, certificate.names(subject) else {
            throw OAuthError(
                .invalidClient, "The certificate names another subject than the registered one.")
        }
    }

    /// RFC 8705 § 2.2: any certificate, if its key is one of the registered keys.
    private func checkSelfSigned(
        _ certificate: ClientCertificate, _ client: OAuthClient
    ) throws(OAuthError) {
        let keys = client.metadata.keys?.keys ?? []
        guard keys.contains(where: { certificate.holds($0.jwk) }) else {
            throw OAuthError(
                .invalidClient, "The certificate's key is not among the registered jwks.")
        }
    }

    private func certificate(_ request: IssuerRequest) throws(OAuthError) -> ClientCertificate {
        guard let der = request.certificate else {
            throw OAuthError(.invalidClient, "The connection shows no client certificate.")
        }
        return ClientCertificate(der: der)
    }

    // MARK: Small parts

    private func require(
        _ registered: ClientMetadata.Authentication?, _ used: ClientMetadata.Authentication
    ) throws(OAuthError) {
        guard registered == used else {
            let name = registered?.rawValue ?? "client_secret_basic or client_secret_post"
            throw OAuthError(.invalidClient, "The client has registered \(name).")
        }
    }

    /// The subject of an assertion that has not been verified: it only says whose keys to try.
    private static func subject(ofUnverified assertion: String) -> String? {
        do throws(JOSEError) {
            return try JWS(Array(assertion.utf8)).document()["sub"]?.string
        } catch {
            return nil
        }
    }

    static func words(for error: JOSEError) -> String {
        switch error {
        case .malformed: "it is not a signed JWT"
        case .unsigned: "alg is none"
        case .algorithmRefused(let name): "the algorithm \(name) is not taken for this key"
        case .criticalExtension: "no crit extension is understood"
        case .embeddedKey: "its header brings a key of its own"
        case .unknownKey: "no registered key has its kid"
        case .badSignature: "the signature is wrong"
        case .invalidKey(let rule): rule
        }
    }
}
