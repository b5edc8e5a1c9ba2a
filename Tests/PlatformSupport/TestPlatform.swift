package import Access
import CResources
package import Contracts
import Glibc
import Identifiers
package import Identity
package import Postgres
package import Runtime
package import Tenancy
import TestSupport
import Testing

/// A migrated database on the shared cluster with the four roles, two loops and the stores of
/// Tenancy and Identity over them: one a test process. Each test signs up tenants of its own.
package final class TestPlatform: Sendable {
    package static let shared = TestPlatform()

    package let loops: [EventLoop]
    package let clock = ManualWallClock(WallInstant(microseconds: 1_767_225_600_000_000))
    package let control: AccessControl
    package let app: Postgres
    package let edge: Postgres
    package let system: Postgres
    package let database: TenantDatabase
    package let directory: EdgeDirectory
    package let systemWork: SystemWork
    package let sandboxes: SandboxStore
    package let provisioning: SandboxProvisioning
    package let worlds: WorldStore
    package let masterKeys = MasterKeys(
        keys: [[UInt8](repeating: 7, count: 32)], random: SystemRandom())
    package let settings: SettingsStore
    package let signUp: SignUp
    package let keys: KeyStore
    package let members: MemberStore
    package let invitations: InvitationStore
    package let audit: AuditStore
    package let caches: ClaimsCaches
    package let check: CredentialCheck
    private let bootstrap: Bootstrap
    private let group: EventLoopGroup

    /// A platform over a database of its own, for tests of what belongs to the whole installation.
    package static func alone(_ name: String) -> TestPlatform { TestPlatform(database: name) }

    private init(database name: String = "sbx") {
        do {
            bootstrap = Bootstrap(
                admin: TestCluster.shared.address, secrets: TestCluster.shared.secrets,
                database: name)
            try bootstrap.run()
            _ = try Migrator(Self.migrations).migrate(bootstrap.address(.owner))
        } catch {
            fatalError("the test database cannot be made: \(error)")
        }
        group = EventLoopGroup(count: 2)
        loops = group.loops
        app = Self.makePostgres(bootstrap.address(.app), loops, isShared: name == "sbx")
        edge = Self.makePostgres(bootstrap.address(.edge), loops, isShared: name == "sbx")
        system = Self.makePostgres(bootstrap.address(.system), loops, isShared: name == "sbx")
        let random = SystemRandom()
        control = AccessControl(clock: clock)
        database = TenantDatabase(appRole: app)
        directory = EdgeDirectory(edgeRole: edge)
        systemWork = SystemWork(systemRole: system)
        sandboxes = SandboxStore(database: database, clock: clock, random: random)
        provisioning = SandboxProvisioning(sandboxes: sandboxes, clock: clock, random: random)
        worlds = WorldStore(database: database, clock: clock, random: random)
        settings = SettingsStore(database: database, clock: clock, random: random)
        let passwords = PasswordHasher(pool: BlockingPool(threads: 2), random: random)
        signUp = SignUp(
            tenants: TenantStore(database: database, clock: clock, random: random),
            passwords: passwords,
            directory: directory, control: control, clock: clock, random: random)
        keys = KeyStore(database: database, clock: clock, random: random)
        members = MemberStore(database: database, clock: clock)
        invitations = InvitationStore(
            database: database, directory: directory, control: control, passwords: passwords,
            clock: clock, random: random)
        audit = AuditStore(database: database, system: systemWork)
        caches = ClaimsCaches(loops: loops)
        check = CredentialCheck(directory: directory, caches: caches, clock: clock)
    }

    /// All connections of all tests are to one cluster: who is alone on a platform takes few.
    private static func makePostgres(
        _ address: ConnectionAddress, _ loops: [EventLoop], isShared: Bool
    ) -> Postgres {
        var configuration = PostgresConfiguration(address)
        // Many tests share the pools, each as eager as a server's whole load.
        configuration.poolWait = .seconds(30)
        configuration.idleInTransactionMilliseconds = 120_000
        if !isShared { configuration.commitConnectionsPerLoop = 1 }
        return Postgres(configuration, loops: loops)
    }

    /// The loop of the test that runs now. Tests share out the loops, but each stays on one: what a
    /// loop remembers of keys and sandboxes is told to the others by the database, in its own time.
    package var loop: EventLoop {
        loops[(Self.share ?? Test.current?.sourceLocation.line ?? 0) % loops.count]
    }

    /// Which of the loops the cases of one test work on, for a test whose cases are worth sharing out.
    @TaskLocal package static var share: Int?

    /// Runs a test's body on its event loop.
    package func run<Value: Sendable>(
        _ body: @escaping @Sendable (TestPlatform) async throws -> Value
    ) async throws -> Value {
        try await EventLoopGroup.run(on: loop) { try await body(self) }
    }

    /// The world's store as another process has it, with connections of its own that are waited
    /// for only so long.
    package func makeWorlds(patience: Duration) -> WorldStore {
        var configuration = PostgresConfiguration(bootstrap.address(.app))
        configuration.poolWait = patience
        configuration.commitConnectionsPerLoop = 2
        return WorldStore(
            database: TenantDatabase(appRole: Postgres(configuration, loops: loops)), clock: clock,
            random: SystemRandom())
    }

    /// A blocking connection as a role, for attacks that our own code would not make.
    package func connect(as role: DatabaseRole) throws -> BlockingConnection {
        try BlockingConnection(bootstrap.address(role))
    }

    /// A new tenant without a password's cost, and its management key.
    package func makeTenantWithKey() async throws -> (access: TenantAccess, key: Secret) {
        let random = SystemRandom()
        let now = clock.now()
        let tenant = TenantID(now: now, random: random)
        let user = UserID(now: now, random: random)
        let email = try Email("\(user)@example.com")
        let secret = Secret(.managementKey, random: random)
        let founding = TenantStore.Founding(
            tenant: tenant, user: user, organization: "Test", email: email,
            emailSHA256: SHA256Hasher.digest(Array(email.normalized.utf8)).bytes,
            passwordHash: "scrypt$15$8$3$00$00",
            key: secret.record(id: KeyID(now: now, random: random), scopes: Scopes(.manage)))
        let store = TenantStore(database: database, clock: clock, random: random)
        try await store.found(founding, as: control.access(founding: tenant))
        let principal = Principal(
            tenant: tenant, kind: .managementKey(founding.key.id, .owner), scopes: Scopes(.manage))
        return (try control.access(toTenantOf: principal, for: .write), secret)
    }

    /// What the holder of the admin key may do.
    package var `operator`: OperatorAccess {
        let request = RequestID(now: clock.now(), random: SystemRandom())
        guard let access = control.access(asOperatorShowing: [1], expecting: [1], in: request) else {
            fatalError("the same digest")
        }
        return access
    }

    package func makeTenant() async throws -> TenantAccess {
        try await makeTenantWithKey().access
    }

    /// A new sandbox, the access of its own key, and its secrets.
    package func makeSandboxWithKey(
        _ draft: SandboxDraft = SandboxDraft(), as access: TenantAccess
    ) async throws -> (access: SandboxAccess, made: SandboxProvisioning.Provisioned) {
        let made = try await provisioning.create(draft, as: access)
        let location = try await directory.sandbox(id: made.sandbox.id)
        guard let location else { fatalError("a created sandbox is in the directory") }
        let principal = Principal(
            tenant: access.tenant, kind: .sandboxKey(made.key, made.sandbox.id),
            scopes: Scopes(.sandbox))
        return (try control.access(onHostOf: location, as: principal), made)
    }

    package func makeSandbox(
        _ draft: SandboxDraft = SandboxDraft(), as access: TenantAccess
    ) async throws -> SandboxAccess {
        try await makeSandboxWithKey(draft, as: access).access
    }

    package func makeSandbox(_ draft: SandboxDraft = SandboxDraft()) async throws -> SandboxAccess {
        try await makeSandbox(draft, as: makeTenant())
    }

    private static let migrations: [Migration] = EmbeddedFile.all.compactMap { path, content in
        guard path.hasPrefix("migrations/") else { return nil }
        return Migration(fileName: String(path.dropFirst(11)), sql: content)
    }
}

