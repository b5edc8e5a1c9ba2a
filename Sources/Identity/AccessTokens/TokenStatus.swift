import Access
import Contracts
import Identifiers
import Postgres
import Runtime
import Tenancy

/// Introspection (RFC 7662) and revocation (RFC 7009): of a client's own tokens and nobody else's.
struct TokenStatus: Sendable {
    let settings: IssuerSettings
    let keyring: Keyring
    let database: TenantDatabase
    let refreshes: RefreshStore
    let clock: any WallClock

    static let inactive: JSONValue = ["active": false]

    /// A token of another client of the same sandbox is told of as well: that is what a resource
    /// server asks. Whatever is not active is not described.
    func introspect(_ text: String, for client: OAuthClient) async throws(OAuthError) -> JSONValue {
        if let token = try await accessToken(text) {
            guard token.claims.sandbox == client.sandbox.sandbox,
                try await stands(token.claims, client)
            else { return Self.inactive }
            return document(token.document, type: token.claims.binding?.tokenType ?? "Bearer")
        }
        guard let found = try await refreshes.grant(of: text, for: client), found.isActive else {
            return Self.inactive
        }
        return [
            "active": true, "client_id": .string(client.id.description),
            "sub": .string(found.grant.subject), "scope": .string(found.grant.scopes.text),
            "exp": .int(found.expiresAt.seconds), "iss": .string(settings.issuer),
        ]
    }

    /// Ends a token of this client: an access token itself, a refresh token with its whole family.
    /// Anything else is no fault (RFC 7009 § 2.2).
    func revoke(_ text: String, for client: OAuthClient) async throws(OAuthError) {
        if let token = try await accessToken(text) {
            guard token.claims.client == client.id else { return }
            return try await revoke(token.claims, text, for: client)
        }
        guard let found = try await refreshes.grant(of: text, for: client) else { return }
        try await refreshes.revoke(found.grant.id, for: client)
    }

    private func revoke(
        _ token: AccessTokenClaims, _ text: String, for client: OAuthClient
    ) async throws(OAuthError) {
        let sha256 = SHA256Hasher.digest(Array(text.utf8)).bytes
        try await OAuthError.storing {
            try await database.transaction(as: client.access) { transaction in
                transaction.enqueue(
                    Call(
                        Self.insert, .id(client.tenant), .id(client.sandbox.sandbox),
                        .id(token.id), .instant(token.expiresAt)))
                transaction.enqueue(Invalidation.key(sha256).call)
            }
        }
    }

    /// A token of ours whose signature fits; nil for everything else.
    private func accessToken(
        _ text: String
    ) async throws(OAuthError) -> (claims: AccessTokenClaims, document: JSONValue)? {
        let keys: JWKSet
        do throws(IdentityError) {
            keys = try await keyring.keySet()
        } catch {
            throw .identity(error)
        }
        do {
            let token = try JWS(Array(text.utf8))
            try token.verify(with: keys, taking: SignatureAlgorithm.asymmetric)
            let claims = try JWTClaims(try token.document())
            return (try AccessTokenClaims(claims), claims.document)
        } catch {
            return nil
        }
    }

    private func stands(
        _ token: AccessTokenClaims, _ client: OAuthClient
    ) async throws(OAuthError) -> Bool {
        let now = clock.now()
        guard token.expiresAt > now, token.virtualEnd > client.clock.now(at: now) else {
            return false
        }
        let rows = try await OAuthError.storing {
            try await database.read(
                as: client.access,
                [
                    Call(
                        Self.isOver, .id(client.tenant), .id(token.id), .id(orNull: token.grant),
                        .id(token.client))
                ])[0]
        }
        return rows.first.map { !$0.bool(0) } ?? false
    }

    private func document(_ claims: JSONValue, type: String) -> JSONValue {
        var document: JSONValue = ["active": true, "token_type": .string(type)]
        for name in [
            "iss", "sub", "aud", "client_id", "scope", "iat", "exp", "jti", "tenant", "sandbox",
            "env",
            "sbx_exp", "cnf",
        ] {
            if let value = claims[name] { document[name] = value }
        }
        return document
    }

    private static let insert = Statement(
        "revoked_token_insert",
        """
        INSERT INTO sbx.revoked_tokens (tenant_id, sandbox_id, id, expires_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING
        """)

    private static let isOver = Statement(
        "access_token_is_over",
        """
        SELECT
            EXISTS (SELECT 1 FROM sbx.revoked_tokens r WHERE r.tenant_id = $1 AND r.id = $2)
            OR EXISTS (
                SELECT 1 FROM sbx.oauth_grants g
                WHERE g.tenant_id = $1 AND g.id = $3 AND g.revoked_at IS NOT NULL)
            OR NOT EXISTS (SELECT 1 FROM sbx.oauth_clients c WHERE c.tenant_id = $1 AND c.id = $4)
        """)
}
