import Access
import Contracts
import Copilot
import Gateway
import HTTP
import Identifiers
import Identity
import Jobs
import Observability
import Postgres
import Runtime
import Simulators
import Tenancy

/// The whole platform, put together: the only place where modules meet that do not know each other.
struct Platform {
    let server: HTTPServer
    let gateway: Gateway
    /// The way out of the calls of sandboxes; webhooks have one of their own, with other bounds.
    private let client: HTTPClient
    private let group: EventLoopGroup
    private let roles: [Postgres]
    private let listener: Listener
    private let uses: KeyUses
    private let limits: CallerLimits
    private let fleet: Fleet
    private let system: SystemWork
    private let clockWorker: ClockWorker
    /// Nil in a process that only answers.
    private let deliveries: DeliveryService?

    init(
        _ configuration: PlatformConfiguration, _ database: DatabaseSetup, adminKeyDigest: [UInt8]
    ) async throws {
        let group = EventLoopGroup()
        let clock = SystemWallClock()
        let connect = { (role: DatabaseRole) in
            Postgres(PostgresConfiguration(database.address(role)), loops: group.loops)
        }
        let (app, edge, systemRole) = (connect(.app), connect(.edge), connect(.system))
        let system = SystemWork(systemRole: systemRole)
        try await Self.prepare("partitions", on: group.loops[0]) {
            _ = try await system.ensurePartitions(now: clock.now())
        }
        let webhooks = try WebhookParts(
            configuration, app: app, system: system, clock: clock, loops: group.loops)
        let egress = EgressGuard(allowing: configuration.egressAllowed)
        client = HTTPClient(
            loops: group.loops, egress: egress, resolver: SystemResolver(BlockingPool(threads: 2)),
            tls: try TLSContext.client())
        let outbound = Outbound(
            client: client, egress: egress,
            deniedHosts: DeniedHostStore(database: TenantDatabase(appRole: app)),
            keys: webhooks.keys)
        let services = try Self.services(
            configuration, outbound, adminKeyDigest: adminKeyDigest, app: app, edge: edge, system: system,
            clock: clock, loops: group.loops, webhooks)
        let (keyring, fleet) = (services.issuer.keyring, services.fleet)
        try await Self.prepare("signing keys", on: group.loops[0]) {
            try await keyring.prepare()
            // Before the first call: others may have spent a part of what is allowed.
            try await fleet.beat()
        }
        gateway = Gateway(services, loops: group.loops, random: SystemRandom()) { loop in
            RequestLogSink(systemRole)
        }
        listener = edge.makeListener(on: group.loops[0], channels: [Invalidation.channel]) { event in
            switch event {
            case .notified(_, let payload):
                if let invalidation = Invalidation(payload: payload) {
                    services.forget(invalidation)
                } else {
                    services.forgetAll()
                }
            case .lost, .listening: services.forgetAll()
            }
        }
        listener.start()
        roles = [app, edge, systemRole]
        for role in roles { role.warmUp() }
        self.group = group
        server = try await HTTPServer(
            try Self.serverConfiguration(configuration), loops: group.loops, handler: gateway)
        let (database, control) = (TenantDatabase(appRole: app), AccessControl(clock: clock))
        uses = KeyUses(
            caches: services.claims, keys: services.stores.keys, control: control, clock: clock)
        let sweeper = Sweeper(
            system: system, database: database, sandboxes: services.stores.sandboxes,
            control: control, clock: clock)
        let layers = LayerSweep(
            system: system, database: database, control: control, clock: clock)
        deliveries = configuration.role == .gateway ? nil : webhooks.start(on: group.loops)
        Housekeeping(
            system: system, sweeper: sweeper, layers: layers, uses: uses, keyring: keyring,
            usage: gateway.usage, limits: services.limits, fleet: services.fleet, clock: clock
        ).start(on: group.loops[0])
        limits = services.limits
        self.fleet = fleet
        self.system = system
        clockWorker = services.clockWorker(system)
        if configuration.role != .gateway { keepClocks() }
    }

