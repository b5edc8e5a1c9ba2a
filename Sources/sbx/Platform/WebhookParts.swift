import Access
import HTTP
import Jobs
import Postgres
import Runtime
import Simulators
import Tenancy

/// What webhooks are made of, for the gateway's handlers and for the worker alike.
struct WebhookParts {
    let nudge: Nudge
    private let configuration: PlatformConfiguration
    private let app: Postgres
    private let system: SystemWork
    let keys: MasterKeys
    private let egress: EgressGuard
    private let clock: any WallClock
    private let random = SystemRandom()

    init(
        _ configuration: PlatformConfiguration, app: Postgres, system: SystemWork,
        clock: any WallClock, loops: [EventLoop]
    ) throws {
        self.configuration = configuration
        self.app = app
        self.system = system
        self.clock = clock
        egress = EgressGuard(allowing: configuration.egressAllowed)
        keys = try MasterKeyFile(folder: configuration.dataPath, random: random).loadOrCreate()
        let notify = Statement("webhooks_nudge", "SELECT pg_notify('\(Nudge.channel)', '')")
        nudge = Nudge(on: loops[0]) {
            do throws(PostgresError) {
                _ = try await app.read(Call(notify))
            } catch {
                // A hint that could not be given: workers poll.
            }
        }
    }

    func stores(
        world: WorldStore, control: AccessControl, library: ContractLibrary
    ) -> WebhookStores {
        WebhookStores(
            database: TenantDatabase(appRole: app), world: world, control: control, keys: keys,
            egress: egress, domain: configuration.domain,
            eventTypes: library.contracts.flatMap(\.simulator.eventTypes), clock: clock,
            random: random, nudge: nudge.nudge)
    }

    /// Starts delivering.
    func start(on loops: [EventLoop]) -> DeliveryService {
        var limits = ClientLimits()
        limits.totalTimeout = WebhookLimits.attemptTimeout
        limits.readTimeout = WebhookLimits.attemptTimeout
        limits.bodyBytesMax = WebhookLimits.answerBytes
        limits.idlePerOriginMax = WebhookLimits.inFlightMax
        limits.idleMax = 256
        let database = TenantDatabase(appRole: app)
        let control = AccessControl(clock: clock)
        let client = HTTPClient(
            loops: loops, egress: egress, resolver: SystemResolver(BlockingPool(threads: 4)),
            tls: Self.clientTLS(), limits: limits)
        let inbox = InboxStore(
            database: database, control: control, keys: keys, clock: clock, random: random)
        let source = DeliverySource(
            system: system, database: database, control: control, keys: keys,
            sender: DeliverySender(client: client, inbox: inbox, clock: clock), clock: clock,
            random: random)
        return DeliveryService(source, client, listeningAs: app, on: loops)
    }

    /// Nil where the system has no authorities: `https` endpoints then fail and say so.
    private static func clientTLS() -> TLSContext? {
        do throws(TLSError) {
            return try TLSContext.client()
        } catch {
            printError("sbx: webhooks cannot use https: \(error)")
            return nil
        }
    }
}

/// The worker that delivers, with the notifications that wake it.
final class DeliveryService: Sendable {
    private let worker: Worker<DeliverySource>
    private let client: HTTPClient
    private let listener: Listener
    private let running: Task<Void, Never>

    init(
        _ source: DeliverySource, _ client: HTTPClient, listeningAs postgres: Postgres,
        on loops: [EventLoop]
    ) {
        let worker = Worker(source, loops: loops) { error in
            printError("sbx: deliveries: \(String(reflecting: error))")
        }
        self.worker = worker
        self.client = client
        listener = postgres.makeListener(on: loops[0], channels: [Nudge.channel]) { event in
            switch event {
            case .notified, .listening: worker.wake()
            case .lost: break
            }
        }
        listener.start()
        running = Task(executorPreference: loops[0]) { await worker.run() }
    }

    /// Claims nothing more, and waits for what is being sent; an attempt ends by itself.
    func stop() async {
        listener.stop()
        worker.stop()
        await running.value
        await client.shutdown()
    }
}
