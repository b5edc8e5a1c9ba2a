package import Access
import Contracts
package import Identifiers
package import Postgres
package import Runtime

/// Whose a management key is and what it may do; of a sandbox's key it says nothing.
package struct KeyHolder: Sendable {
    package let role: Role
    /// The member whose role and grants it follows; nil for a key of the tenant.
    package let user: UserID?
    package let grants: SandboxGrants

    package init(_ role: Role, user: UserID? = nil, grants: SandboxGrants = SandboxGrants()) {
        self.role = role
        self.user = user
        self.grants = grants
    }

    package static let owner = KeyHolder(.owner)
}

/// The rows of an API key: the tenant's own and the directory's.
package enum KeyRows {
    package static func insert(
        _ record: CredentialRecord<KeyKind>, _ kind: KeyEntry.Kind, sandbox: SandboxID?,
        tenant: TenantID, of holder: KeyHolder = .owner, at now: WallInstant
    ) -> Call {
        Call(
            insertStatement, .id(tenant), .id(record.id), .text(kind.rawValue),
            .id(orNull: sandbox), .bytes(record.sha256), .text(record.prefix),
            .text(record.scopes.text), .instant(now), .instant(orNull: record.expiresAt),
            .text(holder.role.rawValue), .id(orNull: holder.user))
    }

    package static func insertDirectory(
        _ record: CredentialRecord<KeyKind>, _ kind: KeyEntry.Kind, sandbox: SandboxID?,
        tenant: TenantID, of holder: KeyHolder = .owner
    ) -> Call {
        Call(
            directoryStatement, .bytes(record.sha256), .id(tenant), .id(record.id),
            .text(kind.rawValue), .id(orNull: sandbox), .text(record.scopes.text),
            .instant(orNull: record.expiresAt), .text(holder.role.rawValue),
            .utf8(JSONWriter.bytes(holder.grants.document)))
    }

    private static let insertStatement = Statement(
        "key_insert",
        """
        INSERT INTO sbx.api_keys (
            tenant_id, id, kind, sandbox_id, sha256, prefix, scopes, created_at, expires_at, role,
            user_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """)

    private static let directoryStatement = Statement(
        "key_insert_directory",
        """
        INSERT INTO sbx.directory_keys (
            sha256, tenant_id, key_id, kind, sandbox_id, scopes, expires_at, role, grants)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)
}
