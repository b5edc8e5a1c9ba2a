import Access
import Identifiers
import Postgres
import Runtime

/// The calls of one sandbox as their rows arrive in the log. One tail belongs to one stream; it
/// asks the database again and again and remembers what it has told.
package struct RequestTail: Sendable {
    private let database: TenantDatabase
    private let clock: any WallClock
    private let access: SandboxAccess
    private var endedFrom: WallInstant
    /// Calls told within the overlap, with the time of their end.
    private var told: [RequestID: WallInstant] = [:]

    /// Begins with the calls that end from now on.
    init(database: TenantDatabase, clock: any WallClock, access: SandboxAccess) {
        self.database = database
        self.clock = clock
        self.access = access
        endedFrom = clock.now()
    }

    /// What has arrived since the last look, in the order in which the calls ended; often nothing.
    /// On the pool for searches, because a busy sandbox has many rows to look through.
    package mutating func next() async throws -> [LoggedRequest] {
        let (now, call) = (clock.now(), look)
        let rows = try await database.transaction(as: access, on: .search) { transaction in
            try await transaction.run(call)
        }
        let found = rows.map { row in
            (call: LoggedRequest(row), end: WallInstant(microseconds: row.microseconds(1) + row.int(2)))
        }
        let new = found.filter { told[$0.call.id] == nil }
        for (call, end) in new { told[call.id] = end }
        // A full page goes on where it ended; else the look goes back as far as rows may lag.
        let lag = now + (.zero - Limits.tailOverlap)
        let reached = found.count == Limits.tailRows ? found.last?.end : lag
        endedFrom = max(endedFrom, reached ?? lag)
        told = told.filter { [endedFrom] in $0.value >= endedFrom }
        return new.map(\.call)
    }

    private var look: Call {
        let earliest = endedFrom + (.zero - Limits.longestCall)
        let firstID = RequestID(high: UInt64(clamping: earliest.milliseconds) << 16, low: 0)
        return Call(
            Self.ended, .id(access.tenant), .id(access.sandbox), .id(firstID),
            .timestamp(microsecondsSince1970: earliest.microseconds),
            .timestamp(microsecondsSince1970: endedFrom.microseconds), .int(Int64(Limits.tailRows)))
    }

    private static let ended = Statement(
        "request_log_tail",
        """
        SELECT \(LoggedRequest.columns)
        FROM sbx.request_log
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id >= $3 AND started_at >= $4
            AND started_at + duration_us * interval '1 microsecond' >= $5
        ORDER BY started_at + duration_us * interval '1 microsecond', id
        LIMIT $6
        """)
}
