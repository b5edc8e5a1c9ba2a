import Glibc
import Runtime

/// One outgoing connection: connects, then moves bytes for one call at a time. Confined to its
/// loop.
///
/// While no call waits on it, readiness can only mean that the peer has closed or talks out of
/// turn; either way the connection is over.
final class ClientConnection: ReadinessHandler, @unchecked Sendable {
    // Loop-confined: made and used by tasks whose executor is the loop, called by the loop.
    private enum Wake {
        case ready, timedOut, cancelled
    }

    let origin: String
    let address: IPAddress
    let loop: EventLoop
    private(set) var isOpen = true
    /// Pending end of an idle connection.
    var idleTimer: LoopTimer?
    /// Told when the connection ends while idle.
    var onIdleEnd: ((ClientConnection) -> Void)?

    private let descriptor: CInt
    private var transport: any ByteTransport
    private var waiter: CheckedContinuation<Wake, Never>?

    /// Starts to connect; `connect` finishes it.
    init(
        to target: SocketAddress, address: IPAddress, origin: String, loop: EventLoop
    ) throws(ClientError) {
        do {
            descriptor = try Socket.connect(to: target)
        } catch {
            throw .connectFailed
        }
        transport = PlainTransport(descriptor: descriptor)
        self.origin = origin
        self.address = address
        self.loop = loop
        loop.watch(descriptor, for: .writable, self)
    }

    /// Waits until the connection stands, with TLS if there is a context.
    func connect(
        host: String, _ tls: TLSContext?, until deadline: MonotonicInstant
    ) async throws(ClientError) {
        try await wait(for: .writable, until: deadline, .connecting)
        do {
            try Socket.finishConnect(descriptor)
        } catch {
            throw .connectFailed
        }
        guard let tls else { return }
        guard let made = try? TLSTransport(client: descriptor, host: host, tls) else {
            throw .tlsFailed(.handshake)
        }
        transport = made
        while true {
            switch made.handshake() {
            case .moved: return
            case .wouldBlock(let readiness):
                try await wait(for: readiness, until: deadline, .connecting)
            case .ended, .failed: throw .tlsFailed(made.refusal)
            }
        }
    }

    func write(_ bytes: [UInt8], until deadline: MonotonicInstant) async throws(ClientError) {
        var start = 0
        while start < bytes.count {
            let result = bytes.withUnsafeBytes { bytes in
                transport.write(UnsafeRawBufferPointer(rebasing: bytes[start...]))
            }
            switch result {
            case .moved(let count): start += count
            case .wouldBlock(let readiness):
                try await wait(for: readiness, until: deadline, .reading)
            case .ended, .failed: throw .connectionLost
            }
        }
    }

    /// The next bytes; empty when the peer has ended in order.
    func read(until deadline: MonotonicInstant) async throws(ClientError) -> [UInt8] {
        while true {
            var result = TransportResult.failed
            // 16 KiB: the largest TLS record.
            let bytes = [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, count in
                result = transport.read(into: UnsafeMutableRawBufferPointer(buffer))
                if case .moved(let moved) = result { count = moved }
            }
            switch result {
            case .moved: return bytes
            case .wouldBlock(let readiness):
                try await wait(for: readiness, until: deadline, .reading)
            case .ended: return []
            case .failed: throw .connectionLost
            }
        }
    }

    /// Listens for the peer's end while no call uses the connection.
    func rest() {
        loop.change(descriptor, to: .readable)
    }

    func ready(_ readiness: Readiness) {
        if let waiter {
            self.waiter = nil
            // Without a waiter nothing may be reported but the end.
            loop.change(descriptor, to: [])
            waiter.resume(returning: .ready)
        } else {
            onIdleEnd?(self)
            close()
        }
    }

    func close() {
        loop.assertCurrent()
        guard isOpen else { return }
        isOpen = false
        idleTimer?.cancel()
        onIdleEnd = nil
        transport.shutdown()
        loop.unwatch(descriptor)
        Glibc.close(descriptor)
    }

    private func wait(
        for readiness: Readiness, until deadline: MonotonicInstant, _ phase: ClientPhase
    ) async throws(ClientError) {
        guard isOpen else { throw .connectionLost }
        let left = deadline - MonotonicInstant.now()
        guard left > .zero else { throw .timedOut(phase) }
        let timer = loop.schedule(after: left) { [self] in wake(.timedOut) }
        defer { timer.cancel() }
        let woken = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Wake, Never>) in
                guard !Task.isCancelled else { return continuation.resume(returning: .cancelled) }
                waiter = continuation
                loop.change(descriptor, to: readiness)
            }
        } onCancel: {
            loop.submit { [self] in wake(.cancelled) }
        }
        switch woken {
        case .ready: return
        case .timedOut: throw .timedOut(phase)
        case .cancelled: throw .cancelled
        }
    }

    private func wake(_ reason: Wake) {
        waiter?.resume(returning: reason)
        waiter = nil
    }
}
