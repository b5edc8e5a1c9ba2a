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
    /// Fails at once with `idempotencyKeyInUse` while another call with the key runs. Other calls
    /// on the same sandbox wait for the row, so `body` must not wait for anything but its reads.
    package func transaction<Value>(
        as access: SandboxAccess, idempotency: IdempotencyScope? = nil, preloading: Preload = Preload(),
        _ body: (WorldTransaction) async throws -> Value
    ) async throws -> WorldOutcome<Value> {
        do {
            let (value, isDelivered) = try await database.transaction(as: access) { transaction in
                let world = try await begin(transaction, access, idempotency, preloading)
                let value = try await body(world)
                world.flush()
                return (value, world.isDelivered)
            }
            if isDelivered { onEvents() }
            return .committed(value)
        } catch let replay as Replay {
            return .replayed(replay.record)
        } catch let error as PostgresError {
            throw Self.tenancyError(error)
        }
    }

    /// Unwinds the transaction when there is nothing to run.
    private struct Replay: Error {
        let record: IdempotencyRecord
    }

    private func begin(
        _ transaction: Transaction, _ access: SandboxAccess, _ idempotency: IdempotencyScope?,
        _ preload: Preload
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
        let world = WorldTransaction(
            head: head, now: now, wall: wall, address: address, transaction: transaction)
        world.idempotency = idempotency
        for key in preload.entities { if let rows = answers.popFirst() { world.learn(key, rows) } }
        for account in preload.accounts {
            if let rows = answers.popFirst() { world.learn(account, rows) }
        }
        return world
    }

    private static func tenancyError(_ error: PostgresError) -> TenancyError {
        guard case .server(let server) = error, server.sqlState == IdempotencyScope.inUseState else {
            return .storage(error)
        }
        return .idempotencyKeyInUse
    }
}
