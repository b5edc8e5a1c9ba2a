import Runtime

/// A unit of work on one pooled connection. Made by `Postgres.transaction`; belongs to that task
/// and that closure.
///
///     notBegun ──run──▶ open ──error──▶ failed ──▶ ended
///         └───────────────┴──── commit or rollback ──▲
///
/// BEGIN leaves with the first round trip and COMMIT with the last: two round trips for a
/// read–decide–write, one for a write that was only enqueued.
package final class Transaction {
    private enum State {
        case notBegun
        case open
        case failed(PostgresError)
        case ended
    }

    private static let begin = Call(Statement("sbx_begin", "BEGIN"))
    private static let commit = Call(Statement("sbx_commit", "COMMIT"))
    private static let rollback = Call(Statement("sbx_rollback", "ROLLBACK"))

    private let connection: PipelinedConnection
    private let statementLimit: Duration
    private var state = State.notBegun
    private var enqueued: [Call] = []
    private var isRunning = false

    init(_ connection: PipelinedConnection, statementLimit: Duration) {
        self.connection = connection
        self.statementLimit = statementLimit
    }

    /// Puts a statement off to the next `run` or the commit. Its error, if any, comes from there.
    package func enqueue(_ call: Call) {
        checkUsable()
        precondition(enqueued.count < Limits.enqueuedCalls, "too many calls put off")
        enqueued.append(call)
    }

    /// One round trip: everything enqueued, then these; answers with the rows of these. After an
    /// error the transaction is over, and everything but its end throws the same again.
    package func run(_ calls: [Call]) async throws(PostgresError) -> [Rows] {
        checkUsable()
        if case .failed(let error) = state { throw error }
        let rows = try await roundTrip(with: calls, commits: false)
        return Array(rows.suffix(calls.count))
    }

    package func run(_ call: Call) async throws(PostgresError) -> Rows {
        try await run([call])[0]
    }

    /// What has failed, so that nothing of the transaction will stand; nil while it may.
    package var failure: PostgresError? {
        if case .failed(let error) = state { error } else { nil }
    }

    /// Ends the work for good. `connectionLost(outcomeUnknown: true)`: it may stand.
    func commit() async throws(PostgresError) {
        checkUsable()
        if case .failed(let error) = state {
            await rollback()
            throw error
        }
        defer { state = .ended }
        if case .notBegun = state, enqueued.isEmpty { return }
        do throws(PostgresError) {
            _ = try await roundTrip(with: [Self.commit], commits: true)
        } catch {
            await rollback()
            throw error
        }
    }

    /// Undoes everything. A connection on which that fails is closed, which undoes it as well.
    func rollback() async {
        precondition(!isRunning, "a transaction ended while a round trip ran")
        let mustTell = if case .notBegun = state { false } else { true }
        state = .ended
        guard mustTell, connection.isOpen else { return }
        let outcome = await send([Self.rollback], commits: false)
        if case .failure = outcome { connection.close() }
    }

    private func roundTrip(
        with last: [Call], commits: Bool
    ) async throws(PostgresError) -> [Rows] {
        var calls = enqueued + last
        enqueued.removeAll()
        if case .notBegun = state { calls.insert(Self.begin, at: 0) }
        state = .open
        guard !calls.isEmpty else { return [] }
        isRunning = true
        let outcome = await send(calls, commits: commits)
        isRunning = false
        switch outcome {
        case .success(let rows):
            return rows
        case .failure(.timedOut):
            // The answer may still come, and nobody is left to take it.
            connection.close()
            state = .failed(.connectionLost(outcomeUnknown: commits))
            throw .connectionLost(outcomeUnknown: commits)
        case .failure(let error):
            state = .failed(error)
            throw error
        }
    }

    private func send(_ calls: [Call], commits: Bool) async -> Result<[Rows], PostgresError> {
        guard connection.isOpen else { return .failure(.connectionLost(outcomeUnknown: false)) }
        let limit = statementLimit
        return await withUnsafeContinuation { continuation in
            connection.send(calls, within: limit, commits: commits, continuation)
        }
    }

    private func checkUsable() {
        precondition(!isRunning, "a transaction takes one round trip at a time")
        if case .ended = state { preconditionFailure("used after its transaction's end") }
    }
}
