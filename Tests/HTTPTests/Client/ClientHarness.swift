import HTTP
import Runtime
import Synchronization

/// Answers each question with the next of its lists.
final class FixedResolver: Resolver {
    private let state: Mutex<(answers: [[IPAddress]], asked: [String])>

    init(answers: [[IPAddress]]) {
        state = Mutex((answers, []))
    }

    var asked: [String] { state.withLock { $0.asked } }

    func addresses(of name: String) async throws -> [IPAddress] {
        state.withLock { state in
            state.asked.append(name)
            return state.answers.isEmpty ? [] : state.answers.removeFirst()
        }
    }
}

/// An operator who allows loopback, as `make run` does.
let loopbackAllowed = EgressGuard(allowing: [AddressRange("127.0.0.0/8")!])

/// Runs `body` with a client on a loop of its own.
func withClient<T: Sendable>(
    egress: EgressGuard = loopbackAllowed, resolver: any Resolver = FixedResolver(answers: []),
    tls: TLSContext? = nil, limits: ClientLimits = ClientLimits(),
    _ body: @escaping @Sendable (HTTPClient) async throws -> T
) async throws -> T {
    let group = EventLoopGroup(count: 1)
    let client = HTTPClient(
        loops: group.loops, egress: egress, resolver: resolver, tls: tls, limits: limits)
    let result = await Result { () async throws in
        try await EventLoopGroup.run(on: group.loops[0]) { try await body(client) }
    }
    await client.shutdown()
    group.shutdown()
    return try result.get()
}

/// One call.
func call(
    _ request: ClientRequest, egress: EgressGuard = loopbackAllowed,
    resolver: any Resolver = FixedResolver(answers: []), tls: TLSContext? = nil,
    limits: ClientLimits = ClientLimits(), denying denied: DeniedHosts = .none
) async throws -> Result<ClientResponse, ClientError> {
    try await withClient(egress: egress, resolver: resolver, tls: tls, limits: limits) { client in
        do throws(ClientError) {
            return .success(try await client.send(request, denying: denied))
        } catch {
            return .failure(error)
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
