import Access
import Identifiers
import Postgres
import Runtime

/// Refresh tokens, rotated at each use. One that comes a second time was copied, so its whole family
/// ends: neither the thief nor the client goes on (RFC 9700 § 4.14.2).
///
///     fresh ── used, next one made ──▶ used ── shown again ──▶ family revoked
struct RefreshStore: Sendable {
    let database: TenantDatabase
    let clock: any WallClock
    let random: any RandomSource

    private enum Outcome {
        case rotated(Grant)
        case refused(String)
    }

    /// The family's first. `keyThumbprint` is what a public client's token is bound to.
    func first(
        of grant: Grant, keyThumbprint: String?, for client: OAuthClient
    ) async throws(OAuthError) -> String {
        let token = OpaqueToken(random: random)
        let end = clock.now() + .seconds(Limits.grantSeconds)
        return try await OAuthError.storing {
            try await database.transaction(as: client.access) { transaction in
                transaction.enqueue(
                    insert(token, of: grant.id, keyThumbprint, until: end, for: client))
                return token.text
            }
        }
    }

    /// Uses a token up and gives the next one, with the grant that they belong to.
    func rotate(
        _ shown: String, keyThumbprint: String?, for client: OAuthClient
    ) async throws(OAuthError) -> (grant: Grant, next: String) {
        let (token, next, now) = (
            OpaqueToken(shown: shown), OpaqueToken(random: random), clock.now()
        )
        let outcome = try await OAuthError.storing {
            try await database.transaction(as: client.access) { transaction in
                let rows = try await transaction.run(
                    Call(Self.read, .id(client.tenant), .bytes(token.sha256), .id(client.id)))
                guard let row = rows.first else { return Outcome.refused("is not known") }
                let grant = Grant(
                    id: row.id(0), subject: row.text(4), scopes: Scopes(text: row.text(5)))
                guard row.isNull(3) else {
                    for call in GrantRows.revoke(grant.id, for: client, at: now) {
                        transaction.enqueue(call)
                    }
                    return .refused("was used before; its whole family is revoked")
                }
                let end = WallInstant(microseconds: row.microseconds(2))
                guard row.isNull(6), end > now else { return .refused("has ended") }
                let bound = row.textIfPresent(1)
                guard bound == nil || bound == keyThumbprint else {
                    return .refused("is bound to another DPoP key")
                }
                transaction.enqueue(
                    Call(Self.use, .id(client.tenant), .bytes(token.sha256), .instant(now)))
                transaction.enqueue(insert(next, of: grant.id, bound, until: end, for: client))
                return .rotated(grant)
            }
        }
        switch outcome {
        case .rotated(let grant): return (grant, next.text)
        case .refused(let reason): throw OAuthError(.invalidGrant, "The refresh token \(reason).")
        }
    }

    /// The grant of a token, used or not; nil when this client has no such token.
    func grant(
        of shown: String, for client: OAuthClient
    ) async throws(OAuthError) -> (grant: Grant, isActive: Bool, expiresAt: WallInstant)? {
        let rows = try await OAuthError.storing {
            try await database.read(
                as: client.access,
                [
                    Call(
                        Self.look, .id(client.tenant), .bytes(OpaqueToken(shown: shown).sha256),
                        .id(client.id))
                ])[0]
        }
        guard let row = rows.first else { return nil }
        let end = WallInstant(microseconds: row.microseconds(1))
        return (
            Grant(id: row.id(0), subject: row.text(3), scopes: Scopes(text: row.text(4))),
            row.isNull(2) && row.isNull(5) && end > clock.now(), end
        )
    }

    /// Ends the family.
    func revoke(_ grant: GrantID, for client: OAuthClient) async throws(OAuthError) {
        let now = clock.now()
        try await OAuthError.storing {
            try await database.transaction(as: client.access) { transaction in
                for call in GrantRows.revoke(grant, for: client, at: now) {
                    transaction.enqueue(call)
                }
            }
        }
    }

    private func insert(
        _ token: OpaqueToken, of grant: GrantID, _ keyThumbprint: String?, until end: WallInstant,
        for client: OAuthClient
    ) -> Call {
        Call(
            Self.insert, .id(client.tenant), .id(client.sandbox.sandbox), .bytes(token.sha256),
            .id(client.id), .id(grant), .text(orNull: keyThumbprint), .instant(end))
    }

    private static let insert = Statement(
        "refresh_insert",
        """
        INSERT INTO sbx.refresh_tokens (
            tenant_id, sandbox_id, sha256, client_id, grant_id, dpop_jkt, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)

    private static let read = Statement(
        "refresh_read",
        """
        SELECT r.grant_id, r.dpop_jkt, r.expires_at, r.used_at, g.subject, g.scopes, g.revoked_at
        FROM sbx.refresh_tokens r
        JOIN sbx.oauth_grants g ON g.tenant_id = r.tenant_id AND g.id = r.grant_id
        WHERE r.tenant_id = $1 AND r.sha256 = $2 AND r.client_id = $3
        FOR UPDATE OF r
        """)

    private static let look = Statement(
        "refresh_look",
        """
        SELECT r.grant_id, r.expires_at, r.used_at, g.subject, g.scopes, g.revoked_at
        FROM sbx.refresh_tokens r
        JOIN sbx.oauth_grants g ON g.tenant_id = r.tenant_id AND g.id = r.grant_id
        WHERE r.tenant_id = $1 AND r.sha256 = $2 AND r.client_id = $3
        """)

    private static let use = Statement(
        "refresh_use",
        """
        UPDATE sbx.refresh_tokens
        SET used_at = $3
        WHERE tenant_id = $1 AND sha256 = $2
        """)
}
