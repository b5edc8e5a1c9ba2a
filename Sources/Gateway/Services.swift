package import Access
package import Contracts
package import Copilot
import HTTP
package import Identity
package import Observability
package import Runtime
package import Simulators
package import Tenancy

/// Everything that answering needs, made once and handed in: nothing reaches for a global.
package final class Services: Sendable {
    package struct Stores: Sendable {
        package let directory: EdgeDirectory
        package let tenants: TenantStore
        package let sandboxes: SandboxStore
        package let contracts: ContractStore
        package let drift: DriftStore
        package let world: WorldStore
        package let settings: SettingsStore
        package let faults: FaultCounter
        package let keys: KeyStore
        package let certificates: CertificateStore
        package let members: MemberStore
        package let invitations: InvitationStore
        package let audit: AuditStore
        package let sessions: SessionStore
        package let requests: RequestLogReader
        package let traces: TraceReader
        package let usage: UsageFigures
        package let admin: AdminStore
        package let webhooks: WebhookStores
        package let journeys: JourneyStores
        package let objects: ObjectStore

        package init(
            directory: EdgeDirectory, tenants: TenantStore, sandboxes: SandboxStore,
            contracts: ContractStore, drift: DriftStore, world: WorldStore, settings: SettingsStore,
            faults: FaultCounter, keys: KeyStore,
            certificates: CertificateStore, members: MemberStore,
            invitations: InvitationStore, audit: AuditStore, sessions: SessionStore,
            requests: RequestLogReader, traces: TraceReader, usage: UsageFigures, admin: AdminStore,
            webhooks: WebhookStores, journeys: JourneyStores, objects: ObjectStore
        ) {
            self.directory = directory
            self.tenants = tenants
            self.sandboxes = sandboxes
            self.contracts = contracts
            self.drift = drift
            self.world = world
            self.settings = settings
            self.faults = faults
            self.keys = keys
            self.certificates = certificates
            self.members = members
            self.invitations = invitations
            self.audit = audit
            self.sessions = sessions
            self.requests = requests
            self.traces = traces
            self.usage = usage
            self.admin = admin
            self.webhooks = webhooks
            self.journeys = journeys
            self.objects = objects
        }
    }

    let configuration: GatewayConfiguration
    let outbound: Outbound
    package let stores: Stores
    let clock: any WallClock
    let accessControl: AccessControl
    let authenticator: Authenticator
    package let issuer: Issuer
    let tokenGate: TokenGate
    let signUp: SignUp
    let provisioning: SandboxProvisioning
    let library: ContractLibrary
    let contractCache: ContractCache
    /// Large traces become documents here.
    let traceWriting = BlockingPool(threads: 1)
    /// Where the operations of the built-in contracts take credentials, by the contract's name.
    let credentialPlans: [String: CredentialPlan]
    let packs: PackLibrary
    let clockEngine: ClockEngine
    let platform: Contract
    /// Of `platform`, with this installation's address as its server.
    let platformDocument: [UInt8]
    let sandboxCache: SandboxCache
    package let limits: CallerLimits
    package let fleet: Fleet
    let signUpLimiter = AddressLimiter(perMinute: GatewayLimits.signUpsPerMinute)
    let clientFailureLimiter = AddressLimiter(perMinute: GatewayLimits.clientFailuresPerMinute)
    let signInLimiter = AddressLimiter(perMinute: GatewayLimits.signInsPerMinute)
    let userCodeLimiter = AddressLimiter(perMinute: GatewayLimits.userCodesPerMinute)
    let streams = StreamCounter()
    let journeys: JourneyLibrary
    let runningJourneys = RunningJourneys()
    package let claims: ClaimsCaches

    /// `platform` is the platform's own OpenAPI document.
    package init(
        configuration: GatewayConfiguration, stores: Stores, outbound: Outbound,
        clock: any WallClock, accessControl: AccessControl, credentials: CredentialCheck, claims: ClaimsCaches,
        issuer: Issuer, signUp: SignUp, provisioning: SandboxProvisioning, library: ContractLibrary,
        packs: PackLibrary, journeys: JourneyLibrary, platform: Contract, fleet: Fleet,
        sharedLimits: SharedLimits
    ) {
        self.configuration = configuration
        self.stores = stores
        self.outbound = outbound
        self.clock = clock
        self.accessControl = accessControl
        authenticator = Authenticator(credentials)
        self.issuer = issuer
        tokenGate = TokenGate(issuer: issuer, configuration: configuration)
        self.signUp = signUp
        self.provisioning = provisioning
        self.library = library
        contractCache = ContractCache(contracts: stores.contracts, world: stores.world)
        credentialPlans = Dictionary(
            uniqueKeysWithValues: library.contracts.map { ($0.name, CredentialPlan($0.contract)) })
        self.packs = packs
        self.journeys = journeys
        clockEngine = ClockEngine(
            world: stores.world, contracts: library,
            jobs: packs[PackLibrary.standard]?.jobs ?? [], wallClock: clock)
        self.platform = platform
        var document = platform.document
        // Absolute: generators and runners exist that do not resolve one against the document's own.
        document["servers"] = [["url": .string(configuration.portalURL)]]
        platformDocument = JSONWriter.bytes(document)
        self.claims = claims
        sandboxCache = SandboxCache(
            directory: stores.directory, sandboxes: stores.sandboxes, settings: stores.settings)
        self.fleet = fleet
        limits = CallerLimits(
            tenants: stores.tenants, shared: sharedLimits, fleet: fleet, clock: clock)
    }

    /// Keeps the clocks of all sandboxes, in the background.
    package func clockWorker(_ system: SystemWork) -> ClockWorker {
        ClockWorker(
            engine: clockEngine, system: system, directory: stores.directory,
            control: accessControl, wallClock: clock)
    }

    /// The contract that a mount serves; nil for one of ours that this build no longer has.
    func mountable(
        _ mount: Mount, _ access: SandboxAccess
    ) async throws(Refusal) -> MountableContract? {
        guard let imported = mount.imported else { return library[mount.contract] }
        return try await contractCache.mountable(imported, named: mount.contract, as: access)
    }

    /// The contract that the sandbox serves under a name; refused where it serves none.
    func mounted(
        _ name: String?, _ access: SandboxAccess
    ) async throws(Refusal) -> MountableContract {
        let mounts = try await sandboxCache.mounts(of: access)
        guard let name, let mount = mounts.first(where: { $0.contract == name }),
            let mounted = try await mountable(mount, access)
        else { throw .contractNotMounted(name, mounted: mounts.map(\.contract)) }
        return mounted
    }

    /// Drops what a notification names.
    package func forget(_ invalidation: Invalidation) {
        claims.forget(invalidation)
        issuer.forget(invalidation)
        switch invalidation {
        case .sandbox(let sandbox): sandboxCache.forget(sandbox)
        case .gateways: fleet.expectCompany()
        case .key: break
        }
    }

    /// Drops everything that is remembered: notifications may have been missed.
    package func forgetAll() {
        claims.forgetAll()
        issuer.forgetAll()
        sandboxCache.forgetAll()
        limits.forgetNumbers()
    }
}
