package import Access
import Postgres
import Runtime

/// What a world transaction came to.
package enum WorldOutcome<Value> {
    /// Committed with the value that its body gave.
    case committed(Value)
    /// An earlier call with the same idempotency key has answered; nothing was run.
    case replayed(IdempotencyRecord)
}

/// What a transaction reads in its first round trip.
package struct Preload: Sendable {
    package var entities: [EntityKey]
    package var accounts: [LedgerAccount]

    package init(entities: [EntityKey] = [], accounts: [LedgerAccount] = []) {
        self.entities = entities
        self.accounts = accounts
    }
}

extension WorldStore {
    /// Runs one mutating call. First round trip: claim of the idempotency key and its record, lock
    /// of the head row with the call's revision and tick, preloads. Last round trip: all writes
    /// with the COMMIT. An error of `body` rolls everything back, the tick too, and is thrown on.
    ///
    /// Fails at once with `idempotencyKeyInUse` while another call of this process with the key
    /// runs or waits, or one of another process runs. Other calls on the same sandbox wait for this
    /// one, so `body` must not wait for anything but its reads; they fail with `sandboxBusy` when
    /// that takes too long.
    ///
    /// A call that is `sharing` may be committed together with others of the sandbox that wait with
    /// it, each with a revision and a tick of its own; its `body` may then be run twice, the first
    /// time for nothing, so it must do nothing but what it does to the world.
    ///
    /// A call that finds the clock being moved waits at most `Limits.clockWait`, then fails with
    /// `clockAdvancing`. One that finds timers due has them fired first, within the same bound.
    package func transaction<Value>(
        as access: SandboxAccess, idempotency: IdempotencyScope? = nil, preloading: Preload = Preload(),
        sharing: Bool = false, _ body: (WorldTransaction) async throws -> Value
    ) async throws -> WorldOutcome<Value> {
        let deadline = MonotonicInstant.now() + Limits.clockWait
        while true {
            do {
                if sharing, session == nil, access.trail == nil {
                    do {
                        return try await sharedAttempt(as: access, idempotency, preloading, body)
                    } catch is CommitGroup.Undone {}
                }
                return try await attempt(
                    as: access, idempotency, preloading, yieldsToClock: true, body)
            } catch let pause as ClockPause {
                guard MonotonicInstant.now() < deadline else { throw TenancyError.clockAdvancing }
                switch pause {
                case .advancing: await EventLoop.current?.sleep(for: Limits.clockPoll)
                case .due:
                    // What is due is not what this call does.
                    try await clockSeat.current?.fireDue(as: access.withoutTrail, until: deadline)
                }
            }
        }
    }

    /// A transaction of whoever moves the clock. Like others it takes a revision and a tick; it
    /// does not mind a move that is under way, nor timers that are due. Fails with
    /// `clockAdvancing` or `sandboxBusy` when its turn does not come.
    package func clockTransaction<Value>(
        as access: SandboxAccess, _ body: (WorldTransaction) async throws -> Value
    ) async throws -> Value {
        let outcome = try await attempt(as: access, nil, Preload(), yieldsToClock: false, body)
        guard case .committed(let value) = outcome else {
            preconditionFailure("nothing is replayed without a key")
        }
        return value
    }

    func attempt<Value>(
        as access: SandboxAccess, _ idempotency: IdempotencyScope?, _ preload: Preload,
        yieldsToClock: Bool, _ body: (WorldTransaction) async throws -> Value
    ) async throws -> WorldOutcome<Value> {
        try await outcome {
            let key = idempotency?.lockHash(access)
            let (value, hasDelivered) = try await inTurn(as: access, key: key) { transaction in
                let world = try await begin(
                    transaction, access, idempotency, preload, yieldsToClock: yieldsToClock)
                let value = try await body(world)
                world.finish()
                return (value, world.hasDelivered)
            }
            if hasDelivered { onEvents() }
            return value
        }
    }

    /// What a transaction came to, with the database's errors in the module's type.
    func outcome<Value>(
        _ transact: () async throws -> Value
    ) async throws -> WorldOutcome<Value> {
        do {
            return .committed(try await transact())
        } catch let replay as Replay {
            return .replayed(replay.record)
        } catch let error as PostgresError {
            throw Self.tenancyError(error)
        }
    }

    /// Unwinds the transaction when there is nothing to run.
    struct Replay: Error {
        let record: IdempotencyRecord
    }

    func begin(
        _ transaction: Transaction, _ access: SandboxAccess, _ idempotency: IdempotencyScope?,
        _ preload: Preload, yieldsToClock: Bool
    ) async throws -> WorldTransaction {
        let address = self.address(access)
        var calls: [Call] = []
        if let idempotency {
            calls.append(idempotency.claim(access))
            calls.append(idempotency.read(address))
        }
        calls.append(WorldWrites.takeTick(address))
        calls.append(contentsOf: preload.entities.map { WorldReads.entity(address, $0) })
        calls.append(contentsOf: preload.accounts.map { WorldReads.balance(address, $0) })
        var answers = try await transaction.run(calls)[...]
        if idempotency != nil { answers.removeFirst() }
        let records = idempotency == nil ? nil : answers.popFirst()
        guard let heads = answers.popFirst(), heads.count == 1 else {
            throw TenancyError.sandboxNotFound
        }
        let head = WorldHead(heads[0])
        let wall = clock.now()
        let now = head.now(at: wall)
        if let idempotency, let records,
            let record = try idempotency.record(records, now: now)
        {
            throw Replay(record: record)
        }
        if yieldsToClock {
            guard head.advance == nil else { throw ClockPause.advancing }
            if let wakeAt = head.wakeAt, wakeAt <= wall, clockSeat.current != nil {
                throw ClockPause.due
            }
        }
        let world = WorldTransaction(
            head: head, now: now, wall: wall, address: address, transaction: transaction)
        world.idempotency = idempotency.map { ($0, access) }
        for key in preload.entities { if let rows = answers.popFirst() { world.learn(key, rows) } }
        for account in preload.accounts {
            if let rows = answers.popFirst() { world.learn(account, rows) }
        }
        return world
    }

    private static func tenancyError(_ error: PostgresError) -> TenancyError {
        error.serverError?.sqlState == IdempotencyScope.inUseState
            ? .idempotencyKeyInUse : .storage(error)
    }
}
