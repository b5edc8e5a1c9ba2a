package import Access
import Contracts
package import Identifiers
import Postgres
import Runtime

// Going back. Each move gives the head a new, empty layer over the point it goes to, which costs
// the same whatever the world holds. The layer that it leaves is kept while a checkpoint, a fork
// or a session points at it.
extension WorldStore {
    /// Back to the golden world at time zero, or to a checkpoint, which is ``restore(_:as:)``.
    /// Entities, ledger, timers, events, clock, tick and idempotency records go back; the revision
    /// goes on. Answers the head as it is then.
    @discardableResult
    package func reset(
        to checkpoint: CheckpointID? = nil, as access: SandboxAccess
    ) async throws(TenancyError) -> WorldHead {
        guard let checkpoint else {
            return try await move(to: nil, access) { _, locked in locked.zero }
        }
        return try await restore(checkpoint, as: access)
    }

    /// Back to a checkpoint, which stays and can be restored again. Fails with
    /// `checkpointNotFound`.
    @discardableResult
    package func restore(
        _ checkpoint: CheckpointID, as access: SandboxAccess
    ) async throws(TenancyError) -> WorldHead {
        try await move(to: checkpoint, access) { transaction, _ in
            let rows = try await transaction.run(CheckpointRows.read(checkpoint, access))
            guard let row = rows.first else { throw TenancyError.checkpointNotFound }
            return CheckpointRows.point(row)
        }
    }

    private func move(
        to checkpoint: CheckpointID?, _ access: SandboxAccess,
        by destination: (Transaction, LockedHead) async throws -> WorldPoint
    ) async throws(TenancyError) -> WorldHead {
        let now = clock.now()
        return try await storing {
            try await inTurn(as: access) { transaction in
                let rows = try await transaction.run(
                    LockedHead.lock(access.sandbox, of: access.tenant))
                guard let row = rows.first else { throw TenancyError.sandboxNotFound }
                let locked = LockedHead(row)
                let point = try await destination(transaction, locked)
                let layer = LayerID(now: now, random: random)
                let layers = LayerDepth.bound(
                    point.layers, transaction, access.tenant, now: now)
                transaction.enqueue(
                    LayerRows.insert(layer, of: access.sandbox, access.tenant, at: point, now: now))
                let moved = try await transaction.run(
                    HeadRows.move(to: layer, over: layers, point, access, now: now))
                transaction.enqueue(
                    DeliveryWrites.abandonUndone(access, after: point.stamp.revision, at: now))
                transaction.enqueue(LayerRows.mark(locked.head.layer, access.tenant, now: now))
                transaction.enqueue(Invalidation.sandbox(access.sandbox).call)
                let head = WorldHead(moved[0])
                access.trail?.note(
                    before: ["revision": .int(locked.head.stamp.revision)],
                    after: [
                        "revision": .int(head.stamp.revision),
                        "checkpoint": .string(orNull: checkpoint?.description),
                    ])
                return head
            }
        }
    }
}

enum HeadRows {
    /// Puts the head on a new layer: the next revision, the point's tick and clock, a new epoch.
    static func move(
        to layer: LayerID, over layers: [LayerPointer], _ point: WorldPoint,
        _ access: SandboxAccess, now: WallInstant
    ) -> Call {
        let mode = point.clockMode(at: now)
        let (offset, frozenAt) = ClockRows.columns(mode)
        return Call(
            moveStatement, .id(access.tenant), .id(access.sandbox), .id(layer), layers.ids,
            layers.revisions, .text(point.golden.name), .int(Int64(point.golden.version)),
            .int(point.stamp.tick), .int(point.seed), .instant(point.timeZero),
            .text(point.isFrozen ? "frozen" : "running"), offset, frozenAt, .instant(now))
    }

    private static let moveStatement = Statement(
        "head_move",
        """
        UPDATE sbx.sandbox_heads h
        SET layer_id = $3, ancestor_ids = $4, ancestor_revisions = $5::text[]::bigint[],
            golden_name = $6, golden_version = $7, revision = h.revision + 1,
            layer_revision = h.revision + 1, tick = $8, seed = $9, time_zero = $10,
            clock_mode = $11, clock_offset_us = $12, clock_frozen_at = $13,
            clock_epoch = h.clock_epoch + 1, owns_timers = cardinality($4::uuid[]) = 0,
            -- A move of the clock ends here; a running one is looked at, for its timers are others.
            advance = NULL, has_jobs = false, clock_claimed_until = NULL,
            wake_at = CASE WHEN $11 = 'running' THEN $14 END
        WHERE h.tenant_id = $1 AND h.sandbox_id = $2
        RETURNING \(WorldHead.columns)
        """)
}
