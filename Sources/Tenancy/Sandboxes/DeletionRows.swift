import Postgres

/// The deletes of a sandbox, children first. A test holds the list against the catalogue: every
/// table with a sandbox or a layer is in it.
enum DeletionRows {
    struct Deletion: Sendable {
        let table: String
        let statement: Statement
        /// The member of the receipt that counts the rows.
        let counts: (any WritableKeyPath<DeletionReceipt, Int> & Sendable)?
    }

    /// Waits for the call that runs and keeps others out.
    static let lock = Statement(
        "sandbox_delete_lock",
        """
        SELECT 1
        FROM sbx.sandbox_heads
        WHERE tenant_id = $1 AND sandbox_id = $2
        FOR UPDATE
        """)

    static let statements: [Deletion] = [
        ofLayers("entities", counts: \DeletionReceipt.entities),
        ofLayers("changes", counts: \DeletionReceipt.changes),
        ofLayers("ledger_entries", counts: \DeletionReceipt.ledgerEntries),
        ofLayers("ledger_balances"),
        ofLayers("events", counts: \DeletionReceipt.events),
        ofSandbox("idempotency_records", counts: \DeletionReceipt.idempotencyRecords),
        ofSandbox("request_log", counts: \DeletionReceipt.requests),
        ofSandbox("directory_keys"),
        ofSandbox("directory_clients"),
        ofSandbox("directory_user_codes"),
        ofSandbox("directory_slugs"),
        ofSandbox("api_keys", counts: \DeletionReceipt.keys),
        ofSandbox("used_proofs"),
        ofSandbox("revoked_tokens"),
        ofSandbox("device_codes"),
        ofSandbox("refresh_tokens"),
        ofSandbox("authorization_codes"),
        ofSandbox("authorization_requests"),
        ofSandbox("oauth_grants"),
        ofSandbox("oauth_clients", counts: \DeletionReceipt.clients),
        ofSandbox("mounts", counts: \DeletionReceipt.mounts),
        ofSandbox("sandbox_heads"),
        ofSandbox("layers", counts: \DeletionReceipt.layers),
        ofSandbox("sandboxes", column: "id", counts: \DeletionReceipt.sandboxes),
    ]

    static let giveBackQuota = Statement(
        "sandbox_give_back_quota",
        "UPDATE sbx.tenants SET sandbox_count = sandbox_count - 1 WHERE tenant_id = $1")

    private static func ofLayers(
        _ table: String, counts: (any WritableKeyPath<DeletionReceipt, Int> & Sendable)? = nil
    ) -> Deletion {
        let statement = Statement(
            "sandbox_delete_\(table)",
            """
            DELETE FROM sbx.\(table)
            WHERE tenant_id = $1 AND layer_id IN (
                SELECT id FROM sbx.layers WHERE tenant_id = $1 AND sandbox_id = $2)
            """)
        return Deletion(table: table, statement: statement, counts: counts)
    }

    private static func ofSandbox(
        _ table: String, column: String = "sandbox_id",
        counts: (any WritableKeyPath<DeletionReceipt, Int> & Sendable)? = nil
    ) -> Deletion {
        let statement = Statement(
            "sandbox_delete_\(table)",
            "DELETE FROM sbx.\(table) WHERE tenant_id = $1 AND \(column) = $2")
        return Deletion(table: table, statement: statement, counts: counts)
    }
}