    /// Work in the database before the first call. One that is busy, or only just up, gets a few more
    /// tries; a fault that stays ends the start, with its reason.
    private static func prepare(
        _ name: String, on loop: EventLoop, _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        for pause in [Duration.seconds(1), .seconds(2), .seconds(4)] {
            do {
                return try await EventLoopGroup.run(on: loop, work)
            } catch {
                printError("sbx: \(name): \(String(reflecting: error)); trying again")
                try await EventLoopGroup.run(on: loop) { await loop.sleep(for: pause) }
            }
        }
        try await EventLoopGroup.run(on: loop, work)
    }

    /// Stops accepting, lets what runs end, stores the last rows of the log, and lets go.
    func shutdown(within deadline: Duration) async throws {
        try await server.drain(within: deadline)
        await gateway.stopRuns()
        await deliveries?.stop()
        await client.shutdown()
        try await gateway.drain()
        await settle("last uses of keys") { [uses] in try await uses.write() }
        await settle("counts of calls") { [limits, system] in try await limits.countCalls(system) }
        await settle("gateways") { [fleet] in try await fleet.leave() }
        clockWorker.stop()
        listener.stop()
        for role in roles { await role.shutdown() }
        group.shutdown()
    }

    /// Does what is left to do. A failure is told.
    private func settle(
        _ name: String, _ work: @escaping @Sendable () async throws -> Void
    ) async {
        do {
            try await EventLoopGroup.run(on: group.loops[0], work)
        } catch {
            printError("sbx: \(name): \(String(reflecting: error))")
        }
    }

    private func keepClocks() {
        let (worker, loop) = (clockWorker, group.loops[0])
        Task(executorPreference: loop) {
            await worker.run { error in
                printError("sbx: clocks: \(String(reflecting: error))")
            }
        }
    }

    private static func services(
        _ configuration: PlatformConfiguration, _ outbound: Outbound, adminKeyDigest: [UInt8],
        app: Postgres, edge: Postgres, system: SystemWork, clock: any WallClock, loops: [EventLoop],
        _ webhooks: WebhookParts
    ) throws -> Services {
        let random = SystemRandom()
        let database = TenantDatabase(appRole: app)
        let directory = EdgeDirectory(edgeRole: edge)
        let control = AccessControl(clock: clock)
        let tenants = TenantStore(database: database, clock: clock, random: random)
        let sandboxes = SandboxStore(database: database, clock: clock, random: random)
        let world = WorldStore(
            database: database, clock: clock, random: random, onEvents: webhooks.nudge.nudge)
        let claims = ClaimsCaches(loops: loops)
        let passwords = PasswordHasher(pool: BlockingPool(threads: 2), random: random)
        let payments = try contract("payments")
        let library = ContractLibrary([
            MountableContract(
                name: "payments", payments,
                try PaymentsSimulator(world: world, contract: payments, graph: graph))
        ])
        let keys = KeyStore(database: database, clock: clock, random: random)
        let stores = Services.Stores(
            directory: directory, tenants: tenants, sandboxes: sandboxes,
            contracts: ContractStore(database: database, clock: clock, random: random),
            drift: DriftStore(database: database, clock: clock), world: world,
            settings: SettingsStore(database: database, clock: clock, random: random),
            faults: FaultCounter(database: database),
            keys: keys,
            certificates: CertificateStore(
                database: database, keys: keys, sealing: webhooks.keys, clock: clock,
                random: random),
            members: MemberStore(database: database, clock: clock),
            invitations: InvitationStore(
                database: database, directory: directory, control: control, passwords: passwords,
                clock: clock, random: random),
            audit: AuditStore(database: database, system: system),
            sessions: SessionStore(
                database: database, directory: directory, control: control, clock: clock,
                random: random),
            requests: RequestLogReader(database: database),
            traces: TraceReader(database: database),
            usage: UsageFigures(database: database, system: system, clock: clock),
            admin: AdminStore(system: system),
            webhooks: webhooks.stores(world: world, control: control, library: library),
            journeys: JourneyStores(database: database, clock: clock, random: random),
            objects: ObjectStore(database: database))
        let names = gatewayConfiguration(configuration, adminKeyDigest: adminKeyDigest)
        let issuer = Issuer(
            settings: names.issuerSettings(for: library),
            keyring: Keyring(
                system: system, sealing: webhooks.keys, pool: BlockingPool(threads: 1),
                clock: clock),
            nonceKey: webhooks.keys.derivedKey(for: "dpop nonces"),
            authorities: try configuration.clientAuthorities(),
            on: Issuer.Ground(
                database: database, directory: directory, control: control, caches: claims,
                clock: clock, random: random))
        return Services(
            configuration: names,
            stores: stores, outbound: outbound, clock: clock,
            accessControl: control,
            credentials: CredentialCheck(directory: directory, caches: claims, clock: clock),
            claims: claims, issuer: issuer,
            signUp: SignUp(
                tenants: tenants, passwords: passwords,
                directory: directory, control: control, clock: clock, random: random),
            provisioning: SandboxProvisioning(sandboxes: sandboxes, clock: clock, random: random),
            library: library, packs: try packs(), journeys: try journeys(),
            platform: try contract("platform"),
            fleet: Fleet(gateway: GatewayID(now: clock.now(), random: random), system: system),
            sharedLimits: SharedLimits(database: database))
    }

