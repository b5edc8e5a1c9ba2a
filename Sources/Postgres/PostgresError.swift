import CPQ

/// What can go wrong between us and the server.
///
/// `description` is empty on purpose: an error may carry what a user typed, and nothing may reach
/// an answer or a log by accident. `debugDescription` has it all, for the operator.
package enum PostgresError: Error, Sendable {
    /// The server refused a statement; nothing else of that batch or transaction took effect.
    case server(ServerError)
    /// There is no server at the moment. Nothing was done.
    case unavailable(retryAfter: Duration)
    /// The connection broke under a statement. `outcomeUnknown`: COMMIT was on its way, so the
    /// transaction may stand; otherwise it does not.
    case connectionLost(outcomeUnknown: Bool)
    /// Too many wait already, or waited too long, for a connection. Nothing was done.
    case poolExhausted
    /// No answer within the client's own deadline. Reads only: a unit of work reports
    /// `connectionLost`.
    case timedOut
    /// The call cannot be put to the server, such as text with a NUL. Nothing was sent.
    case invalidCall(String)
    /// The session could not be made: credentials, database or settings. For the operator.
    case connectionRefused(String)
}

/// An error as the server reports it.
package struct ServerError: Hashable, Sendable {
    /// Five characters, PostgreSQL's Appendix A.
    package let sqlState: String
    package let message: String
    package let detail: String?
    /// Name of the constraint that was violated.
    package let constraint: String?

    package init(sqlState: String, message: String, detail: String?, constraint: String?) {
        self.sqlState = sqlState
        self.message = message
        self.detail = detail
        self.constraint = constraint
    }

    init(_ result: OpaquePointer) {
        func field(_ code: CInt) -> String? {
            PQresultErrorField(result, code).map { String(cString: $0) }
        }
        self.init(
            sqlState: field(CInt(UInt8(ascii: "C"))) ?? "XX000",
            message: field(CInt(UInt8(ascii: "M")))
                ?? String(cString: PQresultErrorMessage(result)),
            detail: field(CInt(UInt8(ascii: "D"))),
            constraint: field(CInt(UInt8(ascii: "n"))))
    }
}

extension ServerError {
    package var isUniqueViolation: Bool { sqlState == "23505" }
    package var isForeignKeyViolation: Bool { sqlState == "23503" }
    package var isCheckViolation: Bool { sqlState == "23514" }
    package var isNotNullViolation: Bool { sqlState == "23502" }
    /// A row-level security policy or a missing right refused it.
    package var isInsufficientPrivilege: Bool { sqlState == "42501" }
    /// Serialization failure or deadlock: the same transaction may succeed when run again.
    package var isRetryable: Bool { sqlState == "40001" || sqlState == "40P01" }
    /// `statement_timeout` or a cancel request.
    package var isTimeout: Bool { sqlState == "57014" }
    /// `lock_timeout` or NOWAIT.
    package var isLockUnavailable: Bool { sqlState == "55P03" }
    /// The server ends the session: shutdown, crash of a neighbour, `pg_terminate_backend`.
    var endsSession: Bool { sqlState.hasPrefix("57P0") || sqlState == "25P03" }
    /// The prepared statement is gone, or a migration changed the type of its result.
    var invalidatesStatement: Bool { sqlState == "0A000" || sqlState == "26000" }
}

extension PostgresError {
    /// The server's error, when it is one.
    package var serverError: ServerError? {
        guard case .server(let error) = self else { return nil }
        return error
    }

    /// Running the same unit of work again may help, and it surely did nothing yet.
    package var isRetryable: Bool { serverError?.isRetryable ?? false }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "" }

    package var debugDescription: String {
        switch self {
        case .server(let error): error.debugDescription
        case .unavailable(let retryAfter): "PostgresError.unavailable(retryAfter: \(retryAfter))"
        case .connectionLost(let unknown):
            "PostgresError.connectionLost(outcomeUnknown: \(unknown))"
        case .poolExhausted: "PostgresError.poolExhausted"
        case .timedOut: "PostgresError.timedOut"
        case .invalidCall(let reason): "PostgresError.invalidCall(\(reason))"
        case .connectionRefused(let reason): "PostgresError.connectionRefused(\(reason))"
        }
    }
}

extension ServerError: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "" }

    package var debugDescription: String {
        "ServerError(\(sqlState) \(message)"
            + (detail.map { ", detail: \($0)" } ?? "")
            + (constraint.map { ", constraint: \($0)" } ?? "") + ")"
    }
}
