import Runtime

/// A loop's bounded set of connections for one kind of work. A task holds one at a time; beyond
/// the bound it waits in line, and beyond the line's bound or the deadline it is refused.
final class ConnectionPool: @unchecked Sendable {
    // Loop-confined: `Postgres` finds it through the current loop.

    typealias Lease = Result<PipelinedConnection, PostgresError>

    private struct Waiter {
        let deadline: MonotonicInstant
        let continuation: UnsafeContinuation<UncheckedLease, Never>
    }

    /// Carries a loop-confined connection to a task of the same loop.
    struct UncheckedLease: @unchecked Sendable {
        // Resumed and awaited on one loop.
        let lease: Lease
    }

    let purpose: String
    let statementLimit: Duration
    private let loop: EventLoop
    private let configuration: PostgresConfiguration
    private let settings: SessionSettings
    private let connectionsMax: Int
    private var idle: [PipelinedConnection] = []
    private var connecting: [PipelinedConnection] = []
    private var leased = 0
    private var waiters = FIFO<Waiter>()
    private var timer: LoopTimer?
    private var backoff: Backoff
    private var refusingUntil: MonotonicInstant?
    private var isClosed = false

    init(
        _ configuration: PostgresConfiguration, on loop: EventLoop, purpose: String,
        connectionsMax: Int, statementMilliseconds: Int
    ) {
        self.loop = loop
        self.configuration = configuration
        self.purpose = purpose
        self.connectionsMax = connectionsMax
        statementLimit = .milliseconds(statementMilliseconds) + Limits.serverGrace
        settings = configuration.settings(
            purpose, statementMilliseconds: statementMilliseconds,
            idleMilliseconds: configuration.idleInTransactionMilliseconds,
            lockMilliseconds: Limits.lockMilliseconds)
        backoff = Backoff(random: configuration.random)
    }

    /// A connection for this task alone, to be given back with `release`.
    func lease() async throws(PostgresError) -> PipelinedConnection {
        if let connection = idle.popLast() {
            leased += 1
            return connection
        }
        if let error = refusal() { throw error }
        return try await withUnsafeContinuation { continuation in
            wait(continuation)
        }.lease.get()
    }

    /// Takes a connection back; one that broke or is not clean is closed.
    func release(_ connection: PipelinedConnection) {
        leased -= 1
        if connection.isClean, !isClosed {
            offer(connection)
        } else {
            connection.close()
            openForWaiters()
        }
    }

    func close() {
        isClosed = true
        for connection in idle + connecting { connection.close() }
        idle = []
        connecting = []
        failWaiters(.unavailable(retryAfter: Limits.reconnectDelay))
    }

    private func refusal() -> PostgresError? {
        if isClosed { return .unavailable(retryAfter: Limits.reconnectDelay) }
        if let refusingUntil, loop.now < refusingUntil {
            return .unavailable(retryAfter: refusingUntil - loop.now)
        }
        return waiters.count < Limits.poolWaiters ? nil : .poolExhausted
    }
}

// MARK: - Waiting in line

extension ConnectionPool {
    private func wait(_ continuation: UnsafeContinuation<UncheckedLease, Never>) {
        let deadline = loop.now + configuration.poolWait
        waiters.append(Waiter(deadline: deadline, continuation: continuation))
        openForWaiters()
        startTimer(deadline)
    }

    private func startTimer(_ deadline: MonotonicInstant) {
        guard timer == nil else { return }
        timer = loop.schedule(after: max(deadline - loop.now, .milliseconds(1))) { [weak self] in
            self?.timer = nil
            self?.refuseLate()
        }
    }

    private func refuseLate() {
        while let waiter = waiters.first, waiter.deadline <= loop.now {
            _ = waiters.popFirst()
            resume(waiter, .failure(.poolExhausted))
        }
        if let waiter = waiters.first { startTimer(waiter.deadline) }
    }

    private func offer(_ connection: PipelinedConnection) {
        guard let waiter = waiters.popFirst() else { return idle.append(connection) }
        leased += 1
        resume(waiter, .success(connection))
    }

    private func failWaiters(_ error: PostgresError) {
        for waiter in waiters.takeAll() { resume(waiter, .failure(error)) }
    }

    private func resume(_ waiter: Waiter, _ lease: Lease) {
        waiter.continuation.resume(returning: UncheckedLease(lease: lease))
    }
}

// MARK: - Opening

extension ConnectionPool: PipelinedConnectionOwner {
    private func openForWaiters() {
        while !isClosed, connecting.count < waiters.count,
            leased + idle.count + connecting.count < connectionsMax
        {
            let connection = PipelinedConnection(on: loop, owner: self)
            connecting.append(connection)
            connection.open(configuration.address, settings)
        }
    }

    func opened(_ connection: PipelinedConnection) {
        connecting.removeAll { $0 === connection }
        backoff.reset()
        refusingUntil = nil
        configuration.onEvent(.connected(purpose: purpose))
        offer(connection)
    }

    func ended(_ connection: PipelinedConnection, reason: String) {
        if let index = connecting.firstIndex(where: { $0 === connection }) {
            connecting.remove(at: index)
            failed(reason)
        } else {
            // A leased one is noticed by whoever holds it.
            idle.removeAll { $0 === connection }
            configuration.onEvent(.connectionLost(purpose: purpose, reason: reason))
        }
    }

    /// The server is away: nobody waits for it to come back, and nobody asks again too soon.
    private func failed(_ reason: String) {
        configuration.onEvent(.connectFailed(purpose: purpose, reason: reason))
        if refusingUntil.map({ $0 <= loop.now }) ?? true {
            let delay = backoff.next()
            refusingUntil = loop.now + delay
        }
        let rest = refusingUntil.map { max($0 - loop.now, .zero) } ?? .zero
        failWaiters(.unavailable(retryAfter: rest))
    }
}
