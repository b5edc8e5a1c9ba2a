import Glibc
import Runtime

/// Accepts connections on one loop and keeps them. Confined to that loop.
final class Listener: ReadinessHandler, @unchecked Sendable {
    // Loop-confined: `start`, `ready` and what connections call are asserted by the loop.
    let loop: EventLoop
    let configuration: ServerConfiguration
    let census: ConnectionCensus
    let handler: any RequestHandler
    /// What all connections of the loop read into and encode into; empty between uses.
    let scratch: Scratch

    private let descriptor: CInt
    private var connections: [ObjectIdentifier: ServerConnection] = [:]
    private(set) var isDraining = false
    private var isPaused = false
    private var drained: CheckedContinuation<Void, Never>?

    init(
        descriptor: CInt, loop: EventLoop, configuration: ServerConfiguration,
        census: ConnectionCensus, handler: any RequestHandler
    ) {
        self.descriptor = descriptor
        self.loop = loop
        self.configuration = configuration
        self.census = census
        self.handler = handler
        scratch = Scratch()
    }

    func start() {
        loop.watch(descriptor, for: .readable, self)
        sweepEverySecond()
    }

    func ready(_ readiness: Readiness) {
        // Bounded, so that a flood of connections does not keep the loop from its requests.
        for _ in 0..<64 {
            do {
                guard let (descriptor, peer) = try Socket.accept(self.descriptor) else { return }
                take(descriptor, from: peer)
            } catch {
                return pauseAccepting()
            }
        }
    }

    func connectionClosed(_ connection: ServerConnection) {
        connections[ObjectIdentifier(connection)] = nil
        census.release(connection.peer)
        if isDraining, connections.isEmpty { finishDraining() }
    }

    func drain(within deadline: Duration) async {
        guard !isDraining else { return }
        isDraining = true
        if !isPaused { loop.unwatch(descriptor) }
        close(descriptor)
        for connection in connections.values { connection.closeWhenIdle() }
        guard !connections.isEmpty else { return }
        loop.schedule(after: deadline) { [self] in
            for connection in connections.values { connection.cut() }
            finishDraining()
        }
        await withCheckedContinuation { drained = $0 }
    }

    private func finishDraining() {
        drained?.resume()
        drained = nil
    }

    private func take(_ descriptor: CInt, from peer: SocketAddress) {
        guard census.admit(peer) else {
            close(descriptor)
            return
        }
        do {
            let transport: any ByteTransport =
                if let tls = configuration.tls {
                    try TLSTransport(server: descriptor, tls)
                } else {
                    PlainTransport(descriptor: descriptor)
                }
            let connection = ServerConnection(transport, peer: peer, listener: self)
            connections[ObjectIdentifier(connection)] = connection
            connection.start()
        } catch {
            census.release(peer)
            close(descriptor)
        }
    }

    /// Out of descriptors: accepting again at once would spin, so the backlog waits a moment.
    private func pauseAccepting() {
        isPaused = true
        loop.unwatch(descriptor)
        loop.schedule(after: .milliseconds(100)) { [self] in
            guard !isDraining else { return }
            isPaused = false
            loop.watch(descriptor, for: .readable, self)
        }
    }

    /// Deadlines are checked once a second for all connections, which costs less than a timer for
    /// each request; they are that coarse.
    private func sweepEverySecond() {
        loop.schedule(after: .seconds(1)) { [self] in
            let now = loop.now
            for connection in connections.values { connection.checkDeadline(now) }
            if !isDraining || !connections.isEmpty { sweepEverySecond() }
        }
    }
}

/// Buffers that the connections of a loop share, so that an idle connection holds none.
final class Scratch {
    /// 64 KiB: one read takes what a socket buffer usually holds.
    let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    var output: [UInt8] = []
    private var dateSecond = -1
    private(set) var dateLine: [UInt8] = []

    init() {
        output.reserveCapacity(16_384)
    }

    deinit {
        input.deallocate()
    }

    /// Renews the Date line when the second has changed.
    func renewDate() {
        let second = time(nil)
        guard second != dateSecond else { return }
        dateSecond = second
        dateLine = DateLine.bytes(secondsSince1970: second)
    }
}
