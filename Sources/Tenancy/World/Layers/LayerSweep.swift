package import Access
import Identifiers
import Postgres
package import Runtime

/// Takes away layers that nothing points at any more, and compacts those whose chain is long.
///
/// A pointer to a layer is only ever made from another one (a head, a checkpoint, a session, a
/// child) under the lock of its sandbox's head, and the mark is set in the transaction that takes
/// a pointer away. So a marked layer without pointers can get none, and goes without a lock that
/// calls would wait for.
package struct LayerSweep: Sendable {
    /// The most that one ``run()`` looks at.
    package static let layersMax = Limits.layersPerSweep

    private let system: SystemWork
    private let database: TenantDatabase
    private let control: AccessControl
    private let clock: any WallClock

    package init(
        system: SystemWork, database: TenantDatabase, control: AccessControl,
        clock: any WallClock
    ) {
        self.system = system
        self.database = database
        self.control = control
        self.clock = clock
    }

    /// Looks at marked layers, oldest mark first, at most ``layersMax``, each in a
    /// transaction of its own; a layer's parent loses a pointer with it and is marked for the next
    /// sweep. Several sweeps may run at once: none waits for a layer that
    /// somebody else has. Answers how many layers were looked at.
    package func run() async throws(TenancyError) -> Int {
        let marked: [MarkedLayer]
        do throws(PostgresError) {
            marked = try await system.markedLayers(rows: Limits.layersPerSweep)
        } catch {
            throw .storage(error)
        }
        for layer in marked { try await sweep(layer) }
        return marked.count
    }

    private func sweep(_ marked: MarkedLayer) async throws(TenancyError) {
        let now = clock.now()
        let key: [PostgresValue] = [.id(marked.tenant), .id(marked.layer)]
        let access = control.access(sweeping: marked.tenant)
        let isLong = try await storing {
            try await database.transaction(as: access) { transaction in
                let found = try await transaction.run([
                    Call(SweepRows.inspect, values: key), Call(SweepRows.lockParent, values: key),
                ])
                guard let row = found[0].first else { return false }
                // Who has the parent may wait for this layer; the next sweep comes soon.
                if !row.bool(0), row.bool(2), found[1].isEmpty { return false }
                if row.bool(0) {
                    transaction.enqueue(Call(SweepRows.clear, values: key))
                    return row.int(1) > Limits.layersWanted
                }
                transaction.enqueue(Call(SweepRows.markParent, values: key + [.instant(now)]))
                for statement in SweepRows.delete {
                    transaction.enqueue(Call(statement, values: key))
                }
                return false
            }
        }
        if isLong { try await compact(marked, as: access, now: now) }
    }

    /// In a transaction of its own, which locks the head before the layer, as calls do.
    private func compact(
        _ marked: MarkedLayer, as access: TenantAccess, now: WallInstant
    ) async throws(TenancyError) {
        try await storing {
            try await database.transaction(as: access) { transaction in
                let locked = try await transaction.run(
                    LockedHead.lock(marked.sandbox, of: marked.tenant))
                guard !locked.isEmpty else { return }
                for call in LayerCompaction.calls(marked.layer, marked.tenant, now: now) {
                    transaction.enqueue(call)
                }
            }
        }
    }
}

/// Statements of the sweep, all of one layer: `$1` tenant, `$2` layer.
private enum SweepRows {
    /// Whether something points at it, the length of its chain, whether it has a parent. No row
    /// while somebody else has it, or when it is gone.
    static let inspect = Statement(
        "layer_sweep_inspect",
        """
        \(LayerChain.ancestors)
        SELECT EXISTS (
                SELECT 1 FROM sbx.sandbox_heads h WHERE h.tenant_id = $1 AND h.layer_id = $2)
            OR EXISTS (
                SELECT 1 FROM sbx.dry_run_heads d WHERE d.tenant_id = $1 AND d.layer_id = $2)
            OR EXISTS (
                SELECT 1 FROM sbx.checkpoints c WHERE c.tenant_id = $1 AND c.layer_id = $2)
            OR EXISTS (
                SELECT 1 FROM sbx.layers c WHERE c.tenant_id = $1 AND c.parent_layer_id = $2),
            (SELECT count(*) FROM ancestors), l.parent_layer_id IS NOT NULL
        FROM sbx.layers l
        WHERE l.tenant_id = $1 AND l.id = $2
        FOR UPDATE OF l SKIP LOCKED
        """)

    /// A row unless somebody else has the parent.
    static let lockParent = Statement(
        "layer_sweep_lock_parent",
        """
        SELECT 1
        FROM sbx.layers l
        JOIN sbx.layers p ON p.tenant_id = $1 AND p.id = l.parent_layer_id
        WHERE l.tenant_id = $1 AND l.id = $2
        FOR UPDATE OF p SKIP LOCKED
        """)

    static let markParent = Statement(
        "layer_sweep_mark_parent",
        """
        UPDATE sbx.layers p
        SET sweep_at = $3
        FROM sbx.layers l
        WHERE l.tenant_id = $1 AND l.id = $2 AND p.tenant_id = $1 AND p.id = l.parent_layer_id
        """)

    static let clear = Statement(
        "layer_sweep_clear",
        "UPDATE sbx.layers SET sweep_at = NULL WHERE tenant_id = $1 AND id = $2")

    static let delete =
        DeletionRows.layerTables.map { table in
            Statement(
                "layer_sweep_\(table)",
                "DELETE FROM sbx.\(table) WHERE tenant_id = $1 AND layer_id = $2")
        } + [
            Statement(
                "layer_sweep_idempotency_records",
                """
                DELETE FROM sbx.idempotency_records r
                USING sbx.layers l
                WHERE l.tenant_id = $1 AND l.id = $2 AND r.tenant_id = $1
                    AND r.sandbox_id = l.sandbox_id AND r.layer_id = $2
                """),
            Statement(
                "layer_sweep_layers", "DELETE FROM sbx.layers WHERE tenant_id = $1 AND id = $2"),
        ]
}
