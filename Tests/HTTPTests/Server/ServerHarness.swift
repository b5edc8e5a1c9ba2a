import HTTP
import Runtime
import TestSupport

/// The two ways to a server over a socket; one body of a test serves both.
enum Way: CaseIterable, Sendable {
    case plain, tls

    /// A new connection to the server.
    func connect(to server: HTTPServer) throws -> RawClient {
        try RawClient(server.address, self == .tls ? Self.identity.trusting : nil)
    }

    /// An authority with one server certificate for `localhost`, made once a process.
    fileprivate static let identity = Identity(names: ["localhost"])
}

/// A server's certificate, and what a client needs to trust it.
struct Identity: Sendable {
    let authority: DevelopmentAuthority
    private let folder: TemporaryFolder

    init(names: [String], daysValid: Int = DevelopmentAuthority.daysValidMax) {
        folder = TemporaryFolder(named: "tls")
        do {
            authority = try DevelopmentAuthority(
                folder: folder.path, names: names, daysValid: daysValid)
        } catch {
            fatalError("no certificates: \(error)")
        }
    }

    /// The context of a client that trusts this authority and no other.
    var trusting: TLSContext {
        do {
            return try TLSContext.client(authorityFile: authority.authorityFile)
        } catch {
            fatalError("no client context: \(error)")
        }
    }

    /// The same for a client that has a certificate of its own.
    func trusting(showing own: TLSContext.CertificateFiles) throws -> TLSContext {
        try TLSContext.client(authorityFile: authority.authorityFile, own: own)
    }
}

/// A server on one loop, gone when `body` is done.
func withServer<Value>(
    by way: Way, _ handler: some RequestHandler, _ body: (HTTPServer) async throws -> Value
) async throws -> Value {
    let group = EventLoopGroup(count: 1)
    defer { group.shutdown() }
    return try await body(makeServer(way, group, handler))
}

func makeServer(
    _ way: Way, _ group: EventLoopGroup, _ handler: some RequestHandler
) async throws -> HTTPServer {
    let tls = way == .tls ? try TLSContext.server([Way.identity.authority.files]) : nil
    return try await makeServer(tls, group, handler)
}

func makeServer(
    _ tls: TLSContext?, _ group: EventLoopGroup, _ handler: some RequestHandler
) async throws -> HTTPServer {
    guard let address = SocketAddress(host: "127.0.0.1", port: 0) else {
        fatalError("a loopback address")
    }
    return try await HTTPServer(
        ServerConfiguration(address: address, tls: tls), loops: group.loops, handler: handler)
}

/// Answers whatever it is asked with what the closure says.
struct Responder: RequestHandler {
    let respond: @Sendable (Request) async -> Response

    init(_ respond: @escaping @Sendable (Request) async -> Response) {
        self.respond = respond
    }

    func respond(to request: Request) async -> Response { await respond(request) }
}
