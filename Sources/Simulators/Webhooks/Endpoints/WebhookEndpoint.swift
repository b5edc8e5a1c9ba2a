import Access
package import Identifiers
import Contracts
import Postgres
package import Runtime

/// Where a sandbox's events are delivered to, and how.
package struct WebhookEndpoint: Sendable {
    package enum State: Sendable, Hashable {
        case enabled
        case disabled(DisabledReason, at: WallInstant)
    }

    package enum DisabledReason: String, Sendable {
        /// By a call of the platform API.
        case request
        /// It answered 410.
        case gone
        /// It had failed for days, see ``WebhookLimits``.
        case failing
    }

    package enum Clock: String, Sendable { case wall, virtual }

    package let id: EndpointID
    package var url: String
    package var description: String?
    package var events: [EventFilter]
    package var scheme: SignatureScheme
    package var state: State
    /// Which clock times the pauses between attempts.
    package var retryClock: Clock
    /// Which clock `webhook-timestamp` shows.
    package var signatureClock: Clock
    /// Deliveries that one worker sends it at once.
    package var inFlightMax: Int
    package var faults: FaultPlan
    /// Whether the URL is the sandbox's own inbox.
    package var isInbox: Bool
    /// Since when every attempt has failed.
    package let failingSince: WallInstant?
    package let createdAt: WallInstant
    package let updatedAt: WallInstant

    package var isEnabled: Bool { state == .enabled }
}

extension WebhookEndpoint {
    static let columns = """
        w.id, w.url, w.description, w.events, w.signature_scheme, w.state, w.disabled_reason,
            w.disabled_at, w.retry_clock, w.signature_clock, w.faults, w.is_inbox, w.failing_since,
            w.created_at, w.updated_at, w.in_flight_max
        """

    /// The schema has checked every name.
    init(_ row: Row) {
        id = row.id(0)
        url = row.text(1)
        description = row.textIfPresent(2)
        events = row.textArray(3).compactMap { EventFilter($0) }
        scheme = SignatureScheme(rawValue: row.text(4)) ?? .standard
        if let reason = row.textIfPresent(6).flatMap(DisabledReason.init), let at = row.instant(7) {
            state = .disabled(reason, at: at)
        } else {
            state = .enabled
        }
        retryClock = Clock(rawValue: row.text(8)) ?? .wall
        signatureClock = Clock(rawValue: row.text(9)) ?? .wall
        faults = Self.faults(row.utf8(10))
        isInbox = row.bool(11)
        failingSince = row.instant(12)
        createdAt = WallInstant(microseconds: row.microseconds(13))
        updatedAt = WallInstant(microseconds: row.microseconds(14))
        inFlightMax = Int(row.int(15))
    }

    private static func faults(_ stored: [UInt8]) -> FaultPlan {
        do {
            return try FaultPlan(JSONParser.parse(stored))
        } catch {
            preconditionFailure("a fault plan was checked before it was stored")
        }
    }
}
