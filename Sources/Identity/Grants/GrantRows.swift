import Access
import Identifiers
import Postgres
import Runtime
import Tenancy

/// The rows of a grant, and its end.
enum GrantRows {
    static func insert(
        _ grant: Grant, for client: OAuthClient, at now: WallInstant
    ) -> Call {
        Call(
            insertStatement, .id(client.tenant), .id(client.sandbox.sandbox), .id(grant.id),
            .id(client.id), .text(grant.subject), .text(grant.scopes.text), .instant(now),
            .instant(now + .seconds(Limits.grantSeconds)))
    }

    /// Ends the whole family, and tells the gateways to forget its access tokens.
    static func revoke(_ grant: GrantID, for client: OAuthClient, at now: WallInstant) -> [Call] {
        [
            Call(revokeStatement, .id(client.tenant), .id(grant), .instant(now)),
            Invalidation.sandbox(client.sandbox.sandbox).call,
        ]
    }

    private static let insertStatement = Statement(
        "grant_insert",
        """
        INSERT INTO sbx.oauth_grants (
            tenant_id, sandbox_id, id, client_id, subject, scopes, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)

    private static let revokeStatement = Statement(
        "grant_revoke",
        """
        UPDATE sbx.oauth_grants
        SET revoked_at = coalesce(revoked_at, $3)
        WHERE tenant_id = $1 AND id = $2
        """)
}
