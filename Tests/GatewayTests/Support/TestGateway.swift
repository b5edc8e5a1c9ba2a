import Access
import Contracts
import Copilot
import HTTP
import Identifiers
import Identity
import Observability
import PlatformSupport
import Postgres
import Runtime
import Simulators
import Tenancy
import TestSupport

@testable import Gateway

/// A gateway over the test platform's database, put together as the executable does it, with a
/// server in front: one a test process. Calls go in through ``Way``.
final class TestGateway: Sendable {
    private static let made = Task { try await TestGateway() }

    static var shared: TestGateway {
        get async throws { try await made.value }
    }

    static let domain = "sbx.localhost"
    static let adminKey = "test_ak_0123456789abcdefghjkmnpqrstvwxyz"

    let platform = TestPlatform.shared
    let services: Services
    let gateway: Gateway
    let admin: AdminStore
    private let server: HTTPServer
    private let secureServer: HTTPServer
    private let client: HTTPClient

    private init() async throws {
        let platform = TestPlatform.shared
        let system = platform.systemWork
        try await platform.run { platform in
            _ = try await system.ensurePartitions(now: platform.clock.now())
        }
        services = try Self.makeServices(platform)
        let keyring = services.issuer.keyring
        try await platform.run { _ in try await keyring.prepare() }
        admin = services.stores.admin
        gateway = Gateway(services, loops: platform.loops, random: SystemRandom()) { _ in
            CopySink(platform.system)
        }
        guard let address = SocketAddress(host: "127.0.0.1", port: 0) else {
            fatalError("a loopback address")
        }
        let folder = TemporaryFolder(named: "gateway-tls")
        let authority = try DevelopmentAuthority(
            folder: folder.path, names: ["localhost", Self.domain, "*.\(Self.domain)"])
        server = try await HTTPServer(
            ServerConfiguration(address: address), loops: platform.loops, handler: gateway)
        secureServer = try await HTTPServer(
            ServerConfiguration(address: address, tls: TLSContext.server([authority.files])),
            loops: platform.loops, handler: gateway)
        guard let loopback = AddressRange("127.0.0.0/8") else { fatalError("a range") }
        client = HTTPClient(
            loops: platform.loops, egress: EgressGuard(allowing: [loopback]),
            resolver: LoopbackResolver(),
            tls: try TLSContext.client(authorityFile: authority.authorityFile))
    }

    /// The services of another gateway over the same database, with limits and caches of its own.
    static func makeServices(
        _ platform: TestPlatform, adding contracts: [MountableContract] = []
    ) throws -> Services {
        let random = SystemRandom()
        let payments = try contract("payments")
        let names = GatewayConfiguration(
            domain: domain, scheme: "http", port: 80,
            adminKeyDigest: AdminKey.digest(Array(adminKey.utf8)))
        // A store of its own: its clock engine fires what is due in the sandboxes that come by it.
        let world = WorldStore(
            database: platform.database, clock: platform.clock, random: random)
        let simulator = try PaymentsSimulator(
            world: world, contract: payments, graph: EmbeddedFile.graph)
        let library = ContractLibrary(
            [MountableContract(name: "payments", payments, simulator)] + contracts)
        return Services(
            configuration: names,
            stores: Services.Stores(
                directory: platform.directory,
                tenants: TenantStore(
                    database: platform.database, clock: platform.clock, random: random),
                sandboxes: platform.sandboxes,
                contracts: ContractStore(
                    database: platform.database, clock: platform.clock, random: random),
                drift: DriftStore(database: platform.database, clock: platform.clock),
                world: world,
                settings: platform.settings, faults: FaultCounter(database: platform.database),
                keys: platform.keys,
                certificates: CertificateStore(
                    database: platform.database, keys: platform.keys,
                    sealing: platform.masterKeys, clock: platform.clock, random: random),
                members: platform.members,
                invitations: platform.invitations, audit: platform.audit,
                sessions: SessionStore(
                    database: platform.database, directory: platform.directory,
                    control: platform.control, clock: platform.clock, random: SystemRandom()),
                requests: RequestLogReader(database: platform.database),
                traces: TraceReader(database: platform.database),
                usage: UsageFigures(
                    database: platform.database, system: platform.systemWork,
                    clock: platform.clock),
                admin: AdminStore(system: platform.systemWork),
                webhooks: WebhookStores(
                    database: platform.database, world: world, control: platform.control,
                    keys: platform.masterKeys, egress: EgressGuard(), domain: domain,
                    eventTypes: simulator.eventTypes, clock: platform.clock, random: random),
                journeys: JourneyStores(
                    database: platform.database, clock: platform.clock, random: random),
                objects: ObjectStore(database: platform.database)),
            outbound: outbound(platform), clock: platform.clock, accessControl: platform.control, credentials: platform.check,
            claims: platform.caches, issuer: platform.makeIssuer(names.issuerSettings(for: library)),
            signUp: platform.signUp, provisioning: platform.provisioning,
            library: library,
            packs: try PackLibrary([JSONParser.parse(EmbeddedFile.bytes("packs/standard.json"))]),
            journeys: try JourneyLibrary(EmbeddedFile.all(in: "journeys").map { try JSONParser.parse($0) }),
            platform: try contract("platform"),
            fleet: Fleet(
                gateway: GatewayID(now: platform.clock.now(), random: random),
                system: platform.systemWork),
            sharedLimits: SharedLimits(database: platform.database))
    }

