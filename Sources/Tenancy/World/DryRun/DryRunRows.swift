import Access
import Identifiers
import Postgres
import Runtime

/// Statements over dry-run sessions.
enum DryRunRows {
    /// Id of the session of that name, if it is open.
    static func find(name: String, _ access: SandboxAccess) -> Call {
        Call(findStatement, .id(access.tenant), .id(access.sandbox), .text(name))
    }

    static func count(_ access: SandboxAccess) -> Call {
        Call(countStatement, .id(access.tenant), .id(access.sandbox))
    }

    /// Open sessions, oldest first: id, name, revision, tick, creation.
    static func list(_ access: SandboxAccess) -> Call {
        Call(listStatement, .id(access.tenant), .id(access.sandbox))
    }

    /// What one call of the session emitted: id, type.
    static func events(
        _ id: DryRunID, at revision: Int64, _ access: SandboxAccess
    ) -> Call {
        Call(
            callEventsStatement, .id(access.tenant), .id(access.sandbox), .id(id), .int(revision))
    }

    /// What one call of the session scheduled or cancelled: id, kind and due, null when cancelled.
    static func timers(
        _ id: DryRunID, at revision: Int64, _ access: SandboxAccess
    ) -> Call {
        Call(
            callTimersStatement, .id(access.tenant), .id(access.sandbox), .id(id), .int(revision))
    }

    static func insert(
        _ id: DryRunID, _ name: String, on layer: LayerID, over layers: [LayerPointer],
        _ point: WorldPoint, salt: Int64, epoch: Int64, _ access: SandboxAccess, now: WallInstant
    ) -> Call {
        let (offset, frozenAt) = ClockRows.columns(point.clockMode(at: now))
        return Call(
            insertStatement, .id(access.tenant), .id(id), .id(access.sandbox), .text(name),
            .id(layer), layers.ids, layers.revisions, .text(point.golden.name),
            .int(Int64(point.golden.version)), .int(salt), .int(point.stamp.revision),
            .int(point.stamp.tick), .int(point.seed), .instant(point.timeZero),
            .text(point.isFrozen ? "frozen" : "running"), offset, frozenAt, .int(epoch),
            .instant(now))
    }

    /// One row with its layer, or none.
    static func delete(_ id: DryRunID, _ access: SandboxAccess) -> Call {
        Call(deleteStatement, .id(access.tenant), .id(access.sandbox), .id(id))
    }

    /// Objects that the session has touched, in order of creation: contract, type, id, document or
    /// null, then version and document of the layers below it, null where none knows the object.
    static func touched(_ id: DryRunID, _ access: SandboxAccess) -> Call {
        Call(touchedStatement, .id(access.tenant), .id(access.sandbox), .id(id))
    }

    /// Revision, transaction, account, currency, amount, cause.
    static func entries(_ id: DryRunID, _ access: SandboxAccess) -> Call {
        Call(entriesStatement, .id(access.tenant), .id(access.sandbox), .id(id))
    }

    /// Id, contract, type, time, document, target.
    static func events(_ id: DryRunID, _ access: SandboxAccess) -> Call {
        Call(eventsStatement, .id(access.tenant), .id(access.sandbox), .id(id))
    }

    /// The newest state of each timer: the columns of ``TimerRows``, due null when cancelled.
    static func timers(_ id: DryRunID, _ access: SandboxAccess) -> Call {
        Call(timersStatement, .id(access.tenant), .id(access.sandbox), .id(id))
    }

    private static let findStatement = Statement(
        "dry_run_find",
        """
        SELECT d.id
        FROM sbx.dry_run_heads d
        WHERE d.tenant_id = $1 AND d.sandbox_id = $2 AND d.name = $3
        """)

    private static let countStatement = Statement(
        "dry_run_count",
        "SELECT count(*) FROM sbx.dry_run_heads WHERE tenant_id = $1 AND sandbox_id = $2")

    private static let listStatement = Statement(
        "dry_run_list",
        """
        SELECT id, name, revision, tick, created_at
        FROM sbx.dry_run_heads
        WHERE tenant_id = $1 AND sandbox_id = $2
        ORDER BY id
        """)

