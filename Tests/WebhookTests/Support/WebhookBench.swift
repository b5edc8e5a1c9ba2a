import Access
import Contracts
import HTTP
import Identifiers
import Jobs
import PlatformSupport
import Postgres
import Runtime
import Tenancy

@testable import Simulators

/// A sandbox with webhooks on a clock of its own, whose deliveries go to its own inbox: no network,
/// and every step is taken by the test.
struct WebhookBench: Sendable {
    let platform = TestPlatform.shared
    let clock = ManualWallClock(WallInstant(microseconds: 1_767_225_600_000_000))
    let access: SandboxAccess
    let world: WorldStore
    let stores: WebhookStores
    let source: DeliverySource

    static let types = [
        EventType("payment.captured", contract: "payments", entity: "payment"),
        EventType("payment_method.created", contract: "payments", entity: "payment_method"),
    ]

    init(_ change: (inout SandboxDraft) -> Void = { _ in }) async throws {
        let platform = TestPlatform.shared
        var draft = SandboxDraft()
        change(&draft)
        access = try await platform.makeSandbox(draft)
        world = WorldStore(database: platform.database, clock: clock, random: SystemRandom())
        stores = WebhookStores(
            database: platform.database, world: world, control: platform.control,
            keys: platform.masterKeys, egress: EgressGuard(), domain: "sbx.localhost",
            eventTypes: Self.types, clock: clock, random: SystemRandom())
        source = Self.worker(platform, stores, clock)
    }

    /// A worker beside `source`, as another process would be.
    func anotherWorker() -> DeliverySource { Self.worker(platform, stores, clock) }

    private static func worker(
        _ platform: TestPlatform, _ stores: WebhookStores, _ clock: ManualWallClock
    ) -> DeliverySource {
        let client = HTTPClient(
            loops: platform.loops, egress: EgressGuard(),
            resolver: SystemResolver(BlockingPool(threads: 1)), tls: nil)
        return DeliverySource(
            system: platform.systemWork, database: platform.database, control: platform.control,
            keys: platform.masterKeys,
            sender: DeliverySender(client: client, inbox: stores.inbox, clock: clock), clock: clock,
            random: SystemRandom())
    }

    /// An endpoint at the inbox that wants everything, or as `change` says.
    func endpoint(
        _ change: (inout JSONValue) -> Void = { _ in }
    ) async throws -> (endpoint: WebhookEndpoint, secret: WebhookSecret, lane: DeliveryLane) {
        var body: JSONValue = [
            "url": "http://\(access.slug).sbx.localhost/_inbox", "events": ["*"],
        ]
        change(&body)
        let made = try await stores.endpoints.create(EndpointDraft(body), as: access)
        let lane = DeliveryLane(
            tenant: access.tenant, sandbox: access.sandbox, endpoint: made.endpoint.id)
        return (made.endpoint, made.secret, lane)
    }

    /// Lets `type` happen to something; answers the event's id.
    @discardableResult
    func happen(_ type: String = "payment.captured", note: String = "") async throws -> String {
        let outcome = try await world.transaction(as: access) { world in
            let event = EventEnvelope.event(
                type, contract: "payments", object: ["note": .string(note)], in: world)
            world.emit(event)
            return event.id
        }
        guard case .committed(let id) = outcome else { return "" }
        return id
    }

    func answers(_ status: Int) async throws {
        _ = try await stores.inbox.configure(secret: nil, status: status, as: access)
    }

    /// Claims what is due, as a worker would.
    func claim(
        _ lane: DeliveryLane, by worker: DeliverySource? = nil
    ) async throws -> [DeliveryItem] {
        try await record([], lane, by: worker, claiming: 100)
    }

    /// Records, and claims the next so many; answers these.
    @discardableResult
    func record(
        _ outcomes: [DeliveryOutcome], _ lane: DeliveryLane, by worker: DeliverySource? = nil,
        releasing released: [DeliveryItem] = [], claiming limit: Int = 0
    ) async throws -> [DeliveryItem] {
        try await (worker ?? source).exchange(
            lane, recording: outcomes, releasing: released, claiming: limit
        ).items
    }

    /// Sends them one after the other.
    func run(_ items: [DeliveryItem]) async -> [DeliveryOutcome] {
        var outcomes: [DeliveryOutcome] = []
        for item in items { outcomes.append(await source.run(item)) }
        return outcomes
    }

    /// One round: claims, sends and records what is due. Answers how many there were.
    @discardableResult
    func deliver(_ lane: DeliveryLane) async throws -> Int {
        let items = try await claim(lane)
        try await record(await run(items), lane)
        return items.count
    }

    var deliveries: [Delivery] {
        get async throws {
            try await stores.deliveries.deliveries(
                DeliveryFilter(), rows: 100, before: nil, as: access
            ).deliveries.reversed()
        }
    }

    /// What the inbox got, oldest first.
    var received: [(id: String, body: [UInt8], fields: HeaderFields)] {
        get async throws {
            try await stores.inbox.messages(rows: 100, cursor: nil, as: access).messages.reversed()
                .map { message in
                    var fields = HeaderFields()
                    for member in try JSONParser.parse(message.headers).object?.members ?? [] {
                        fields.append(member.name, member.value.string ?? "")
                    }
                    return (fields["webhook-id"] ?? "", message.body, fields)
                }
        }
    }

    /// SQL of the test's own as the tenant; `$1` is the tenant, `$2` the sandbox.
    func sql(_ name: String, _ text: String) async throws -> Rows {
        try await platform.database.transaction(as: access) { transaction in
            try await transaction.run(
                Call(Statement("test_\(name)", text), .id(access.tenant), .id(access.sandbox)))
        }
    }
}

/// Runs a test's body on an event loop.
func onLoop(_ body: @escaping @Sendable () async throws -> Void) async throws {
    try await TestPlatform.shared.run { _ in try await body() }
}
