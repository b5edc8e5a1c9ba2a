import Access
import Postgres
import Runtime

// Calls of one sandbox in one database transaction, see `CommitGroup`.
extension WorldStore {
    /// As `attempt`, leading a group or as a guest of one. Fails with `Undone` where it has to be
    /// tried again alone.
    func sharedAttempt<Value>(
        as access: SandboxAccess, _ idempotency: IdempotencyScope?, _ preload: Preload,
        _ body: (WorldTransaction) async throws -> Value
    ) async throws -> WorldOutcome<Value> {
        try await outcome {
            try await sayingWhyBusy(access) {
                try await lines.inSharedTurn(
                    for: access.sandbox, key: idempotency?.lockHash(access),
                    patience: database.patience,
                    leading: { try await lead(at: $0, access, idempotency, preload, body) },
                    joining: { try await join($0, access, idempotency, preload, body) })
            }
        }
    }

    private func lead<Value>(
        at place: SandboxLines.Place, _ access: SandboxAccess, _ idempotency: IdempotencyScope?,
        _ preload: Preload, _ body: (WorldTransaction) async throws -> Value
    ) async throws -> Value {
        let group = CommitGroup()
        do {
            let (value, hasDelivered) = try await database.transaction(as: access) { transaction in
                let world = try await begin(
                    transaction, access, idempotency, preload, yieldsToClock: true)
                let value = try await body(world)
                world.endCall()
                group.open(world)
                while group.mayAdmit, lines.admitNext(to: group, at: place) {
                    await group.guestLeft()
                }
                world.finish()
                return (value, world.hasDelivered)
            }
            group.endCommitted()
            if hasDelivered { onEvents() }
            return value
        } catch {
            throw group.end(error)
        }
    }

    private func join<Value>(
        _ group: CommitGroup, _ access: SandboxAccess, _ idempotency: IdempotencyScope?,
        _ preload: Preload, _ body: (WorldTransaction) async throws -> Value
    ) async throws -> Value {
        guard let world = group.world else { preconditionFailure("a leader opens before it admits") }
        let mark = world.mark()
        let value: Value
        do {
            try await begin(in: world, access, idempotency, preload)
            value = try await body(world)
            world.endCall()
        } catch {
            let isUndone = world.transaction.failure != nil
            if !isUndone { world.goBack(to: mark) }
            group.leave()
            if isUndone { try await group.committed() }
            throw error
        }
        group.leave()
        try await group.committed()
        return value
    }

    /// What `begin` does, in a transaction that has the head's row already.
    private func begin(
        in world: WorldTransaction, _ access: SandboxAccess, _ idempotency: IdempotencyScope?,
        _ preload: Preload
    ) async throws {
        let wall = clock.now()
        let now = world.head.now(at: wall)
        if let wakeAt = world.nextWake, wakeAt <= wall, clockSeat.current != nil {
            throw ClockPause.due
        }
        try await world.sendWhatPiledUp()
        world.beginCall(at: now, wall: wall)
        let keys = preload.entities.filter { !world.isKnown($0) }
        let accounts = preload.accounts.filter { !world.isKnown($0) }
        var calls: [Call] = []
        if let idempotency {
            calls.append(idempotency.claim(access))
            calls.append(idempotency.read(address(access)))
        }
        calls.append(contentsOf: keys.map { WorldReads.entity(world.address, $0) })
        calls.append(contentsOf: accounts.map { WorldReads.balance(world.address, $0) })
        guard !calls.isEmpty else { return }
        var answers = try await world.transaction.run(calls)[...]
        if let idempotency {
            answers.removeFirst()
            if let records = answers.popFirst(),
                let record = try idempotency.record(records, now: now)
            {
                throw Replay(record: record)
            }
            world.idempotency = (idempotency, access)
        }
        for key in keys { if let rows = answers.popFirst() { world.learn(key, rows) } }
        for account in accounts { if let rows = answers.popFirst() { world.learn(account, rows) } }
    }
}
