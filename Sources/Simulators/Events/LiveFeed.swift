package import Access
import Identifiers
import Postgres
package import Runtime
import Tenancy

/// What happens in a sandbox, as it happens: its events and the attempts to deliver them. One feed
/// belongs to one stream; it asks the database again and again and remembers what it has told.
package struct LiveFeed: Sendable {
    package enum News: Sendable {
        case event(StoredEvent)
        case attempt(LoggedAttempt)
    }

    private let events: EventStore
    private let database: TenantDatabase
    private let clock: any WallClock
    private let access: SandboxAccess
    private var cursor: String
    private var attemptsFrom: WallInstant
    /// Attempts told within the overlap.
    private var told: [String: WallInstant] = [:]

    /// Begins behind `lastEvent`, the id of an event told by an earlier feed, or now.
    package init(
        _ events: EventStore, database: TenantDatabase, clock: any WallClock, lastEvent: String?,
        as access: SandboxAccess
    ) async throws(WebhookError) {
        self.events = events
        self.database = database
        self.clock = clock
        self.access = access
        if let lastEvent, StoredEvent.place(lastEvent) != nil {
            cursor = lastEvent
        } else {
            cursor = try await events.end(as: access)
        }
        attemptsFrom = clock.now()
    }

    /// What is new since the last look, in the order in which it happened; often nothing.
    package mutating func next() async throws(WebhookError) -> [News] {
        let new = try await events.events(after: cursor, as: access)
        if let last = new.last { cursor = last.cursor }
        return try await new.map { .event($0) } + attempts().map { .attempt($0) }
    }

    private mutating func attempts() async throws(WebhookError) -> [LoggedAttempt] {
        let (database, access, from) = (database, access, attemptsFrom)
        let now = clock.now()
        let rows = try await webhookStoring {
            try await database.read(
                as: access,
                [
                    Call(
                        Self.newAttempts, .id(access.tenant), .id(access.sandbox), .instant(from),
                        .int(Int64(WebhookLimits.streamRows)))
                ])[0]
        }
        let found = rows.map { LoggedAttempt($0) }
        let new = found.filter { told["\($0.delivery)#\($0.number)"] == nil }
        for attempt in new { told["\(attempt.delivery)#\(attempt.number)"] = attempt.recordedAt }
        // A full page goes on where it ended; else the look goes back as far as commits may lag.
        let lag = WallInstant(
            microseconds: now.microseconds - WebhookLimits.streamOverlap.microseconds)
        let reached = found.count == WebhookLimits.streamRows ? found.last?.recordedAt : lag
        attemptsFrom = max(attemptsFrom, reached ?? lag)
        told = told.filter { $0.value >= attemptsFrom }
        return new
    }

    private static let newAttempts = Statement(
        "live_new_attempts",
        """
        SELECT \(LoggedAttempt.columns)
        FROM sbx.delivery_attempts a
        WHERE a.tenant_id = $1 AND a.sandbox_id = $2 AND a.recorded_at >= $3
        ORDER BY a.recorded_at, a.delivery_id, a.number
        LIMIT $4
        """)
}