    /// To this machine only, and not for as long as production waits.
    private static func outbound(_ platform: TestPlatform) -> Outbound {
        guard let loopback = AddressRange("127.0.0.0/8") else { fatalError("a range") }
        let egress = EgressGuard(allowing: [loopback])
        var limits = ClientLimits()
        limits.readTimeout = .seconds(3)
        return Outbound(
            client: HTTPClient(
                loops: platform.loops, egress: egress, resolver: LoopbackResolver(), tls: nil,
                limits: limits),
            egress: egress, deniedHosts: DeniedHostStore(database: platform.database),
            keys: platform.masterKeys)
    }

    /// Another gateway over the same database, with limits and caches of its own.
    func another(adding contracts: [MountableContract] = []) throws -> Gateway {
        let platform = platform
        return Gateway(
            try Self.makeServices(platform, adding: contracts), loops: platform.loops,
            random: SystemRandom()
        ) { _ in CopySink(platform.system) }
    }

    static func contract(_ name: String) throws -> Contract {
        try Contract(JSONParser.parse(EmbeddedFile.bytes("contracts/\(name).json")))
    }

    /// Where it listens without TLS.
    var port: UInt16 { server.address.port }

    // MARK: Calling

    func send(_ call: TestCall, by way: Way = .memory) async throws -> TestAnswer {
        try await Turnstile.calls.pass {
            switch way {
            case .memory: try await self.answer(in: self.gateway, call)
            case .socket: try await self.send(call, to: self.server, scheme: "http")
            case .tls: try await self.send(call, to: self.secureServer, scheme: "https")
            }
        }
    }

    /// Through the head parser and into this gateway, without a socket, on the test's own loop or
    /// on the one of that number.
    func answer(
        in gateway: Gateway, _ call: TestCall, on number: Int? = nil
    ) async throws -> TestAnswer {
        let request = try call.request()
        let loop = number.map { platform.loops[$0] } ?? platform.loop
        let response = try await EventLoopGroup.run(on: loop) {
            await gateway.respond(to: request)
        }
        guard case .bytes(let body) = response.body else {
            return TestAnswer(status: response.status.code, fields: response.fields, body: [])
        }
        return TestAnswer(status: response.status.code, fields: response.fields, body: body)
    }

    private func send(
        _ call: TestCall, to server: HTTPServer, scheme: String
    ) async throws -> TestAnswer {
        let url = try ClientURL("\(scheme)://\(call.host):\(server.address.port)\(call.target)")
        guard let method = Method(call.method) else { throw TestFault("no method \(call.method)") }
        let request = ClientRequest(
            method, url, fields: call.allFields, body: call.body ?? [])
        let client = client
        let response = try await EventLoopGroup.run(on: platform.loop) {
            try await client.send(request, denying: .none)
        }
        return TestAnswer(status: response.status.code, fields: response.fields, body: response.body)
    }
}

/// The ways into a gateway; one body of a test serves all three.
enum Way: CaseIterable, Sendable { case memory, socket, tls }

struct TestFault: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Every name is this machine.
private struct LoopbackResolver: Resolver {
    func addresses(of name: String) async throws -> [IPAddress] { [.loopback] }
}

/// The executable's sink, which no library holds: rows by COPY as `sbx_system`.
final class CopySink: RowSink, @unchecked Sendable {
    // Loop-confined: the log's writer of one loop is its only user.
    private let postgres: Postgres
    private var writer: CopyWriter?

    init(_ postgres: Postgres) {
        self.postgres = postgres
    }

    func store(_ rows: [UInt8], count: Int, table: String) async throws {
        let writer = writer ?? postgres.makeCopyWriter()
        self.writer = writer
        _ = try await writer.copy(into: table, rows, format: .binary)
    }
}
