import Contracts
import HTTP
import PlatformSupport
import Runtime
import Synchronization

@testable import Gateway

/// A server behind a mounted contract: answers as a test says, and remembers what it was asked.
final class UpstreamServer: RequestHandler {
    struct Asked: Sendable {
        let line: String
        let fields: HeaderFields
        let body: [UInt8]
    }

    private let asked = Mutex<[Asked]>([])
    private let answer: @Sendable (Asked) async -> Response

    private init(_ answer: @escaping @Sendable (Asked) async -> Response) {
        self.answer = answer
    }

    /// Runs `body` with its base URL.
    static func with<Value>(
        _ answer: @escaping @Sendable (Asked) async -> Response,
        _ body: (UpstreamServer, String) async throws -> Value
    ) async throws -> Value {
        let upstream = UpstreamServer(answer)
        let loops = try await TestGateway.shared.platform.loops
        guard let address = SocketAddress(host: "127.0.0.1", port: 0) else {
            fatalError("a loopback address")
        }
        let server = try await HTTPServer(
            ServerConfiguration(address: address), loops: loops, handler: upstream)
        let value: Value
        do {
            value = try await body(upstream, "http://127.0.0.1:\(server.address.port)")
        } catch {
            try await server.drain(within: .zero)
            throw error
        }
        try await server.drain(within: .zero)
        return value
    }

    /// What it was asked, oldest first.
    var requests: [Asked] { asked.withLock { $0 } }

    func respond(to request: Request) async -> Response {
        var request = request
        let body: [UInt8]
        do throws(BodyError) {
            body = try await request.collectBody(upTo: 1 << 20)
        } catch {
            return Response(.badRequest)
        }
        let asked = Asked(
            line: "\(request.head.method) \(request.head.target)", fields: request.head.fields,
            body: body)
        self.asked.withLock { $0.append(asked) }
        return await answer(asked)
    }
}

extension Response {
    static func json(
        _ status: Int, _ document: JSONValue, _ fields: HeaderFields = HeaderFields()
    ) -> Response {
        var response = Response(
            Status(status), contentType: "application/json", JSONWriter.bytes(document))
        response.fields.append(contentsOf: fields)
        return response
    }
}

extension TestSandbox {
    func mount(of contract: String) -> String { "/v1/sandboxes/\(slug)/contracts/\(contract)" }

    /// Has `parcels` answered by an upstream.
    @discardableResult
    func pass(
        to base: String, _ mode: String = "passthrough", credential: JSONValue? = nil
    ) async throws -> TestAnswer {
        var upstream: JSONValue = ["base_url": .string(base)]
        if let credential { upstream["credential"] = credential }
        let set = try await tenant.call(
            "PATCH", mount(of: "parcels"), ["mode": .string(mode), "upstream": upstream])
        guard set.status == 200 else { throw TestFault("no upstream: \(set)") }
        return set
    }
}
