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

    /// The same for a sandbox that is over at $3, and nothing for one that was extended meanwhile.
    static let lockExpired = Statement(
        "sandbox_delete_lock_expired",
        """
        SELECT 1
        FROM sbx.sandboxes s
        JOIN sbx.sandbox_heads h ON h.tenant_id = s.tenant_id AND h.sandbox_id = s.id
        WHERE s.tenant_id = $1 AND s.id = $2 AND s.expires_at <= $3
        FOR UPDATE
        """)

    static let statements: [Deletion] = [
        ofLayers("entities", counts: \DeletionReceipt.entities),
        ofLayers("changes", counts: \DeletionReceipt.changes),
        ofLayers("ledger_entries", counts: \DeletionReceipt.ledgerEntries),
        ofLayers("ledger_balances"),
        ofLayers("events", counts: \DeletionReceipt.events),
        ofLayers("timers"),
        ofLayers("timer_changes", counts: \DeletionReceipt.timers),
        ofSandbox("idempotency_records", counts: \DeletionReceipt.idempotencyRecords),
        ofSandbox("request_log", counts: \DeletionReceipt.requests),
        ofSandbox("directory_keys"),
        ofSandbox("directory_clients"),
        ofSandbox("directory_slugs"),
        ofSandbox("api_keys", counts: \DeletionReceipt.keys),
        ofSandbox("oauth_clients", counts: \DeletionReceipt.clients),
        ofSandbox("sandbox_settings", counts: \DeletionReceipt.settings),
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
