import Access
import Contracts
import Identifiers
import Postgres
import Runtime
import Tenancy

/// A tenant's memberships and grants, and the keys that follow them.
enum MemberRows {
    /// Role and grants of a member, for a key of its own. Fails with `memberNotFound`.
    static func holder(
        _ user: UserID, _ transaction: Transaction, _ access: TenantAccess
    ) async throws -> KeyHolder {
        let member = try await locked(user, transaction, access)
        return KeyHolder(member.role, user: user, grants: member.grants)
    }

    /// The member, whose row is held to the end of the transaction.
    static func locked(
        _ user: UserID, _ transaction: Transaction, _ access: TenantAccess
    ) async throws -> Member {
        let rows = try await transaction.run([
            Call(lock, .id(access.tenant), .id(user)),
            Call(read, .id(access.tenant), .id(user)),
            Call(grants, .id(access.tenant), .id(user)),
        ])
        guard let row = rows[1].first else { throw IdentityError.memberNotFound }
        return member(row, rows[2])
    }

    /// Columns user, e-mail, role, since; and the grants of one or of all members.
    static func member(_ row: Row, _ grants: Rows) -> Member {
        let user: UserID = row.id(0)
        return Member(
            user: user, email: row.text(1), role: role(row.text(2)),
            grants: self.grants(of: user, in: grants),
            since: .init(microseconds: row.microseconds(3)))
    }

    /// The user's among the grants that ``grants`` or ``allGrants`` found.
    static func grants(of user: UserID, in rows: Rows) -> SandboxGrants {
        var own = SandboxGrants()
        for grant in rows where grant.id(0) == user {
            own[grant.id(1)] = Role(rawValue: grant.text(2))
        }
        return own
    }

    static func role(_ text: String) -> Role {
        guard let role = Role(rawValue: text) else {
            preconditionFailure("the schema checks the role of a member")
        }
        return role
    }

    /// Gives the member's keys its role and grants, and tells the gateways.
    static func follow(
        _ member: Member, _ transaction: Transaction, _ access: TenantAccess
    ) async throws {
        let keys = try await transaction.run(
            Call(KeyStatements.ofMember, .id(access.tenant), .id(member.user))
        ).map(KeyStore.key)
        guard !keys.isEmpty else { return }
        let tenant = PostgresValue.id(access.tenant)
        transaction.enqueue(
            Call(KeyStatements.setRole, tenant, .id(member.user), .text(member.role.rawValue)))
        transaction.enqueue(
            Call(
                KeyStatements.setDirectoryRole, tenant,
                .uuidArray(keys.map { ($0.id.high, $0.id.low) }), .text(member.role.rawValue),
                .utf8(JSONWriter.bytes(member.grants.document))))
        for key in keys { transaction.enqueue(Invalidation.key(key.sha256).call) }
    }

    // The tenant's memberships change one at a time, so that two owners cannot take each other's
    // role at the same moment.
    private static let lock = Statement(
        "members_lock",
        """
        SELECT 1
        FROM sbx.memberships
        WHERE tenant_id = $1 AND (user_id = $2 OR role = 'owner')
        ORDER BY user_id
        FOR UPDATE
        """)

    private static let columns = "m.user_id, u.email, m.role, m.created_at"

    private static let from = """
        sbx.memberships m
        JOIN sbx.users u ON u.tenant_id = m.tenant_id AND u.id = m.user_id
        """

    private static let read = Statement(
        "member_read",
        """
        SELECT \(columns)
        FROM \(from)
        WHERE m.tenant_id = $1 AND m.user_id = $2
        """)

    static let grants = Statement(
        "member_grants",
        """
        SELECT user_id, sandbox_id, role
        FROM sbx.sandbox_grants
        WHERE tenant_id = $1 AND user_id = $2
        """)

    static let list = Statement(
        "members_list",
        """
        SELECT \(columns)
        FROM \(from)
        WHERE m.tenant_id = $1
        ORDER BY m.created_at, m.user_id
        LIMIT $2
        """)

    static let allGrants = Statement(
        "members_grants",
        "SELECT user_id, sandbox_id, role FROM sbx.sandbox_grants WHERE tenant_id = $1")

    static let count = Statement(
        "members_count", "SELECT count(*) FROM sbx.memberships WHERE tenant_id = $1")

    static let owners = Statement(
        "members_owners",
        "SELECT count(*) FROM sbx.memberships WHERE tenant_id = $1 AND role = 'owner'")

    static let setRole = Statement(
        "member_set_role",
        "UPDATE sbx.memberships SET role = $3 WHERE tenant_id = $1 AND user_id = $2")

    static let grant = Statement(
        "member_grant",
        """
        INSERT INTO sbx.sandbox_grants (tenant_id, user_id, sandbox_id, role, created_at)
        SELECT $1, $2, s.id, $4, $5
        FROM sbx.sandboxes s
        WHERE s.tenant_id = $1 AND s.id = $3
        ON CONFLICT (tenant_id, user_id, sandbox_id) DO UPDATE SET role = EXCLUDED.role
        """)

    static let withdraw = Statement(
        "member_withdraw",
        "DELETE FROM sbx.sandbox_grants WHERE tenant_id = $1 AND user_id = $2 AND sandbox_id = $3")

    static let deleteUser = Statement(
        "member_delete_user", "DELETE FROM sbx.users WHERE tenant_id = $1 AND id = $2")

    static let deleteEmail = Statement(
        "member_delete_email",
        "DELETE FROM sbx.directory_emails WHERE tenant_id = $1 AND user_id = $2")

    static let deleteKeys = Statement(
        "member_delete_keys",
        "DELETE FROM sbx.directory_keys WHERE tenant_id = $1 AND key_id = ANY ($2)")

    static let insertUser = Statement(
        "member_insert_user",
        """
        INSERT INTO sbx.users (tenant_id, id, email, password, created_at)
        VALUES ($1, $2, $3, $4, $5)
        """)

    static let insertEmail = Statement(
        "member_insert_email",
        "INSERT INTO sbx.directory_emails (sha256, tenant_id, user_id) VALUES ($1, $2, $3)")

    static let insert = Statement(
        "member_insert",
        """
        INSERT INTO sbx.memberships (tenant_id, user_id, role, created_at)
        VALUES ($1, $2, $3, $4)
        """)
}
