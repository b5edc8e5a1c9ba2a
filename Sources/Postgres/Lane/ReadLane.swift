import Runtime

/// A loop's shared connection for closed read batches.
///
/// Many requests of a tick put their batches on it one behind the other, each with a Sync of its
/// own: sharing one would let an error abort its neighbours and settings leak between them.
///
///     idle ──read──▶ connecting ◀──lost── open       callers wait for the session,
///                      │  ▲  └──────────────▲         `connectDeadline` at most
///                 failed  delay over
///                      ▼  │
///                     waiting                        callers are refused with retryAfter
final class ReadLane: @unchecked Sendable {
    // Loop-confined: `Postgres.read` finds it through the current loop.

    private enum State {
        case idle
        case connecting(PipelinedConnection)
        case open(PipelinedConnection)
        case waiting(until: MonotonicInstant)
        case closed
    }

    private struct Batch {
        let calls: [Call]
        let deadline: MonotonicInstant
        let continuation: RowsContinuation
    }

    private static let purpose = "lane"

    private let loop: EventLoop
    private let configuration: PostgresConfiguration
    private var state = State.idle
    private var queue = FIFO<Batch>()
    private var backoff: Backoff

    init(_ configuration: PostgresConfiguration, on loop: EventLoop) {
        self.loop = loop
        self.configuration = configuration
        backoff = Backoff(random: configuration.random)
    }

    func read(_ calls: [Call]) async throws(PostgresError) -> [Rows] {
        try await withUnsafeContinuation { continuation in
            enqueue(calls, continuation)
        }.get()
    }

    /// Connects before the first read asks for it.
    func warmUp() {
        if case .idle = state { connect() }
    }

    func close() {
        if case .open(let connection) = state { connection.close() }
        if case .connecting(let connection) = state { connection.close() }
        state = .closed
        failQueue(.unavailable(retryAfter: Limits.reconnectDelay))
    }

    private func enqueue(_ calls: [Call], _ continuation: RowsContinuation) {
        switch state {
        case .open(let connection):
            guard connection.inFlight < Limits.laneBatchesInFlight else {
                return continuation.resume(returning: .failure(.poolExhausted))
            }
            connection.send(calls, within: Limits.laneBatchDeadline, continuation)
        case .idle, .connecting:
            guard queue.count < Limits.laneBatchesInFlight else {
                return continuation.resume(returning: .failure(.poolExhausted))
            }
            let deadline = loop.now + Limits.laneBatchDeadline
            queue.append(Batch(calls: calls, deadline: deadline, continuation: continuation))
            if case .idle = state { connect() }
        case .waiting(let until):
            let retryAfter = max(until - loop.now, .zero)
            continuation.resume(returning: .failure(.unavailable(retryAfter: retryAfter)))
        case .closed:
            let error = PostgresError.unavailable(retryAfter: Limits.reconnectDelay)
            continuation.resume(returning: .failure(error))
        }
    }

    private func connect() {
        let connection = PipelinedConnection(
            on: loop, owner: self, lossError: .unavailable(retryAfter: Limits.reconnectDelay))
        state = .connecting(connection)
        let settings = configuration.settings(
            Self.purpose, statementMilliseconds: Limits.laneStatementMilliseconds)
        connection.open(configuration.address, settings)
    }

    private func failQueue(_ error: PostgresError) {
        for batch in queue.takeAll() { batch.continuation.resume(returning: .failure(error)) }
    }
}

extension ReadLane: PipelinedConnectionOwner {
    func opened(_ connection: PipelinedConnection) {
        state = .open(connection)
        backoff.reset()
        configuration.onEvent(.connected(purpose: Self.purpose))
        for batch in queue.takeAll() {
            let rest = max(batch.deadline - loop.now, .zero)
            connection.send(batch.calls, within: rest, batch.continuation)
        }
    }

    /// Lost: once at once, because usually one session ended and not the server. Failed: later.
    func ended(_ connection: PipelinedConnection, reason: String) {
        switch state {
        case .open:
            configuration.onEvent(.connectionLost(purpose: Self.purpose, reason: reason))
            connect()
        case .connecting:
            configuration.onEvent(.connectFailed(purpose: Self.purpose, reason: reason))
            waitAndConnect()
        case .idle, .waiting, .closed: break
        }
    }

    private func waitAndConnect() {
        let delay = backoff.next()
        state = .waiting(until: loop.now + delay)
        failQueue(.unavailable(retryAfter: delay))
        loop.schedule(after: delay) { [weak self] in
            guard let self, case .waiting = state else { return }
            connect()
        }
    }
}