    private static func packs() throws -> PackLibrary {
        try PackLibrary(
            Resources.all.filter { $0.name.hasPrefix("packs/") }.map { try JSONParser.parse($0.bytes) })
    }

    private static func journeys() throws -> JourneyLibrary {
        try JourneyLibrary(
            Resources.all.filter { $0.name.hasPrefix("journeys/") }
                .map { try JSONParser.parse($0.bytes) })
    }

    private static func contract(_ name: String) throws -> Contract {
        guard let bytes = Resources.bytes(named: "contracts/\(name).json") else {
            preconditionFailure("the executable carries contracts/\(name).json")
        }
        return try Contract(JSONParser.parse(bytes))
    }

    /// The document of a lifecycle that a domain of ours runs.
    private static func graph(_ name: String) -> JSONValue {
        guard let bytes = Resources.bytes(named: "graphs/\(name).json") else {
            preconditionFailure("the executable carries graphs/\(name).json")
        }
        do {
            return try JSONParser.parse(bytes)
        } catch {
            preconditionFailure("graphs/\(name).json is JSON: \(error)")
        }
    }

    private static func gatewayConfiguration(
        _ configuration: PlatformConfiguration, adminKeyDigest: [UInt8]
    ) -> GatewayConfiguration {
        GatewayConfiguration(
            domain: configuration.domain, portalHost: configuration.portalHost,
            authHost: configuration.authHost, scheme: configuration.isTLS ? "https" : "http",
            port: configuration.listen.port,
            adminKeyDigest: adminKeyDigest)
    }

    private static func serverConfiguration(
        _ configuration: PlatformConfiguration
    ) throws -> ServerConfiguration {
        var tls: TLSContext?
        if !configuration.certificates.isEmpty {
            tls = try TLSContext.server(
                configuration.certificates, clientCertificates: .requested)
        } else if configuration.usesDevelopmentTLS {
            let authority = try DevelopmentAuthority(
                folder: configuration.dataPath,
                names: ["localhost", configuration.domain, "*.\(configuration.domain)"])
            tls = try TLSContext.server([authority.files], clientCertificates: .requested)
        }
        var server = ServerConfiguration(address: configuration.listen, tls: tls)
        server.proxies = TrustedProxies(configuration.trustedProxies)
        return server
    }
}
