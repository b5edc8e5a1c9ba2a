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

    /// Tables whose rows belong to a layer and name no sandbox.
    static let layerTables = [
        "entities", "changes", "ledger_entries", "ledger_balances", "events", "timers",
        "timer_changes",
    ]

    static let statements: [Deletion] = [
        ofLayers("entities", counts: \DeletionReceipt.entities),
        ofLayers("changes", counts: \DeletionReceipt.changes),
        ofLayers("ledger_entries", counts: \DeletionReceipt.ledgerEntries),
        ofLayers("ledger_balances"),
        ofLayers("events", counts: \DeletionReceipt.events),
        ofSandbox("delivery_attempts"),
        ofSandbox("delivery_lanes"),
        ofSandbox("deliveries", counts: \DeletionReceipt.deliveries),
        ofSandbox("webhook_secrets"),
        ofSandbox("webhook_endpoints", counts: \DeletionReceipt.webhookEndpoints),
        ofSandbox("inbox_messages", counts: \DeletionReceipt.inboxMessages),
        ofSandbox("inbox_settings"),
        ofLayers("timers"),
        ofLayers("timer_changes", counts: \DeletionReceipt.timers),
        ofSandbox("idempotency_records", counts: \DeletionReceipt.idempotencyRecords),
        ofSandbox("request_log", counts: \DeletionReceipt.requests),
        ofSandbox("spans"),
        ofSandbox("directory_keys"),
        ofSandbox("directory_clients"),
        ofSandbox("directory_user_codes"),
        ofSandbox("directory_slugs"),
        ofSandbox("sandbox_grants"),
        ofSandbox("client_certificates"),
        ofSandbox("sandbox_authorities"),
        ofSandbox("api_keys", counts: \DeletionReceipt.keys),
        ofSandbox("used_proofs"),
        ofSandbox("revoked_tokens"),
        ofSandbox("device_codes"),
        ofSandbox("refresh_tokens"),
        ofSandbox("authorization_codes"),
        ofSandbox("authorization_requests"),
        ofSandbox("oauth_grants"),
        ofSandbox("oauth_clients", counts: \DeletionReceipt.clients),
        ofSandbox("fault_counters"),
        ofSandbox("contract_drift"),
        ofSandbox("journey_runs"),
        ofSandbox("journeys"),
        ofSandbox("sandbox_settings", counts: \DeletionReceipt.settings),
        ofSandbox("mounts", counts: \DeletionReceipt.mounts),
        ofSandbox("checkpoints", counts: \DeletionReceipt.checkpoints),
        ofSandbox("dry_run_heads", counts: \DeletionReceipt.dryRuns),
        ofSandbox("sandbox_heads"),
        ofSandbox("layers", counts: \DeletionReceipt.layers),
        ofSandbox("sandboxes", column: "id", counts: \DeletionReceipt.sandboxes),
    ]

    /// Layers of other sandboxes that this one reads through lose a pointer: the sweep at $3 looks.
    static let markParents = Statement(
        "sandbox_delete_mark_parents",
        """
        UPDATE sbx.layers p
        SET sweep_at = $3
        FROM sbx.layers l
        WHERE l.tenant_id = $1 AND l.sandbox_id = $2 AND p.tenant_id = $1
            AND p.id = l.parent_layer_id AND p.sandbox_id <> $2
        """)

    /// Keeps the sweep off the layers that are about to go.
    static let lockLayers = Statement(
        "sandbox_delete_lock_layers",
        """
        SELECT 1
        FROM sbx.layers
        WHERE tenant_id = $1 AND sandbox_id = $2
        ORDER BY id
        FOR UPDATE
        """)

    /// Layers of other sandboxes right above this one's, with the sandboxes, whose heads it locks
    /// in one order: what they read through must first become their own.
    static let lockForks = Statement(
        "sandbox_delete_lock_forks",
        """
        SELECT c.id
        FROM sbx.layers p
        JOIN sbx.layers c ON c.tenant_id = $1 AND c.parent_layer_id = p.id
        JOIN sbx.sandbox_heads h ON h.tenant_id = $1 AND h.sandbox_id = c.sandbox_id
        WHERE p.tenant_id = $1 AND p.sandbox_id = $2 AND c.sandbox_id <> $2
        ORDER BY h.sandbox_id
        FOR UPDATE OF h
        """)

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
