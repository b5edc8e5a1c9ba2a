package import Access
package import Identifiers
package import Postgres
package import Runtime

/// The rows of an API key: the tenant's own and the directory's.
package enum KeyRows {
    package static func insert(
        _ record: CredentialRecord<KeyKind>, _ kind: KeyEntry.Kind, sandbox: SandboxID?,
        tenant: TenantID, at now: WallInstant
    ) -> Call {
        Call(
            insertStatement, .id(tenant), .id(record.id), .text(kind.rawValue),
            .id(orNull: sandbox), .bytes(record.sha256), .text(record.prefix),
            .text(record.scopes.text), .instant(now), .instant(orNull: record.expiresAt))
    }

    package static func insertDirectory(
        _ record: CredentialRecord<KeyKind>, _ kind: KeyEntry.Kind, sandbox: SandboxID?,
        tenant: TenantID
    ) -> Call {
        Call(
            directoryStatement, .bytes(record.sha256), .id(tenant), .id(record.id),
            .text(kind.rawValue), .id(orNull: sandbox), .text(record.scopes.text),
            .instant(orNull: record.expiresAt))
    }

    private static let insertStatement = Statement(
        "key_insert",
        """
        INSERT INTO sbx.api_keys (
            tenant_id, id, kind, sandbox_id, sha256, prefix, scopes, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)

    private static let directoryStatement = Statement(
        "key_insert_directory",
        """
        INSERT INTO sbx.directory_keys (
            sha256, tenant_id, key_id, kind, sandbox_id, scopes, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)
}