    private static let callEventsStatement = Statement(
        "dry_run_call_events",
        """
        SELECT e.id, e.type
        FROM sbx.dry_run_heads d
        JOIN sbx.events e ON e.tenant_id = d.tenant_id AND e.layer_id = d.layer_id
        WHERE d.tenant_id = $1 AND d.sandbox_id = $2 AND d.id = $3 AND e.tenant_id = $1
            AND e.revision = $4
        ORDER BY e.n
        """)

    private static let callTimersStatement = Statement(
        "dry_run_call_timers",
        """
        SELECT t.timer_id, t.kind, t.due_at
        FROM sbx.dry_run_heads d
        JOIN sbx.timer_changes t ON t.tenant_id = d.tenant_id AND t.layer_id = d.layer_id
        WHERE d.tenant_id = $1 AND d.sandbox_id = $2 AND d.id = $3 AND t.tenant_id = $1
            AND t.revision = $4
        ORDER BY t.timer_id
        """)

    private static let insertStatement = Statement(
        "dry_run_insert",
        """
        INSERT INTO sbx.dry_run_heads (
            tenant_id, id, sandbox_id, name, layer_id, ancestor_ids, ancestor_revisions,
            golden_name, golden_version, salt, revision, tick, seed, time_zero, clock_mode,
            clock_offset_us, clock_frozen_at, clock_epoch, created_at, owns_timers)
        VALUES ($1, $2, $3, $4, $5, $6, $7::text[]::bigint[], $8, $9, $10, $11, $12, $13, $14, $15,
            $16, $17, $18, $19, cardinality($6::uuid[]) = 0)
        """)

    private static let deleteStatement = Statement(
        "dry_run_delete",
        """
        DELETE FROM sbx.dry_run_heads
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id = $3
        RETURNING layer_id
        """)

    private static let touchedStatement = Statement(
        "dry_run_touched",
        """
        SELECT e.contract, e.type, e.entity_id, e.document, base.version, base.document
        FROM sbx.dry_run_heads d
        JOIN sbx.entities e ON e.tenant_id = d.tenant_id AND e.layer_id = d.layer_id
        LEFT JOIN LATERAL (
            SELECT c.version, c.document
            FROM unnest(d.ancestor_ids, d.ancestor_revisions)
                WITH ORDINALITY AS a (layer_id, revision, depth)
            CROSS JOIN LATERAL (
                SELECT c.version, c.document
                FROM sbx.changes c
                WHERE c.tenant_id = $1 AND c.layer_id = a.layer_id
                    AND c.contract = e.contract AND c.type = e.type AND c.entity_id = e.entity_id
                    AND c.revision <= a.revision
                ORDER BY c.revision DESC
                LIMIT 1
            ) c
            ORDER BY a.depth
            LIMIT 1
        ) base ON true
        WHERE d.tenant_id = $1 AND d.sandbox_id = $2 AND d.id = $3 AND e.tenant_id = $1
        ORDER BY e.position, e.contract, e.type, e.entity_id
        """)

    private static let entriesStatement = Statement(
        "dry_run_entries",
        """
        SELECT e.revision, e.transaction, e.account, e.currency, e.amount, e.cause
        FROM sbx.dry_run_heads d
        JOIN sbx.ledger_entries e ON e.tenant_id = d.tenant_id AND e.layer_id = d.layer_id
        WHERE d.tenant_id = $1 AND d.sandbox_id = $2 AND d.id = $3 AND e.tenant_id = $1
        ORDER BY e.revision, e.n
        """)

    private static let eventsStatement = Statement(
        "dry_run_events",
        """
        SELECT e.id, e.contract, e.type, e.occurred_at, e.document, e.target
        FROM sbx.dry_run_heads d
        JOIN sbx.events e ON e.tenant_id = d.tenant_id AND e.layer_id = d.layer_id
        WHERE d.tenant_id = $1 AND d.sandbox_id = $2 AND d.id = $3 AND e.tenant_id = $1
        ORDER BY e.revision, e.n
        """)

    private static let timersStatement = Statement(
        "dry_run_timers",
        """
        SELECT DISTINCT ON (t.timer_id)
            t.timer_id, t.due_at, t.contract, t.type, t.entity_id, t.kind, t.payload
        FROM sbx.dry_run_heads d
        JOIN sbx.timer_changes t ON t.tenant_id = d.tenant_id AND t.layer_id = d.layer_id
        WHERE d.tenant_id = $1 AND d.sandbox_id = $2 AND d.id = $3 AND t.tenant_id = $1
        ORDER BY t.timer_id, t.revision DESC
        """)
}
