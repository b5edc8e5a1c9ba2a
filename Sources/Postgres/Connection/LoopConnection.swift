import CPQ
import Runtime

/// Hears of a connection on its loop.
protocol LoopConnectionOwner: AnyObject {
    /// Connected and non-blocking.
    func opened(_ connection: LoopConnection)
    /// libpq has taken in what the socket had.
    func received(_ connection: LoopConnection)
    /// Could not connect, or broke. Told once, and not after `close`.
    func ended(_ connection: LoopConnection, reason: String)
    /// What the socket would not take at first has left.
    func drained(_ connection: LoopConnection)
}

extension LoopConnectionOwner {
    func drained(_ connection: LoopConnection) {}
}

/// A libpq connection whose socket an event loop watches: connecting, reading and flushing without
/// ever waiting. What is said over it is its owner's business.
///
///     connecting ──▶ open ──▶ closed
///         └─────────────────────▲
///
/// A host given by name is resolved by libpq when connecting starts, which blocks the loop for the
/// look-up; addresses and socket folders do not.
final class LoopConnection: @unchecked Sendable {
    // Loop-confined: asserted in `open`, and by the loop for everything it calls.

    private enum State { case connecting, open, closed }

    let loop: EventLoop
    private(set) var handle: OpaquePointer?
    private weak var owner: (any LoopConnectionOwner)?
    private var state = State.connecting
    private var descriptor: CInt = -1
    private var isWatchedForWriting = false
    private var flushesAtEndOfTick = false
    private var timer: LoopTimer?

    init(on loop: EventLoop, owner: any LoopConnectionOwner) {
        self.loop = loop
        self.owner = owner
    }

    deinit {
        // Only when its loop went away under it.
        PQfinish(handle)
    }

    var isOpen: Bool { state == .open }

    /// Begins to connect; the owner hears of the outcome within `Limits.connectDeadline`, never
    /// before this returns.
    func open(_ address: ConnectionAddress, _ settings: SessionSettings) {
        loop.assertCurrent()
        handle = withKeywords(address.keywords + settings.keywords) {
            PQconnectStartParams($0, $1, 0)
        }
        timer = loop.schedule(after: Limits.connectDeadline) { [weak self] in
            self?.end("no session within \(Limits.connectDeadline)")
        }
        guard handle != nil, PQstatus(handle) != CONNECTION_BAD else {
            loop.submit { [weak self] in self?.end("cannot connect") }
            return
        }
        watch(for: .writable)
    }

    /// Ends the connection; the owner hears nothing more.
    func close() {
        guard state != .closed else { return }
        state = .closed
        timer?.cancel()
        if descriptor >= 0 { loop.unwatch(descriptor) }
        descriptor = -1
        PQfinish(handle)
        handle = nil
    }

    /// Sends what libpq holds back when this tick's tasks have all had their turn.
    func flushAtEndOfTick() {
        guard !flushesAtEndOfTick else { return }
        flushesAtEndOfTick = true
        loop.atEndOfTick(self)
    }

    /// Sends what fits into the socket now; the rest when it is writable. False if broken.
    @discardableResult
    func flush() -> Bool {
        guard state == .open else { return false }
        let result = PQflush(handle)
        guard result >= 0 else {
            end(libpqMessage)
            return false
        }
        let hasMore = result == 1
        if hasMore != isWatchedForWriting {
            isWatchedForWriting = hasMore
            loop.change(descriptor, to: hasMore ? [.readable, .writable] : .readable)
            if !hasMore { owner?.drained(self) }
        }
        return true
    }

    /// Everything was handed to the kernel.
    var isFlushed: Bool { !isWatchedForWriting }

    /// Closes and tells the owner.
    func end(_ reason: String) {
        guard state != .closed else { return }
        close()
        owner?.ended(self, reason: reason)
    }

    var libpqMessage: String {
        handle.map { String(cString: PQerrorMessage($0)) } ?? "closed"
    }
}

extension LoopConnection: EndOfTickWork {
    func endOfTick() {
        flushesAtEndOfTick = false
        flush()
    }
}

extension LoopConnection: ReadinessHandler {
    func ready(_ readiness: Readiness) {
        switch state {
        case .connecting: connectFurther()
        case .open: transfer(readiness)
        case .closed: break
        }
    }

    private func connectFurther() {
        // libpq may go on with another socket, under the same number even.
        loop.unwatch(descriptor)
        descriptor = -1
        switch PQconnectPoll(handle) {
        case PGRES_POLLING_READING: watch(for: .readable)
        case PGRES_POLLING_WRITING: watch(for: .writable)
        case PGRES_POLLING_OK: becomeOpen()
        default: end(libpqMessage)
        }
    }

    private func becomeOpen() {
        timer?.cancel()
        PQsetnonblocking(handle, 1)
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        state = .open
        watch(for: .readable)
        owner?.opened(self)
    }

    private func transfer(_ readiness: Readiness) {
        if readiness.contains(.readable) || readiness.contains(.closed) {
            let isAlive = PQconsumeInput(handle) == 1
            owner?.received(self)
            guard isAlive else { return end(libpqMessage) }
        }
        if readiness.contains(.writable) { flush() }
    }

    private func watch(for readiness: Readiness) {
        descriptor = PQsocket(handle)
        guard descriptor >= 0 else { return end(libpqMessage) }
        loop.watch(descriptor, for: readiness, self)
    }
}
