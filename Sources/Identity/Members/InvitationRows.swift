import Access
import Identifiers
import Postgres
import Runtime

/// The rows of invitations: the tenant's own and the directory's.
enum InvitationRows {
    static func invitation(_ row: Row) -> Invitation {
        Invitation(
            id: row.id(0), email: row.text(1), role: MemberRows.role(row.text(2)),
            createdAt: WallInstant(microseconds: row.microseconds(3)),
            expiresAt: WallInstant(microseconds: row.microseconds(4)), acceptedAt: row.instant(5),
            revokedAt: row.instant(6))
    }

    static func insert(_ made: Invitation, _ sha256: [UInt8], _ tenant: TenantID) -> [Call] {
        [
            Call(
                insertOwn, .id(tenant), .id(made.id), .text(made.email), .text(made.role.rawValue),
                .bytes(sha256), .instant(made.createdAt), .instant(made.expiresAt)),
            Call(insertDirectory, .bytes(sha256), .id(tenant), .id(made.id)),
        ]
    }

    private static let columns = "id, email, role, created_at, expires_at, accepted_at, revoked_at"

    static let list = Statement(
        "invitations_list",
        """
        SELECT \(columns)
        FROM sbx.invitations
        WHERE tenant_id = $1
        ORDER BY id DESC
        LIMIT 100
        """)

    static let lock = Statement(
        "invitation_lock",
        """
        SELECT \(columns)
        FROM sbx.invitations
        WHERE tenant_id = $1 AND id = $2
        FOR UPDATE
        """)

    static let countOpen = Statement(
        "invitations_count_open",
        """
        SELECT count(*)
        FROM sbx.invitations
        WHERE tenant_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2
        """)

    static let revoke = Statement(
        "invitation_revoke",
        """
        UPDATE sbx.invitations
        SET revoked_at = $3
        WHERE tenant_id = $1 AND id = $2
        RETURNING \(columns)
        """)

    static let accept = Statement(
        "invitation_accept",
        "UPDATE sbx.invitations SET accepted_at = $3 WHERE tenant_id = $1 AND id = $2")

    private static let insertOwn = Statement(
        "invitation_insert",
        """
        INSERT INTO sbx.invitations (tenant_id, id, email, role, sha256, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)

    private static let insertDirectory = Statement(
        "invitation_insert_directory",
        """
        INSERT INTO sbx.directory_invitations (sha256, tenant_id, invitation_id)
        VALUES ($1, $2, $3)
        """)
}
