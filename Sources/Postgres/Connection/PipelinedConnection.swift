import CPQ
import Runtime

/// Hears of a pipelined connection on its loop.
protocol PipelinedConnectionOwner: AnyObject {
    func opened(_ connection: PipelinedConnection)
    /// Told once, after every waiting caller was resumed, and not after `close`.
    func ended(_ connection: PipelinedConnection, reason: String)
}

/// A connection in libpq's pipeline mode: segments of prepared calls go out one after another
/// without waiting, answers come back in order.
///
///     out:  Parse a, Sync │ a, b, Sync │ c, Sync │ …
///     in:        ok, sync │ rows, rows, sync │ error, sync │ …
///
/// A statement is prepared on first use in a segment of its own, so that an error in somebody's
/// batch cannot take another's preparation with it.
final class PipelinedConnection: @unchecked Sendable {
    // Loop-confined: asserted by `LoopConnection.open` and the loop.

    private enum Preparation { case none, sent, failed(ServerError) }

    let loop: EventLoop
    private weak var owner: (any PipelinedConnectionOwner)?
    private lazy var connection = LoopConnection(on: loop, owner: self)
    private var segments = FIFO<Segment>()
    private var preparations: [Preparation] = []
    private var parameters = ParameterBuffer()
    private var timer: LoopTimer?
    private var lastProgress = MonotonicInstant.now()
    /// What a caller is told when the connection breaks under reads.
    private let lossError: PostgresError?

    /// `lossError` nil: callers hear `connectionLost`.
    init(on loop: EventLoop, owner: any PipelinedConnectionOwner, lossError: PostgresError? = nil) {
        self.loop = loop
        self.owner = owner
        self.lossError = lossError
    }

    var isOpen: Bool { connection.isOpen }
    /// Segments whose answer is awaited.
    var inFlight: Int { segments.count }

    /// Nothing is awaited and no transaction is open: fit for another user.
    var isClean: Bool {
        isOpen && segments.isEmpty && PQtransactionStatus(connection.handle) == PQTRANS_IDLE
    }

    func open(_ address: ConnectionAddress, _ settings: SessionSettings) {
        connection.open(address, settings)
    }

    /// Ends the connection. Who still waits is told that it broke.
    func close() {
        connection.close()
        finishAll()
    }

    /// Sends the calls and a Sync, and resumes `continuation` with all rows or the first error.
    /// Only on an open connection.
    func send(
        _ calls: [Call], within limit: Duration, commits: Bool = false,
        _ continuation: RowsContinuation
    ) {
        precondition(isOpen, "calls go to open connections")
        precondition(calls.count <= Limits.callsPerBatch, "too many calls in a batch")
        if let fault = calls.lazy.compactMap(\.fault).first {
            return continuation.resume(returning: .failure(.invalidCall(fault)))
        }
        for call in calls { prepareIfNeeded(call, within: limit) }
        let segment = Segment(
            .calls(calls), deadline: loop.now + limit, commits: commits,
            continuation: continuation)
        var wasSent = true
        for call in calls where wasSent { wasSent = send(call) }
        finishSending(segment, wasSent)
    }

    /// Makes the next use of a statement prepare it anew.
    func forget(_ statement: RegisteredStatement) {
        guard isOpen else { return }
        preparations[statement.number] = .none
        let sql = "DEALLOCATE \"\(statement.name.replacing("\"", with: "\"\""))\""
        let segment = Segment(.forget, deadline: loop.now + Limits.serverGrace)
        let wasSent = PQsendQueryParams(connection.handle, sql, 0, nil, nil, nil, nil, 0) == 1
        finishSending(segment, wasSent)
    }
}

// MARK: - Sending

extension PipelinedConnection {
    private func prepareIfNeeded(_ call: Call, within limit: Duration) {
        let statement = call.statement.registered
        while preparations.count <= statement.number { preparations.append(.none) }
        if case .sent = preparations[statement.number] { return }
        preparations[statement.number] = .sent
        let segment = Segment(.prepare(statement), deadline: loop.now + limit)
        let wasSent = parameters.withParameters(call.values) { count, types, _, _, _ in
            PQsendPrepare(
                connection.handle, statement.nameCharacters, statement.sqlCharacters, count, types)
        }
        finishSending(segment, wasSent == 1)
    }