extension TestPlatform {
    package static let keyMaking = BlockingPool(threads: 1)

    /// An issuer over this database. All of them share one master key, as gateways do.
    package func makeIssuer(_ settings: IssuerSettings, clock: ManualWallClock? = nil) -> Issuer {
        let clock = clock ?? self.clock
        return Issuer(
            settings: settings,
            keyring: Keyring(
                system: systemWork, sealing: masterKeys, pool: Self.keyMaking, clock: clock),
            nonceKey: masterKeys.derivedKey(for: "dpop nonces"),
            on: Issuer.Ground(
                database: database, directory: directory, control: control, caches: caches,
                clock: clock, random: SystemRandom()))
    }
}

extension TestPlatform {
    /// Leaves a row in every table that calls write to.
    package func fillWorld(_ access: SandboxAccess) async throws {
        let scope = IdempotencyScope(
            key: "fill", method: "POST", path: "/v1/fill", fingerprint: [UInt8](repeating: 7, count: 32))
        let now = clock.now()
        _ = try await worlds.transaction(as: access, idempotency: scope) { world in
            let id = world.drawID("pay")
            try await world.create(
                EntityKey(contract: "payments", type: "payment", id: id), document: Array("{}".utf8))
            try await world.post(
                LedgerTransaction(
                    cause: id,
                    [
                        Posting(LedgerAccount(name: "a", currency: "usd"), 5),
                        Posting(LedgerAccount(name: "b", currency: "usd"), -5),
                    ]))
            world.schedule(
                WorldTimer(
                    id: "\(id):expiry", dueAt: world.now, contract: "payments", type: "payment",
                    entityID: id, kind: "expiry"))
            world.emit(
                WorldEvent(
                    id: world.drawID("evt"), contract: "payments", type: "payment.created",
                    document: Array("{}".utf8)))
            world.answer(
                with: IdempotencyRecord(
                    status: 201, headers: Array("[]".utf8), response: Array("{}".utf8),
                    request: RequestID(now: now, random: SystemRandom())))
        }
        try await settings.write("chaos", Array("{}".utf8), as: access)
        _ = try await FaultCounter(database: database).next(as: access)
    }
}

