package import Access
package import HTTP
package import Runtime
package import Tenancy

/// Everything about webhooks and events that the platform API needs, made from one set of parts.
package struct WebhookStores: Sendable {
    package let endpoints: EndpointStore
    package let deliveries: DeliveryLog
    package let events: EventStore
    package let inbox: InboxStore
    /// Tells workers that something may be due.
    package let nudge: @Sendable () -> Void
    private let database: TenantDatabase
    private let clock: any WallClock

    /// `domain` is the sandboxes' base domain.
    package init(
        database: TenantDatabase, world: WorldStore, control: AccessControl, keys: MasterKeys,
        egress: EgressGuard, domain: String, eventTypes: [EventType], clock: any WallClock,
        random: any RandomSource, nudge: @escaping @Sendable () -> Void = {}
    ) {
        endpoints = EndpointStore(
            database: database, keys: keys, rule: EndpointURLRule(egress: egress, domain: domain),
            clock: clock, random: random)
        deliveries = DeliveryLog(database: database, keys: keys, clock: clock)
        events = EventStore(database: database, world: world, types: eventTypes)
        inbox = InboxStore(
            database: database, control: control, keys: keys, clock: clock, random: random)
        self.nudge = nudge
        self.database = database
        self.clock = clock
    }

    /// A live feed that goes on behind `lastEvent`, or begins now.
    package func feed(
        lastEvent: String?, as access: SandboxAccess
    ) async throws(WebhookError) -> LiveFeed {
        try await LiveFeed(
            events, database: database, clock: clock, lastEvent: lastEvent, as: access)
    }
}
