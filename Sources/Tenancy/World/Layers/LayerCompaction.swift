import Access
import Identifiers
import Postgres
import Runtime

/// Copies into a layer what it inherits, after which it has no parent.
///
/// Along a chain no revision comes twice: a sandbox's revision never goes back, and a fork's goes
/// on from its source's. So copies keep their revisions, which are all below the layer's own: a
/// branch that sees the layer at some revision sees the same as before. Of entities and timers the
/// newest state below is enough; ledger entries and events are a history and are copied in full.
///
/// The caller holds the lock on the head of the layer's sandbox: nobody writes to the layer.
enum LayerCompaction {
    static func calls(_ layer: LayerID, _ tenant: TenantID, now: WallInstant) -> [Call] {
        let marked = Call(markParent, .id(tenant), .id(layer), .instant(now))
        return [marked] + statements.map { Call($0, .id(tenant), .id(layer)) }
    }

    private static let statements =
        [
            changes, entities, ledgerEntries, ledgerBalances, events, timerChanges,
            timers, idempotencyRecords, cutParent,
        ] + [cutOwnHeads, cutHeads] + [cutOwnSessions, cutSessions, cutCheckpoints]

    private static let markParent = Statement(
        "compact_mark_parent",
        """
        UPDATE sbx.layers p
        SET sweep_at = $3
        FROM sbx.layers l
        WHERE l.tenant_id = $1 AND l.id = $2 AND p.tenant_id = $1 AND p.id = l.parent_layer_id
        """)

    private static let newestChanges = """
        \(LayerChain.ancestors),
        inherited AS (
            SELECT DISTINCT ON (c.contract, c.type, c.entity_id) c.*
            FROM ancestors a
            JOIN sbx.changes c
                ON c.tenant_id = $1 AND c.layer_id = a.layer_id AND c.revision <= a.revision
            ORDER BY c.contract, c.type, c.entity_id, a.depth, c.revision DESC
        )
        """

    private static let changes = Statement(
        "compact_changes",
        """
        \(newestChanges)
        INSERT INTO sbx.changes (
            tenant_id, layer_id, revision, n, tick, contract, type, entity_id, position, version,
            deleted, document, transitions)
        SELECT i.tenant_id, $2, i.revision, i.n, i.tick, i.contract, i.type, i.entity_id,
            i.position, i.version, i.deleted, i.document,
            -- Of the states that are left behind too, so that coverage still counts them.
            (SELECT array_agg(taken.transition ORDER BY a.depth DESC, c.revision, taken.place)
            FROM ancestors a
            JOIN sbx.changes c
                ON c.tenant_id = $1 AND c.layer_id = a.layer_id AND c.contract = i.contract
                    AND c.type = i.type AND c.entity_id = i.entity_id AND c.revision <= a.revision
            CROSS JOIN LATERAL unnest(c.transitions)
                WITH ORDINALITY AS taken (transition, place))
        FROM inherited i
        """)

    private static let entities = Statement(
        "compact_entities",
        """
        \(newestChanges)
        INSERT INTO sbx.entities (
            tenant_id, layer_id, contract, type, entity_id, position, revision, version, deleted,
            document)
        SELECT i.tenant_id, $2, i.contract, i.type, i.entity_id, i.position, i.revision,
            i.version, i.deleted, i.document
        FROM inherited i
        ON CONFLICT (tenant_id, layer_id, contract, type, entity_id) DO NOTHING
        """)

    private static let ledgerEntries = Statement(
        "compact_ledger_entries",
        """
        \(LayerChain.ancestors)
        INSERT INTO sbx.ledger_entries (
            tenant_id, layer_id, revision, n, transaction, account, currency, amount,
            balance_after, cause)
        SELECT e.tenant_id, $2, e.revision, e.n, e.transaction, e.account, e.currency, e.amount,
            e.balance_after, e.cause
        FROM ancestors a
        JOIN sbx.ledger_entries e
            ON e.tenant_id = $1 AND e.layer_id = a.layer_id AND e.revision <= a.revision
        """)

    private static let ledgerBalances = Statement(
        "compact_ledger_balances",
        """
        \(LayerChain.ancestors)
        INSERT INTO sbx.ledger_balances (
            tenant_id, layer_id, account, currency, balance, revision)
        SELECT DISTINCT ON (e.account, e.currency)
            e.tenant_id, $2, e.account, e.currency, e.balance_after, e.revision
        FROM ancestors a
        JOIN sbx.ledger_entries e
            ON e.tenant_id = $1 AND e.layer_id = a.layer_id AND e.revision <= a.revision
        ORDER BY e.account, e.currency, a.depth, e.revision DESC, e.n DESC
        ON CONFLICT (tenant_id, layer_id, account, currency) DO NOTHING
        """)