extension TestPlatform {
    /// `make soak` sets SBX_SOAK=1 for full sizes.
    package static let isSoak = getenv("SBX_SOAK").map { String(cString: $0) } == "1"

    /// Big sizes are divided by this: 20 in `make test`, 1 in `make soak`.
    package static let sizeDivisor = isSoak ? 1 : 20
}

/// The files that the executable carries.
package enum EmbeddedFile {
    static let all: [(path: String, content: [UInt8])] = (0..<sbx_resource_count()).map { index in
        let resource = sbx_resource_at(index).pointee
        let content = UnsafeBufferPointer(start: resource.bytes, count: resource.count)
        return (String(cString: resource.name), Array(content))
    }

    /// The contents of a folder's files.
    package static func all(in folder: String) -> [[UInt8]] {
        all.filter { $0.path.hasPrefix(folder + "/") }.map(\.content)
    }

    package static func bytes(_ path: String) -> [UInt8] {
        guard let file = all.first(where: { $0.path == path }) else {
            preconditionFailure("no embedded file \(path)")
        }
        return file.content
    }

    /// The document of a lifecycle in `graphs/`.
    package static func graph(_ name: String) -> JSONValue {
        do {
            return try JSONParser.parse(bytes("graphs/\(name).json"))
        } catch {
            preconditionFailure("graphs/\(name).json is JSON: \(error)")
        }
    }
}
