package import Runtime

/// How one role speaks to the database.
package struct PostgresConfiguration: Sendable {
    package var address: ConnectionAddress
    package var commitConnectionsPerLoop = Limits.commitConnectionsPerLoop
    package var searchConnectionsPerLoop = Limits.searchConnectionsPerLoop
    /// How long a task waits for a connection before it is refused with `poolExhausted`.
    package var poolWait = Limits.poolWait
    /// How long a unit of work may send nothing before the server ends its session. More where other
    /// work holds the loops for long, as unoptimised tests do.
    package var idleInTransactionMilliseconds = Limits.idleInTransactionMilliseconds
    /// Shows in `pg_stat_activity`, followed by the purpose of the connection. Letters only.
    package var applicationName = "sbx"
    /// Jitter of reconnecting.
    package var random: any RandomSource = SystemRandom()
    /// Called on the loops.
    package var onEvent: @Sendable (PostgresEvent) -> Void = { _ in }

    package init(_ address: ConnectionAddress) {
        self.address = address
    }

    func settings(
        _ purpose: String, statementMilliseconds: Int, idleMilliseconds: Int = 0,
        lockMilliseconds: Int = 0
    ) -> SessionSettings {
        SessionSettings(
            applicationName: "\(applicationName)-\(purpose)",
            settings: [
                ("statement_timeout", String(statementMilliseconds)),
                ("lock_timeout", String(lockMilliseconds)),
                ("idle_in_transaction_session_timeout", String(idleMilliseconds)),
            ])
    }
}

/// For the operator's log: reasons are libpq's and may name hosts and paths.
package enum PostgresEvent: Sendable {
    case connectFailed(purpose: String, reason: String)
    case connectionLost(purpose: String, reason: String)
    case connected(purpose: String)
}
