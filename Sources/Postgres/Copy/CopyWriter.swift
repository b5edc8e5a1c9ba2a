import CPQ
import Runtime

/// Writes rows by COPY over a connection of its own: the fastest way into a table, without
/// row-level security (the server refuses COPY on tables that have it, except for a role that
/// bypasses it). One COPY at a time; connects on first use and again after a loss.
///
///     closed ─▶ connecting ─▶ ready ─▶ starting ─▶ copying ─▶ finishing ─▶ ready
package final class CopyWriter: @unchecked Sendable {
    // Loop-confined: asserted by `LoopConnection.open`.

    /// How the rows are written; `CopyRows` writes text.
    package enum Format: String, Sendable { case text, binary }

    private enum State { case closed, connecting, ready, starting, copying, finishing }

    private typealias Step = UnsafeContinuation<Result<Int, PostgresError>, Never>

    private static let purpose = "copy"

    private let loop: EventLoop
    private let configuration: PostgresConfiguration
    private var state = State.closed
    private var connection: LoopConnection?
    private var waiting: Step?
    private var timer: LoopTimer?
    private var failure: PostgresError?
    private var copied = 0

    init(_ configuration: PostgresConfiguration, on loop: EventLoop) {
        self.loop = loop
        self.configuration = configuration
    }

    /// Writes encoded rows, such as `CopyRows.bytes`, into `target`, a literal `table (columns)`,
    /// and returns how many the server counted. Header and trailer of the binary format belong to
    /// the rows. All or none of them are stored; after `connectionLost(outcomeUnknown: true)`
    /// either may be true.
    package func copy(
        into target: String, _ rows: [UInt8], format: Format = .text
    ) async throws(PostgresError) -> Int {
        try await begin(target, format: format)
        try await append(rows)
        return try await finish()
    }

    /// Opens a COPY for rows that come in pieces.
    package func begin(
        _ target: String, format: Format = .text
    ) async throws(PostgresError) {
        loop.assertCurrent()
        precondition(waiting == nil, "one COPY at a time")
        if state == .closed { _ = try await step { connect() } }
        precondition(state == .ready, "one COPY at a time")
        state = .starting
        _ = try await step {
            let sql = "COPY \(target) FROM STDIN (FORMAT \(format.rawValue))"
            if PQsendQuery(connection?.handle, sql) == 1 {
                connection?.flush()
            } else {
                connection?.end(connection?.libpqMessage ?? "")
            }
        }
    }

    /// Hands over whole rows; waits while the socket is behind.
    package func append(_ rows: [UInt8]) async throws(PostgresError) {
        var rest = rows[...]
        while !rest.isEmpty {
            guard state == .copying, let connection else {
                throw failure ?? .connectionLost(outcomeUnknown: false)
            }
            let piece = rest.prefix(Limits.copyBufferBytes)
            let accepted = piece.withUnsafeBytes { bytes in
                PQputCopyData(
                    connection.handle, bytes.baseAddress!.assumingMemoryBound(to: CChar.self),
                    CInt(bytes.count))
            }
            if accepted == 1 { rest = rest.dropFirst(piece.count) }
            guard accepted >= 0, connection.flush() else {
                throw lost(commits: false)
            }
            if !connection.isFlushed { _ = try await step {} }
        }
    }

    /// Ends the COPY; returns when the rows are stored.
    package func finish() async throws(PostgresError) -> Int {
        guard state == .copying, let connection else {
            throw failure ?? .connectionLost(outcomeUnknown: false)
        }
        state = .finishing
        return try await step {
            if PQputCopyEnd(connection.handle, nil) == 1 {
                connection.flush()
            } else {
                connection.end(connection.libpqMessage)
            }
        }
    }

    /// Closes the connection; an open COPY stores nothing.
    package func close() {
        loop.assertCurrent()
        connection?.close()
        resume(.failure(.connectionLost(outcomeUnknown: state == .finishing)))
        state = .closed
    }

    private func connect() {
        state = .connecting
        failure = nil
        let connection = LoopConnection(on: loop, owner: self)
        self.connection = connection
        let limit = Int(Limits.copyDeadline.milliseconds)
        connection.open(
            configuration.address,
            configuration.settings(Self.purpose, statementMilliseconds: limit))
    }

    private func lost(commits: Bool) -> PostgresError {
        failure ?? .connectionLost(outcomeUnknown: commits)
    }

    /// Starts something and waits for its outcome, under a deadline.
    private func step(_ start: () -> Void) async throws(PostgresError) -> Int {
        failure = nil
        return try await withUnsafeContinuation { (continuation: Step) in
            waiting = continuation
            timer = loop.schedule(after: Limits.copyDeadline) { [weak self] in
                self?.connection?.end("COPY got no answer")
            }
            start()
        }.get()
    }

    private func resume(_ outcome: Result<Int, PostgresError>) {
        timer?.cancel()
        timer = nil
        let continuation = waiting
        waiting = nil
        continuation?.resume(returning: outcome)
    }
}

extension CopyWriter: LoopConnectionOwner {
    func opened(_ connection: LoopConnection) {
        state = .ready
        configuration.onEvent(.connected(purpose: Self.purpose))
        resume(.success(0))
    }

    func received(_ connection: LoopConnection) {
        while let handle = connection.handle, PQisBusy(handle) == 0, state != .ready {
            guard let result = PQgetResult(handle) else { return endOfResults() }
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_COPY_IN:
                // libpq repeats this for as long as the COPY is open.
                guard state == .starting else { return }
                state = .copying
                return resume(.success(0))
            case PGRES_COMMAND_OK:
                copied = Int(PQcmdTuples(result).map { String(cString: $0) } ?? "") ?? 0
            default:
                fail(ServerError(result), connection)
            }
        }
    }

    private func fail(_ error: ServerError, _ connection: LoopConnection) {
        failure = failure ?? .server(error)
        if error.endsSession {
            failure = .connectionLost(outcomeUnknown: state == .finishing)
            connection.end(error.message)
        }
    }

    func drained(_ connection: LoopConnection) {
        if state == .copying { resume(.success(0)) }
    }

    /// The server is done with the command, well or not, and ready for the next.
    private func endOfResults() {
        state = .ready
        if let failure { resume(.failure(failure)) } else { resume(.success(copied)) }
    }

    func ended(_ connection: LoopConnection, reason: String) {
        let wasFinishing = state == .finishing
        let wasConnecting = state == .connecting
        state = .closed
        self.connection = nil
        if wasConnecting {
            configuration.onEvent(.connectFailed(purpose: Self.purpose, reason: reason))
            resume(.failure(.unavailable(retryAfter: Limits.reconnectDelay)))
        } else {
            configuration.onEvent(.connectionLost(purpose: Self.purpose, reason: reason))
            let error = PostgresError.connectionLost(outcomeUnknown: wasFinishing)
            failure = failure ?? error
            resume(.failure(error))
        }
    }
}
