import Postgres

/// Statements over a tenant's keys.
enum KeyStatements {
    private static let columns = """
        id, kind, sandbox_id, prefix, scopes, created_at, last_used_at, expires_at, revoked_at, sha256,
            role, user_id
        """

    static let list = Statement(
        "key_list",
        """
        SELECT \(columns)
        FROM sbx.api_keys
        WHERE tenant_id = $1
        ORDER BY id DESC
        LIMIT 100
        """)

    static let read = Statement(
        "key_read",
        """
        SELECT \(columns)
        FROM sbx.api_keys
        WHERE tenant_id = $1 AND id = $2
        FOR UPDATE
        """)

    /// Those of a member that still work, for an end or another role.
    static let ofMember = Statement(
        "keys_of_member",
        """
        SELECT \(columns)
        FROM sbx.api_keys
        WHERE tenant_id = $1 AND user_id = $2 AND revoked_at IS NULL
        FOR UPDATE
        """)

    static let countManagement = Statement(
        "keys_count_management",
        """
        SELECT count(*)
        FROM sbx.api_keys
        WHERE tenant_id = $1 AND kind = 'management' AND revoked_at IS NULL
        """)

    static let countOfSandbox = Statement(
        "keys_count_of_sandbox",
        """
        SELECT count(*)
        FROM sbx.api_keys
        WHERE tenant_id = $1 AND sandbox_id = $2 AND revoked_at IS NULL
            AND (expires_at IS NULL OR expires_at > $3)
        """)

    static let setRole = Statement(
        "key_set_role",
        "UPDATE sbx.api_keys SET role = $3 WHERE tenant_id = $1 AND user_id = $2")

    static let setDirectoryRole = Statement(
        "key_set_directory_role",
        """
        UPDATE sbx.directory_keys
        SET role = $3, grants = $4
        WHERE tenant_id = $1 AND key_id = ANY ($2)
        """)

    static let noteUse = Statement(
        "key_note_use",
        """
        UPDATE sbx.api_keys
        SET last_used_at = greatest(last_used_at, $3)
        WHERE tenant_id = $1 AND id = $2
        """)

    /// A change to the tenant's row and the same to the directory's.
    struct Ending {
        let key: Statement
        let directory: Statement
    }

    /// The first revocation stands.
    static let revoke = Ending(
        key: Statement(
            "key_revoke",
            """
            UPDATE sbx.api_keys
            SET revoked_at = coalesce(revoked_at, $3)
            WHERE tenant_id = $1 AND id = $2
            """),
        directory: Statement(
            "key_revoke_directory",
            """
            UPDATE sbx.directory_keys
            SET revoked_at = coalesce(revoked_at, $3)
            WHERE tenant_id = $1 AND key_id = $2
            """))

    /// An earlier end stands.
    static let expire = Ending(
        key: Statement(
            "key_expire",
            """
            UPDATE sbx.api_keys
            SET expires_at = least(expires_at, $3)
            WHERE tenant_id = $1 AND id = $2
            """),
        directory: Statement(
            "key_expire_directory",
            """
            UPDATE sbx.directory_keys
            SET expires_at = least(expires_at, $3)
            WHERE tenant_id = $1 AND key_id = $2
            """))
}