    private func send(_ call: Call) -> Bool {
        let name = call.statement.registered.nameCharacters
        return parameters.withParameters(call.values) { count, _, values, lengths, formats in
            PQsendQueryPrepared(connection.handle, name, count, values, lengths, formats, 0)
        } == 1
    }

    private func finishSending(_ segment: Segment, _ wasSent: Bool) {
        if segments.isEmpty { lastProgress = loop.now }
        segments.append(segment)
        guard wasSent, sbx_pipeline_sync(connection.handle) == 1 else {
            // The owner may be in the middle of something; it hears in the next tick.
            let reason = connection.libpqMessage
            loop.submit { [connection] in connection.end(reason) }
            return
        }
        connection.flushAtEndOfTick()
        startTimer(segment.deadline)
    }
}

// MARK: - Receiving

extension PipelinedConnection: LoopConnectionOwner {
    func opened(_ connection: LoopConnection) {
        let isPipelined = PQenterPipelineMode(connection.handle) == 1
        precondition(isPipelined, "a new connection is idle")
        owner?.opened(self)
    }

    func received(_ connection: LoopConnection) {
        // Between the results of two statements libpq returns one nil.
        var nils = 0
        while let segment = segments.first, let handle = connection.handle, nils < 2,
            PQisBusy(handle) == 0
        {
            guard let result = PQgetResult(handle) else {
                nils += 1
                continue
            }
            nils = 0
            lastProgress = loop.now
            take(result, segment)
        }
    }

    func ended(_ connection: LoopConnection, reason: String) {
        finishAll()
        owner?.ended(self, reason: reason)
    }

    private func take(_ result: OpaquePointer, _ segment: Segment) {
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            segment.add(Rows(owning: result))
        case PGRES_PIPELINE_SYNC:
            PQclear(result)
            _ = segments.popFirst()
            finish(segment)
        case PGRES_PIPELINE_ABORTED:
            PQclear(result)
        default:
            let error = ServerError(result)
            PQclear(result)
            segment.fail(error)
            // No Sync will come: the session is over.
            if error.endsSession { connection.end(error.message) }
        }
    }

    private func finish(_ segment: Segment) {
        guard let failure = segment.failure else { return segment.finish(.success(segment.rows)) }
        if case .prepare(let statement) = segment.purpose {
            preparations[statement.number] = .failed(failure)
        }
        segment.finish(.failure(.server(cause(of: failure, segment))))
    }

    /// A statement that could not be prepared fails its callers with "does not exist", or inside a
    /// transaction with "transaction is aborted"; they are told why.
    private func cause(of failure: ServerError, _ segment: Segment) -> ServerError {
        guard case .calls(let calls) = segment.purpose else { return failure }
        guard failure.invalidatesStatement || failure.sqlState == "25P02" else { return failure }
        for call in calls {
            let number = call.statement.registered.number
            if case .failed(let cause) = preparations[number] { return cause }
        }
        if failure.invalidatesStatement, let statement = segment.failedStatement {
            forget(statement)
        }
        return failure
    }

    private func finishAll() {
        timer?.cancel()
        timer = nil
        for segment in segments.takeAll() {
            segment.finish(.failure(lossError ?? .connectionLost(outcomeUnknown: segment.commits)))
        }
    }
}

// MARK: - Deadlines

extension PipelinedConnection {
    /// One timer for the oldest segment; deadlines come in the order of sending.
    private func startTimer(_ deadline: MonotonicInstant) {
        guard timer == nil else { return }
        let delay = max(deadline - loop.now, .milliseconds(1))
        timer = loop.schedule(after: delay) { [weak self] in
            self?.timer = nil
            self?.checkDeadlines()
        }
    }

    /// Callers whose time is over are told so; their results are dropped when they come. A server
    /// that has said nothing for a whole grace is given up.
    private func checkDeadlines() {
        let now = loop.now
        guard let first = segments.first else { return }
        guard first.deadline <= now else { return startTimer(first.deadline) }
        guard now - lastProgress < Limits.serverGrace else {
            return connection.end("the server does not answer")
        }
        var next: MonotonicInstant?
        segments.forEach { segment in
            guard segment.deadline <= now else {
                next = segment.deadline
                return false
            }
            if !segment.commits { segment.finish(.failure(.timedOut)) }
            return true
        }
        startTimer(min(next ?? .now() + Limits.serverGrace, now + Limits.serverGrace))
    }
}
