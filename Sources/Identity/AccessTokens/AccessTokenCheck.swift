package import Access
import Contracts
import Identifiers
import Postgres
import Runtime
import Tenancy

/// From an access token to its principal.
///
/// A token is verified once for each event loop: signature, claims, one read of what may have ended
/// it. Afterwards its SHA-256 finds the claims, and each request only compares times, audience and
/// binding. A revocation drops the entry on every loop.
package struct AccessTokenCheck: Sendable {
    let settings: IssuerSettings
    let keyring: Keyring
    let database: TenantDatabase
    let control: AccessControl
    let caches: ClaimsCaches
    let proofs: DPoPCheck
    let clock: any WallClock

    /// The principal of a request to `sandbox`. On an event loop.
    package func principal(
        of presentation: TokenPresentation, at sandbox: SandboxLocation
    ) async throws(TokenError) -> Principal {
        let claims = try await claims(of: presentation.token)
        guard let token = claims.token else { throw .malformed }
        try checkTimes(claims, token)
        guard claims.sandbox?.sandbox == sandbox.sandbox else {
            throw .wrongAudience(
                token: token.audience, here: settings.audience(slug: sandbox.slug))
        }
        try await checkBinding(token.binding, presentation, sandbox, claims.principal)
        return claims.principal
    }

    private func claims(of token: [UInt8]) async throws(TokenError) -> Claims {
        guard token.count <= Limits.credentialBytes else { throw .malformed }
        let (cache, loop) = caches.current
        let digest = cache.hasher.digest(token)
        if case .claims(let claims) = cache.answer(for: digest, at: loop.now) { return claims }
        let generation = cache.generation
        let claims = try await verified(token)
        cache.store(claims, for: digest, readAt: generation, now: loop.now)
        return claims
    }

    // MARK: Once for each token

    private func verified(_ bytes: [UInt8]) async throws(TokenError) -> Claims {
        let token: JWS
        let claims: JWTClaims
        do throws(JOSEError) {
            token = try JWS(bytes)
            // Whose token it claims to be comes first: a foreign one is called foreign, whatever
            // else is unusual about it. Nothing is believed before the signature.
            claims = try JWTClaims(try token.document())
        } catch {
            throw Self.error(error)
        }
        guard claims.issuer == settings.issuer else { throw .foreignIssuer(claims.issuer ?? "") }
        try await verifySignature(token)
        guard token.header.type == "at+jwt" else { throw .wrongType(token.header.type) }
        let read = try AccessTokenClaims(claims)
        return try await standing(read)
    }

    private func verifySignature(_ token: JWS) async throws(TokenError) {
        let keys: JWKSet
        do throws(IdentityError) {
            keys = try await keyring.keySet()
        } catch {
            throw .identity(error)
        }
        do throws(JOSEError) {
            try token.verify(with: keys, taking: SignatureAlgorithm.asymmetric)
        } catch {
            throw Self.error(error)
        }
    }

    /// Whether sandbox, client, grant and the token itself still stand.
    private func standing(_ token: AccessTokenClaims) async throws(TokenError) -> Claims {
        let access = control.access(verifyingTokenOf: token.tenant)
        let rows: Rows
        do throws(PostgresError) {
            rows = try await database.read(
                as: access,
                [
                    Call(
                        Self.read, .id(token.tenant), .id(token.sandbox), .id(token.client),
                        .id(token.id), .id(orNull: token.grant))
                ])[0]
        } catch {
            throw .access(.storage(error))
        }
        guard let row = rows.first, row.bool(3), !row.bool(4), !row.bool(5),
            let state = SandboxLocation.State(rawValue: row.text(1))
        else { throw .revoked }
        let location = SandboxLocation(
            tenant: token.tenant, sandbox: token.sandbox, slug: row.text(0), state: state,
            expiresAt: row.instant(2))
        return Claims(
            principal: Principal(
                tenant: token.tenant, kind: .client(token.client, token.sandbox),
                scopes: token.scopes),
            sandbox: location, expiresAt: token.expiresAt,
            token: TokenFacts(
                audience: token.audience, binding: token.binding, virtualEnd: token.virtualEnd,
                clock: row.virtualClock(6)))
    }

    // MARK: For each request

    private func checkTimes(_ claims: Claims, _ token: TokenFacts) throws(TokenError) {
        let now = clock.now()
        if let end = claims.expiresAt, end <= now { throw .expired }
        guard token.virtualEnd > token.clock.now(at: now) else { throw .virtuallyExpired }
    }

    private func checkBinding(
        _ binding: TokenBinding?, _ presentation: TokenPresentation, _ sandbox: SandboxLocation,
        _ principal: Principal
    ) async throws(TokenError) {
        switch (binding, presentation.scheme) {
        case (nil, .bearer): return
        case (.certificate(let thumbprint), .bearer):
            guard let der = presentation.certificate else { throw .certificateMissing }
            guard Base64URL.text(ClientCertificate(der: der).thumbprint.bytes) == thumbprint else {
                throw .certificateMismatch
            }
        case (.dpop(let thumbprint), .dpop):
            do throws(DPoPError) {
                try await proofs.check(
                    presentation, boundTo: thumbprint, in: sandbox.sandbox,
                    as: control.access(verifyingTokenOf: principal.tenant))
            } catch {
                throw .proof(error)
            }
        case (.dpop, .bearer): throw .wrongScheme(bound: true)
        case (nil, .dpop), (.certificate, .dpop): throw .wrongScheme(bound: false)
        }
    }

    private static func error(_ error: JOSEError) -> TokenError {
        switch error {
        case .malformed, .criticalExtension, .invalidKey: .malformed
        case .unsigned: .unsigned
        case .algorithmRefused(let name): .algorithmRefused(name)
        case .embeddedKey: .keyInjected
        case .unknownKey: .unknownKey
        case .badSignature: .tampered
        }
    }

    private static let read = Statement(
        "access_token_read",
        """
        SELECT
            s.slug, s.state, s.expires_at,
            EXISTS (SELECT 1 FROM sbx.oauth_clients c WHERE c.tenant_id = $1 AND c.id = $3),
            EXISTS (SELECT 1 FROM sbx.revoked_tokens r WHERE r.tenant_id = $1 AND r.id = $4),
            EXISTS (
                SELECT 1 FROM sbx.oauth_grants g
                WHERE g.tenant_id = $1 AND g.id = $5 AND g.revoked_at IS NOT NULL),
            h.clock_mode, h.clock_offset_us, h.clock_frozen_at, h.clock_epoch
        FROM sbx.directory_slugs s
        JOIN sbx.sandbox_heads h ON h.tenant_id = s.tenant_id AND h.sandbox_id = s.sandbox_id
        WHERE s.tenant_id = $1 AND s.sandbox_id = $2
        """)
}
