package import Access
package import Identifiers
import Postgres
import Runtime

// Dry-run sessions: calls run for real, on a layer of their own over the sandbox's world, and
// leave no trace in it unless the session is promoted.
extension WorldStore {
    /// Opens the session `name` of 1 to ``Limits/dryRunNameBytes`` bytes over the world as it
    /// stands, or answers the one that is open under that name. Its draws are salted, so that ids
    /// made in it are never those that the sandbox makes later; a preview, which shall show what
    /// the sandbox would do, is not. Fails with `dryRunsFull` at ``Limits/dryRuns``.
    package func openDryRun(
        _ name: String, isPreview: Bool = false, as access: SandboxAccess
    ) async throws(TenancyError) -> DryRunID {
        guard (1...Limits.dryRunNameBytes).contains(name.utf8.count) else {
            throw .invalid(member: "session", rule: "1 to \(Limits.dryRunNameBytes) bytes")
        }
        return try await storing {
            try await inTurn(as: access) { transaction in
                let rows = try await transaction.run([
                    LockedHead.lock(access.sandbox, of: access.tenant),
                    DryRunRows.find(name: name, access), DryRunRows.count(access),
                ])
                guard let row = rows[0].first else { throw TenancyError.sandboxNotFound }
                if let open = rows[1].first { return open.id(0) }
                guard rows[2][0].int(0) < Limits.dryRuns else {
                    throw TenancyError.dryRunsFull(limit: Limits.dryRuns)
                }
                return open(name, isPreview, over: LockedHead(row), transaction, access)
            }
        }
    }

    private func open(
        _ name: String, _ isPreview: Bool, over locked: LockedHead, _ transaction: Transaction,
        _ access: SandboxAccess
    ) -> DryRunID {
        let now = clock.now()
        let (id, layer) = (DryRunID(now: now, random: random), LayerID(now: now, random: random))
        let point = locked.point(at: now)
        let salt = isPreview ? 0 : Self.salt(name, point)
        let layers = LayerDepth.bound(point.layers, transaction, access.tenant, now: now)
        transaction.enqueue(
            LayerRows.insert(
                layer, of: access.sandbox, access.tenant, at: point, salt: salt, now: now))
        transaction.enqueue(
            DryRunRows.insert(
                id, name, on: layer, over: layers, point, salt: salt,
                epoch: locked.head.clock.epoch, access, now: now))
        return id
    }

    /// Never 0. A function of the seed, the tick and the session's name, as all that is drawn.
    private static func salt(_ name: String, _ point: WorldPoint) -> Int64 {
        var draws = Draws(
            seed: point.seed, salt: 0, tick: point.stamp.tick, rule: "dry_run:" + name)
        return Int64(draws.next() >> 1 | 1)
    }

    /// Throws the session away. Fails with `dryRunNotFound`.
    package func discard(
        _ session: DryRunID, as access: SandboxAccess
    ) async throws(TenancyError) {
        let now = clock.now()
        try await storing {
            try await database.transaction(as: access) { transaction in
                let rows = try await transaction.run(DryRunRows.delete(session, access))
                guard let row = rows.first else { throw TenancyError.dryRunNotFound }
                transaction.enqueue(LayerRows.mark(row.id(0), access.tenant, now: now))
            }
        }
    }

    /// Carries what the session did over to the sandbox in one commit of one tick, and ends it:
    /// objects under their ids, ledger transactions on today's balances, events, timers. The clock
    /// is not carried over. Fails with `dryRunConflict` when an object that the session touched is
    /// another in the sandbox than it was when the session began: nothing is changed then and the
    /// session stays; with `dryRunTooLarge` beyond ``Limits/writesPerCommit``, and with
    /// `dryRunNotFound`. Answers the commit's revision and tick.
    package func promote(
        _ session: DryRunID, as access: SandboxAccess
    ) async throws(TenancyError) -> WorldStamp {
        let now = clock.now()
        let outcome = try await storing {
            try await transaction(as: access) { world in
                let rows = try await world.transaction.run([
                    DryRunRows.touched(session, access), DryRunRows.entries(session, access),
                    DryRunRows.events(session, access), DryRunRows.timers(session, access),
                    DryRunRows.delete(session, access),
                ])
                guard let ended = rows[4].first else { throw TenancyError.dryRunNotFound }
                let writes = rows[0].count + rows[1].count + rows[2].count + rows[3].count
                guard writes <= Limits.writesPerCommit else {
                    throw TenancyError.dryRunTooLarge(limit: Limits.writesPerCommit)
                }
                try await Promotion(world).apply(
                    objects: rows[0], entries: rows[1], events: rows[2], timers: rows[3])
                world.transaction.enqueue(LayerRows.mark(ended.id(0), access.tenant, now: now))
                return world.head.stamp
            }
        }
        guard case .committed(let stamp) = outcome else {
            preconditionFailure("no idempotency key was claimed")
        }
        return stamp
    }
}
