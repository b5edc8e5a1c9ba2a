import Access
package import Identifiers
import Postgres
package import Runtime
package import Tenancy

/// One event on its way to one endpoint, with everything that has become of it.
package struct Delivery: Sendable {
    package enum State: String, Sendable, CaseIterable {
        /// Attempts are being made.
        case pending
        /// Pending, but its endpoint is disabled.
        case held
        case delivered
        /// A dead letter: all attempts failed, or the endpoint is gone. Its payload is sealed.
        case dead
        /// The event was undone by a reset or restore, or the endpoint deleted.
        case abandoned
    }

    package let id: DeliveryID
    package let endpoint: EndpointID
    /// The branch of the world in which the event happened.
    package let branch: LayerID
    package let event: String
    package let eventType: String
    package let state: State
    package let attempts: Int
    /// Wall time of the next attempt, or of the one that is under way. Nil while that is not
    /// known: the delivery is at an end, held, or waits for the sandbox's clock.
    package let nextAttemptAt: WallInstant?
    /// The same on the sandbox's clock, where the endpoint wants that.
    package let nextAttemptVirtual: WallInstant?
    package let lastStatus: Int?
    package let lastError: String?
    package let createdAt: WallInstant
    package let updatedAt: WallInstant
    /// The address of a callback; nil for what goes to its endpoint.
    package let target: EventTarget?
}

extension Delivery {
    static let columns = """
        d.id, d.endpoint_id, d.layer_id, d.event_id, d.event_type, d.state, d.attempts,
            CASE WHEN d.state = 'pending' AND isfinite(d.due_at) THEN d.due_at END, d.due_virtual,
            d.last_status, d.last_error, d.created_at, d.updated_at, d.target
        """
    static let columnCount = 14

    init(_ row: Row) {
        id = row.id(0)
        endpoint = row.id(1)
        branch = row.id(2)
        event = row.text(3)
        eventType = row.text(4)
        guard let state = State(rawValue: row.text(5)) else {
            preconditionFailure("the schema checks the state of a delivery")
        }
        self.state = state
        attempts = Int(row.int(6))
        nextAttemptAt = row.instant(7)
        nextAttemptVirtual = row.instant(8)
        lastStatus = row.intOrNil(9).map(Int.init)
        lastError = row.textIfPresent(10)
        createdAt = WallInstant(microseconds: row.microseconds(11))
        updatedAt = WallInstant(microseconds: row.microseconds(12))
        target = row.utf8OrNil(13).flatMap { EventTarget(stored: $0) }
    }
}

/// One attempt of a delivery as the log keeps it.
package struct LoggedAttempt: Sendable {
    package let delivery: DeliveryID
    /// From 1.
    package let number: Int
    package let startedAt: WallInstant
    package let recordedAt: WallInstant
    package let duration: Duration
    /// Nil on a connection that was kept, and where none came about.
    package let connectDuration: Duration?
    package let succeeded: Bool
    package let status: Int?
    package let error: String?
    /// JSON: method, URL and fields as sent, the fault that was simulated.
    package let request: [UInt8]
    /// JSON: status, fields, beginning of the body.
    package let response: [UInt8]?

    static let columns = """
        a.delivery_id, a.number, a.started_at, a.recorded_at, a.duration_us, a.connect_us,
            a.succeeded, a.status, a.error, a.request, a.response
        """

    init(_ row: Row) {
        delivery = row.id(0)
        number = Int(row.int(1))
        startedAt = WallInstant(microseconds: row.microseconds(2))
        recordedAt = WallInstant(microseconds: row.microseconds(3))
        duration = .microseconds(row.int(4))
        connectDuration = row.intOrNil(5).map { .microseconds($0) }
        succeeded = row.bool(6)
        status = row.intOrNil(7).map(Int.init)
        error = row.textIfPresent(8)
        request = row.utf8(9)
        response = row.utf8OrNil(10)
    }
}
