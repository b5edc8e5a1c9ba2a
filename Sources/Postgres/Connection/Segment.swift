import Runtime

/// What waits for the outcome of calls, on the loop.
typealias RowsContinuation = UnsafeContinuation<Result<[Rows], PostgresError>, Never>

/// Calls between two Syncs: they succeed together or the first error ends them all, and never
/// touch another segment.
final class Segment {
    enum Purpose {
        /// A caller waits for the rows.
        case calls([Call])
        case prepare(RegisteredStatement)
        /// Its outcome interests nobody.
        case forget
    }

    let purpose: Purpose
    /// COMMIT is among the calls: when the connection breaks, they may stand all the same.
    let commits: Bool
    let deadline: MonotonicInstant
    private(set) var rows: [Rows] = []
    private(set) var failure: ServerError?
    private var continuation: RowsContinuation?

    init(
        _ purpose: Purpose, deadline: MonotonicInstant, commits: Bool = false,
        continuation: RowsContinuation? = nil
    ) {
        self.purpose = purpose
        self.deadline = deadline
        self.commits = commits
        self.continuation = continuation
        if case .calls(let calls) = purpose { rows.reserveCapacity(calls.count) }
    }

    func add(_ rows: Rows) { self.rows.append(rows) }

    /// The first error counts; what follows it was skipped.
    func fail(_ error: ServerError) {
        if failure == nil { failure = error }
    }

    /// Resumes the caller, once; later outcomes are dropped.
    func finish(_ outcome: Result<[Rows], PostgresError>) {
        continuation?.resume(returning: outcome)
        continuation = nil
    }

    /// The statement that failed: results before it are in `rows`.
    var failedStatement: RegisteredStatement? {
        guard case .calls(let calls) = purpose, failure != nil, rows.count < calls.count else {
            return nil
        }
        return calls[rows.count].statement.registered
    }
}
