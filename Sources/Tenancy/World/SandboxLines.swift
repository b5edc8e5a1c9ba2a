import Identifiers
import Postgres
import Runtime
import Synchronization

/// Where the transactions of one sandbox wait for each other: a line for each sandbox and loop.
///
/// They all take the sandbox's head row, so only one can be at work. If they waited for it in the
/// database, each would hold a connection of its loop's few meanwhile, and one busy sandbox would
/// take them all from its neighbours. Out of a line one goes at a time, so a sandbox never holds
/// more than one connection of a loop; lines of other loops and processes meet at the row. Whoever is
/// at work may admit the next in line to its own transaction, see ``CommitGroup``.
final class SandboxLines: Sendable {
    struct Place: Hashable {
        let loop: Int
        let sandbox: SandboxID
    }

    private struct Waiter {
        let number: UInt64
        let timer: LoopTimer
        /// Whether it may be a guest.
        let joins: Bool
        let continuation: UnsafeContinuation<Turn?, Never>
    }

    private enum Turn {
        case own
        /// In the transaction of whoever is at work.
        case shared(CommitGroup)
    }

    private struct State {
        /// Lines of which somebody is at work, with those behind, first come first.
        var lines: [Place: [Waiter]] = [:]
        /// Idempotency locks of all that are at work or wait, on whatever loop.
        var keys: Set<Int64> = []
        var nextNumber: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Runs `body` when its turn has come. Fails with `sandboxBusy` when that takes longer than
    /// `patience` or ``Limits/lineLength`` wait already, and at once with `idempotencyKeyInUse`
    /// when `key` is that of one who is at work or waits. Never to be nested: the inner one would
    /// wait for the outer one.
    func inTurn<Value>(
        for sandbox: SandboxID, key: Int64?, patience: Duration,
        _ body: () async throws -> Value
    ) async throws -> Value {
        try take(key)
        defer { giveBack(key) }
        let place = Self.place(of: sandbox)
        guard case .own = try await enter(place, patience, joins: false) else {
            preconditionFailure("who does not join is not admitted")
        }
        defer { leave(place) }
        return try await body()
    }

    /// The same for one whose work may share a transaction: `leading` is run in a turn of its own and
    /// may admit those behind it, `joining` in the transaction of one who leads.
    func inSharedTurn<Value>(
        for sandbox: SandboxID, key: Int64?, patience: Duration,
        leading: (Place) async throws -> Value, joining: (CommitGroup) async throws -> Value
    ) async throws -> Value {
        try take(key)
        defer { giveBack(key) }
        let place = Self.place(of: sandbox)
        switch try await enter(place, patience, joins: true) {
        case .own:
            defer { leave(place) }
            return try await leading(place)
        case .shared(let group):
            return try await joining(group)
        }
    }

    /// For whoever is at work: lets the next in line into its group. False where nobody waits, or the
    /// next one wants a turn of its own.
    func admitNext(to group: CommitGroup, at place: Place) -> Bool {
        let next = state.withLock { state -> Waiter? in
            guard state.lines[place]?.first?.joins == true else { return nil }
            return state.lines[place]?.removeFirst()
        }
        guard let next else { return false }
        next.timer.cancel()
        next.continuation.resume(returning: .shared(group))
        return true
    }

    private static func place(of sandbox: SandboxID) -> Place {
        guard let loop = EventLoop.current else {
            preconditionFailure("transactions run on an event loop")
        }
        return Place(loop: loop.index, sandbox: sandbox)
    }

    private func take(_ key: Int64?) throws(TenancyError) {
        guard let key else { return }
        guard state.withLock({ $0.keys.insert(key).inserted }) else { throw .idempotencyKeyInUse }
    }

    private func giveBack(_ key: Int64?) {
        guard let key else { return }
        _ = state.withLock { $0.keys.remove(key) }
    }

    private func enter(
        _ place: Place, _ patience: Duration, joins: Bool
    ) async throws(TenancyError) -> Turn {
        let waiting = state.withLock { state in
            let waiting = state.lines[place]?.count
            if waiting == nil { state.lines[place] = [] }
            return waiting
        }
        guard let waiting else { return .own }
        guard waiting < Limits.lineLength else { throw .sandboxBusy }
        // The line is this loop's alone: it is as it was when the task suspends.
        let turn = await withUnsafeContinuation { continuation in
            wait(continuation, in: place, patience, joins: joins)
        }
        guard let turn else { throw .sandboxBusy }
        return turn
    }

    private func wait(
        _ continuation: UnsafeContinuation<Turn?, Never>, in place: Place, _ patience: Duration,
        joins: Bool
    ) {
        guard let loop = EventLoop.current else { preconditionFailure("lines are of event loops") }
        state.withLock { state in
            let number = state.nextNumber
            state.nextNumber += 1
            let timer = loop.schedule(after: patience) { [self] in giveUp(number, in: place) }
            state.lines[place]?.append(
                Waiter(number: number, timer: timer, joins: joins, continuation: continuation))
        }
    }

    private func giveUp(_ number: UInt64, in place: Place) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.lines[place]?.firstIndex(where: { $0.number == number }) else {
                return nil
            }
            return state.lines[place]?.remove(at: index)
        }
        waiter?.continuation.resume(returning: nil)
    }

    /// Lets the next one through, who is then at work.
    private func leave(_ place: Place) {
        let next = state.withLock { state -> Waiter? in
            guard state.lines[place]?.isEmpty == false else {
                state.lines[place] = nil
                return nil
            }
            return state.lines[place]?.removeFirst()
        }
        next?.timer.cancel()
        next?.continuation.resume(returning: .own)
    }
}
