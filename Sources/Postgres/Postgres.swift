package import Runtime

/// The database as one role sees it. Per event loop: one shared lane for closed read batches, one
/// pool for units of work and one for lists and searches.
///
/// Everything runs on the loop of the calling task; the functions trap elsewhere. Cancelling a
/// task does not interrupt it here: every wait has a bound of seconds in `Limits`.
package final class Postgres: Sendable {
    package enum PoolKind: Sendable {
        /// Units of work that mutate.
        case commit
        /// Lists and searches, which may take long and must starve nothing else.
        case search
    }

    private struct Share: Sendable {
        let loop: EventLoop
        let lane: ReadLane
        let commit: ConnectionPool
        let search: ConnectionPool
    }

    private let configuration: PostgresConfiguration
    /// By the loop's index.
    private let shares: [Share?]

    package init(_ configuration: PostgresConfiguration, loops: [EventLoop]) {
        self.configuration = configuration
        var shares = [Share?](repeating: nil, count: (loops.map(\.index).max() ?? -1) + 1)
        for loop in loops { shares[loop.index] = Self.share(configuration, loop) }
        self.shares = shares
    }

    /// How long a transaction waits for a connection; then it is refused with `poolExhausted`.
    package var patience: Duration { configuration.poolWait }

    /// Connects every loop's lane ahead of its first read.
    package func warmUp() {
        for share in shares {
            guard let share else { continue }
            share.loop.submit { share.lane.warmUp() }
        }
    }

    /// A closed batch: all statements known, reads only, by key, no locks. They leave together
    /// with one Sync, so they are one implicit transaction; the first error is the batch's, and
    /// nobody else's. Throws `server`, `unavailable`, `poolExhausted` or `timedOut`.
    package func read(_ calls: [Call]) async throws(PostgresError) -> [Rows] {
        try await share.lane.read(calls)
    }

    package func read(_ call: Call) async throws(PostgresError) -> Rows {
        try await read([call])[0]
    }

    /// Runs `body` in one transaction: commits when it returns, rolls back when it throws. The
    /// error of a failed statement is thrown even if `body` swallowed it. Never to be nested: the
    /// inner one would wait for a connection that the outer one holds.
    package func transaction<T>(
        on kind: PoolKind = .commit, _ body: (Transaction) async throws -> T
    ) async throws -> T {
        let pool = pool(kind)
        let connection = try await pool.lease()
        defer { pool.release(connection) }
        let transaction = Transaction(connection, statementLimit: pool.statementLimit)
        let value: T
        do {
            value = try await body(transaction)
        } catch {
            await transaction.rollback()
            throw error
        }
        try await transaction.commit()
        return value
    }

    /// Opens a writer for COPY on the current loop; see `CopyWriter`.
    package func makeCopyWriter() -> CopyWriter {
        CopyWriter(configuration, on: share.loop)
    }

    /// Hears NOTIFY on a connection of its own, on any loop of ours; see `Listener`.
    package func makeListener(
        on loop: EventLoop, channels: [String],
        _ onEvent: @escaping @Sendable (Listener.Event) -> Void
    ) -> Listener {
        Listener(configuration, on: loop, channels: channels, onEvent)
    }

    /// Closes all connections; who still waits hears `unavailable` or `connectionLost`. Returns
    /// when every loop has done so.
    package func shutdown() async {
        for share in shares {
            guard let share else { continue }
            await withUnsafeContinuation { continuation in
                share.loop.submit {
                    share.lane.close()
                    share.commit.close()
                    share.search.close()
                    continuation.resume()
                }
            }
        }
    }

    private var share: Share {
        guard let loop = EventLoop.current, loop.index < shares.count,
            let share = shares[loop.index], share.loop === loop
        else { preconditionFailure("Postgres is used on its event loops") }
        return share
    }

    private func pool(_ kind: PoolKind) -> ConnectionPool {
        switch kind {
        case .commit: share.commit
        case .search: share.search
        }
    }

    private static func share(_ configuration: PostgresConfiguration, _ loop: EventLoop) -> Share {
        Share(
            loop: loop, lane: ReadLane(configuration, on: loop),
            commit: ConnectionPool(
                configuration, on: loop, purpose: "commit",
                connectionsMax: configuration.commitConnectionsPerLoop,
                statementMilliseconds: Limits.commitStatementMilliseconds),
            search: ConnectionPool(
                configuration, on: loop, purpose: "search",
                connectionsMax: configuration.searchConnectionsPerLoop,
                statementMilliseconds: Limits.searchStatementMilliseconds))
    }
}