    private static let events = Statement(
        "compact_events",
        """
        \(LayerChain.ancestors)
        INSERT INTO sbx.events (
            tenant_id, layer_id, id, revision, n, contract, type, occurred_at, document, target)
        SELECT e.tenant_id, $2, e.id, e.revision, e.n, e.contract, e.type, e.occurred_at,
            e.document, e.target
        FROM ancestors a
        JOIN sbx.events e
            ON e.tenant_id = $1 AND e.layer_id = a.layer_id AND e.revision <= a.revision
        """)

    private static let timerChanges = Statement(
        "compact_timer_changes",
        """
        \(TimerRows.inherited)
        INSERT INTO sbx.timer_changes (
            tenant_id, layer_id, timer_id, revision, due_at, contract, type, entity_id, kind,
            payload)
        SELECT i.tenant_id, $2, i.timer_id, i.revision, i.due_at, i.contract, i.type,
            i.entity_id, i.kind, i.payload
        FROM inherited i
        WHERE i.due_at IS NOT NULL
        """)

    private static let timers = TimerRows.adoptStatement

    /// A fork has other callers than its source: records stay with their sandbox.
    private static let idempotencyRecords = Statement(
        "compact_idempotency_records",
        """
        \(LayerChain.ancestors)
        INSERT INTO sbx.idempotency_records (
            tenant_id, sandbox_id, layer_id, dry_run_session, principal_id, method, path, key,
            revision, fingerprint, status, headers, response, request_id, created_at, expires_at)
        SELECT r.tenant_id, r.sandbox_id, $2, r.dry_run_session, r.principal_id, r.method,
            r.path, r.key, r.revision, r.fingerprint, r.status, r.headers, r.response,
            r.request_id, r.created_at, r.expires_at
        FROM ancestors a
        JOIN sbx.layers l ON l.tenant_id = $1 AND l.id = $2
        JOIN sbx.idempotency_records r
            ON r.tenant_id = $1 AND r.sandbox_id = l.sandbox_id AND r.layer_id = a.layer_id
            AND r.revision <= a.revision
        """)

    private static let cutParent = Statement(
        "compact_cut_parent",
        """
        UPDATE sbx.layers
        SET parent_layer_id = NULL, parent_revision = NULL
        WHERE tenant_id = $1 AND id = $2
        """)

    private static let cutOwnHeads = Statement(
        "compact_cut_own_heads",
        """
        UPDATE sbx.sandbox_heads
        SET ancestor_ids = '{}', ancestor_revisions = '{}', layer_revision = -1,
            owns_timers = true
        WHERE tenant_id = $1 AND layer_id = $2
        """)

    private static let cutHeads = Statement(
        "compact_cut_heads",
        """
        UPDATE sbx.sandbox_heads
        SET ancestor_ids = ancestor_ids[1:array_position(ancestor_ids, $2)],
            ancestor_revisions = ancestor_revisions[1:array_position(ancestor_ids, $2)]
        WHERE tenant_id = $1 AND $2 = ANY (ancestor_ids)
        """)

    private static let cutOwnSessions = Statement(
        "compact_cut_own_sessions",
        """
        UPDATE sbx.dry_run_heads
        SET ancestor_ids = '{}', ancestor_revisions = '{}', owns_timers = true
        WHERE tenant_id = $1 AND layer_id = $2
        """)

    private static let cutSessions = Statement(
        "compact_cut_sessions",
        """
        UPDATE sbx.dry_run_heads
        SET ancestor_ids = ancestor_ids[1:array_position(ancestor_ids, $2)],
            ancestor_revisions = ancestor_revisions[1:array_position(ancestor_ids, $2)]
        WHERE tenant_id = $1 AND $2 = ANY (ancestor_ids)
        """)

    private static let cutCheckpoints = Statement(
        "compact_cut_checkpoints",
        """
        UPDATE sbx.checkpoints
        SET layer_ids = layer_ids[1:array_position(layer_ids, $2)],
            layer_revisions = layer_revisions[1:array_position(layer_ids, $2)]
        WHERE tenant_id = $1 AND $2 = ANY (layer_ids)
        """)
}
