import CLinux
import Glibc
package import Runtime
import Synchronization

/// Answers requests. Runs on the loop of the request's connection.
package protocol RequestHandler: Sendable {
    func respond(to request: Request) async -> Response
}

/// An HTTP/1.1 server over event loops: one listener a loop on the same address, connections stay
/// on the loop that accepted them.
package final class HTTPServer: Sendable {
    private let listeners: [Listener]
    private let census: ConnectionCensus

    /// Where the server listens; tells the port when the configuration left it to the kernel.
    package let address: SocketAddress

    /// Binds the address on every loop and starts to accept.
    package init(
        _ configuration: ServerConfiguration, loops: [EventLoop], handler: any RequestHandler
    ) async throws {
        let census = ConnectionCensus(
            configuration.connections, proxies: configuration.proxies)
        self.census = census
        var configuration = configuration
        var listeners: [Listener] = []
        for loop in loops {
            let descriptor = try Socket.listen(on: configuration.address, isShared: true)
            // Port 0 lets the kernel choose for the first loop; the others share its choice.
            configuration.address = Socket.localAddress(descriptor) ?? configuration.address
            listeners.append(
                Listener(
                    descriptor: descriptor, loop: loop, configuration: configuration,
                    census: census, handler: handler))
        }
        self.listeners = listeners
        address = configuration.address
        for listener in listeners {
            try await EventLoopGroup.run(on: listener.loop) { listener.start() }
        }
    }

    /// Connections open now.
    package var connectionCount: Int { census.total }

    /// Stops accepting, lets running requests end and closes idle connections. What has not ended
    /// by the deadline is cut.
    package func drain(within deadline: Duration) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for listener in listeners {
                group.addTask {
                    try await EventLoopGroup.run(on: listener.loop) {
                        await listener.drain(within: deadline)
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

/// How many connections there are, in all and by address.
final class ConnectionCensus: Sendable {
    private struct Counts {
        var total = 0
        var byAddress: [[UInt8]: Int] = [:]
    }

    private let counts = Mutex(Counts())
    private let limits: ServerLimits
    private let proxies: TrustedProxies

    init(_ limits: ServerLimits, proxies: TrustedProxies) {
        self.limits = limits
        self.proxies = proxies
    }

    var total: Int { counts.withLock { $0.total } }

    /// Counts a connection in, or refuses it.
    func admit(_ peer: SocketAddress) -> Bool {
        let address = peer.addressBytes
        let isExempt = Self.isLoopback(address) || isProxy(address)
        return counts.withLock { counts in
            guard counts.total < limits.connectionsMax else { return false }
            let ofAddress = counts.byAddress[address, default: 0]
            guard isExempt || ofAddress < limits.connectionsPerAddressMax else { return false }
            counts.total += 1
            counts.byAddress[address] = ofAddress + 1
            return true
        }
    }

    func release(_ peer: SocketAddress) {
        let address = peer.addressBytes
        counts.withLock { counts in
            counts.total -= 1
            let left = counts.byAddress[address, default: 1] - 1
            counts.byAddress[address] = left == 0 ? nil : left
        }
    }

    private func isProxy(_ address: [UInt8]) -> Bool {
        IPAddress(networkOrder: address).map(proxies.contains) ?? false
    }

    private static func isLoopback(_ address: [UInt8]) -> Bool {
        address.first == 127 && address.count == 4
            || address == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    }
}
