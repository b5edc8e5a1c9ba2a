import Glibc
import Runtime

/// One connection: reads requests, runs one at a time, writes answers in order.
///
///     handshaking ─→ idle ─→ head ─→ running ─→ idle …
///                              │        │  └ body still coming in: fed to the handler as it asks
///                              └ refused ┴──→ closing (flush, linger) ─→ closed
///
/// Confined to its loop. While idle it holds no buffer: reads land in the loop's scratch and are
/// parsed there; only what is incomplete is copied.
final class ServerConnection: ReadinessHandler, @unchecked Sendable {
    // Loop-confined: made by a listener on its loop, called by that loop, and by tasks whose
    // executor is that loop; entry points from tasks assert it.

    enum Phase {
        case handshaking
        /// Waiting for a head; `since` is the first byte's time, nil while idle.
        case head(since: MonotonicInstant?)
        case running
        /// Nothing more is read as requests; closes once everything is written.
        case closing
        case closed
    }

    let peer: SocketAddress
    let transport: any ByteTransport
    let listener: Listener
    var phase = Phase.handshaking
    /// Bytes received and not yet consumed.
    var inbox: [UInt8] = []
    var parser: RequestHeadParser
    /// The running request's body; nil when it has none or all of it was taken.
    var body: IncomingBody?
    /// Bytes encoded and not yet taken by the kernel.
    var outbox: [UInt8] = []
    var outboxStart = 0
    /// A task that waits for the outbox to shrink.
    var writeWaiter: CheckedContinuation<Void, Never>?
    var running: Task<Void, Never>?
    /// The running answer's wait, when it has to come late.
    var currentPause: Pause?
    var lastProgress: MonotonicInstant
    var peerEnded = false
    /// Known once the handshake is over, which is before any request.
    private lazy var facts = makeFacts()
    private var interest: Readiness = .readable
    private var isProcessing = false

    init(_ transport: any ByteTransport, peer: SocketAddress, listener: Listener) {
        self.transport = transport
        self.peer = peer
        self.listener = listener
        parser = RequestHeadParser(limits: listener.configuration.limits)
        lastProgress = listener.loop.now
    }

    var limits: ServerLimits { listener.configuration.connections }
    var loop: EventLoop { listener.loop }

    func start() {
        loop.watch(transport.descriptor, for: .readable, self)
        // Data often arrives with the connection; asking at once saves a round through epoll.
        ready(.readable)
    }

    func ready(_ readiness: Readiness) {
        if case .handshaking = phase { return continueHandshake() }
        if readiness.contains(.closed) { return close() }
        if readiness.contains(.writable) { flush() }
        if readiness.contains(.readable) { receive() }
    }

    private func makeFacts() -> ConnectionFacts {
        let tls = transport as? TLSTransport
        return ConnectionFacts(
            remoteAddress: IPAddress(networkOrder: peer.addressBytes) ?? IPAddress(v4: 0),
            remotePort: peer.port, isTLS: tls != nil, clientCertificate: tls?.peerCertificate)
    }

    private func continueHandshake() {
        switch transport.handshake() {
        case .moved:
            phase = .head(since: nil)
            watch(.readable)
            receive()
        case .wouldBlock(let readiness): watch(readiness)
        case .ended, .failed: close()
        }
    }
}

// MARK: - Reading

extension ServerConnection {
    /// Reads until the socket is empty or the reader should pause.
    func receive() {
        let scratch = listener.scratch.input
        while wantsInput {
            switch transport.read(into: scratch) {
            case .moved(let count):
                lastProgress = loop.now
                take(UnsafeRawBufferPointer(rebasing: scratch[..<count]))
                // A short read from a plain socket means there is no more for now. TLS may hold
                // more decrypted bytes, so it is asked until it has none.
                if count < scratch.count, transport is PlainTransport { return updateInterest() }
            case .wouldBlock: return updateInterest()
            case .ended: return peerHasEnded()
            case .failed: return close()
            }
        }
        updateInterest()
    }

    private var wantsInput: Bool {
        switch phase {
        case .handshaking, .closed: false
        case .head, .closing: !peerEnded
        case .running:
            if let body, !body.isComplete {
                !peerEnded && !body.hasFailed && body.bufferedBytes < limits.bodyBufferBytes
            } else {
                !peerEnded && inbox.count < limits.pipelineBufferBytes
            }
        }
    }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        if case .closing = phase { return }
        guard inbox.isEmpty else {
            inbox.append(contentsOf: bytes)
            return processInbox()
        }
        let consumed = process(bytes)
        if consumed < bytes.count, !isOver {
            inbox.append(contentsOf: bytes[consumed...])
        }
    }

    func processInbox() {
        guard !inbox.isEmpty, !isProcessing else { return }
        let bytes = inbox
        inbox = []
        let consumed = bytes.withUnsafeBytes { process($0) }
        if consumed < bytes.count, !isOver {
            inbox = Array(bytes[consumed...]) + inbox
        }
    }

    /// Consumes what it can: heads, as long as no request runs, and the running request's body.
    private func process(_ bytes: UnsafeRawBufferPointer) -> Int {
        isProcessing = true
        defer { isProcessing = false }
        var consumed = 0
        while consumed < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[consumed...])
            switch phase {
            case .head(let since):
                guard let used = processHead(rest, since: since) else { return consumed }
                consumed += used
            case .running:
                guard let body, !body.isComplete else { return consumed }
                consumed += body.receive(rest)
            case .handshaking, .closing, .closed: return bytes.count
            }
        }
        return consumed
    }

    /// Takes the bytes of a head, or of a part of one, and starts its request; nil after a refusal.
    private func processHead(_ bytes: UnsafeRawBufferPointer, since: MonotonicInstant?) -> Int? {
        switch parser.parse(bytes) {
        case .needMore:
            phase = .head(since: since ?? loop.now)
            return bytes.count
        case .head(let head, let consumed):
            parser = RequestHeadParser(limits: listener.configuration.limits)
            begin(head)
            return consumed
        case .refused(let error):
            refuse(with: error.response)
            return nil
        }
    }

    private var isOver: Bool {
        switch phase {
        case .closing, .closed: true
        case .handshaking, .head, .running: false
        }
    }

    private func peerHasEnded() {
        peerEnded = true
        body?.end()
        switch phase {
        case .handshaking: close()
        case .head, .closing: closeAfterFlush()
        // A client may end its side after its request and still wait for the answer.
        case .running: if currentPause?.endsWithPeer ?? false { close() } else { updateInterest() }
        case .closed: break
        }
    }
}

// MARK: - Requests

extension ServerConnection {
    private func begin(_ head: RequestHead) {
        phase = .running
        let incoming = head.framing == .none ? nil : IncomingBody(head, connection: self)
        body = incoming
        let request = Request(
            head: head, body: incoming.map { .stream($0) } ?? .empty,
            connection: listener.configuration.proxies.facts(facts, toldBy: head.fields))
        // Immediate: a handler that never waits has answered before this call returns.
        let task = Task.immediate(executorPreference: loop) { [self] in
            let response = await listener.handler.respond(to: request)
            await answer(request.head, with: response)
        }
        if case .running = phase { running = task }
    }

    private func answer(_ head: RequestHead, with response: Response) async {
        guard case .running = phase else { return }
        // An answer given before the body was read: the rest is not waited for, so the connection
        // ends with the answer.
        let bodyIsOver = body?.isComplete ?? true
        let encoder = ResponseEncoder(
            method: head.method, version: head.version,
            keepAlive: head.keepAlive && bodyIsOver && !listener.isDraining)
        if let fault = response.fault {
            await deliver(response, encoder, spoiltBy: fault)
        } else {
            await deliver(response, encoder)
        }
    }

    /// Sends the answer whole and goes on with the connection.
    func deliver(_ response: Response, _ encoder: ResponseEncoder) async {
        let outcome = send(response, encoder)
        if case .stream(let produce) = response.body, outcome.remainder != .nothing {
            let writer = ConnectionWriter(self, isChunked: outcome.remainder == .chunks)
            do {
                try await produce(writer)
                try writer.finish()
            } catch {
                // The status is out already; a missing last chunk tells the client.
                return close()
            }
        }
        finish(keepAlive: outcome.keepAlive)
    }

    /// Encodes into the loop's scratch and writes at once; into the outbox if that is not empty.
    private func send(_ response: Response, _ encoder: ResponseEncoder) -> ResponseEncoder.Outcome {
        let scratch = listener.scratch
        scratch.renewDate()
        guard outbox.isEmpty else {
            let outcome = encoder.encode(response, dateLine: scratch.dateLine, into: &outbox)
            flush()
            return outcome
        }
        let outcome = encoder.encode(response, dateLine: scratch.dateLine, into: &scratch.output)
        writeScratch()
        return outcome
    }

    /// Ends the running request and goes on with what the client sent meanwhile.
    func finish(keepAlive: Bool) {
        guard case .running = phase else { return }
        running = nil
        body = nil
        guard keepAlive else { return closeAfterFlush() }
        phase = .head(since: nil)
        lastProgress = loop.now
        if !isProcessing { processInbox() }
        if case .head = phase, peerEnded, !isProcessing { return closeAfterFlush() }
        updateInterest()
    }

    private func refuse(with response: Response) {
        _ = send(response, ResponseEncoder(method: .get, version: .http11, keepAlive: false))
        closeAfterFlush()
    }

    func sendContinue() {
        guard case .running = phase else { return }
        ResponseEncoder.appendContinue(to: &outbox)
        flush()
    }

    /// The handler took a piece of its body: there may be room for what is held back.
    func resumeBody() {
        processInbox()
        receive()
    }
}

// MARK: - Writing

extension ServerConnection {
    /// Writes the loop's output scratch; what the kernel does not take is kept.
    private func writeScratch() {
        let scratch = listener.scratch
        let sent = scratch.output.withUnsafeBytes { transport.write($0) }
        switch sent {
        case .moved(let count) where count == scratch.output.count: break
        case .moved(let count):
            outbox.append(contentsOf: scratch.output[count...])
            updateInterest()
        case .wouldBlock:
            outbox.append(contentsOf: scratch.output)
            updateInterest()
        case .ended, .failed: close()
        }
        scratch.output.removeAll(keepingCapacity: true)
    }

    /// Writes what waits, and watches for room when not all of it went.
    func flush() {
        while outboxStart < outbox.count {
            let result = outbox.withUnsafeBytes { bytes in
                transport.write(UnsafeRawBufferPointer(rebasing: bytes[outboxStart...]))
            }
            switch result {
            case .moved(let count):
                outboxStart += count
                lastProgress = loop.now
            case .wouldBlock:
                wakeWriter()
                return updateInterest()
            case .ended, .failed: return close()
            }
        }
        outbox = []
        outboxStart = 0
        wakeWriter()
        if case .closing = phase { return linger() }
        updateInterest()
    }

    var unsentBytes: Int { outbox.count - outboxStart }

    private func wakeWriter() {
        guard let writer = writeWaiter else { return }
        writeWaiter = nil
        writer.resume()
    }

    func updateInterest() {
        guard !isClosed else { return }
        var wanted: Readiness = wantsInput ? .readable : []
        if unsentBytes > 0 { wanted.insert(.writable) }
        watch(wanted)
    }

    private func watch(_ wanted: Readiness) {
        guard wanted != interest else { return }
        interest = wanted
        loop.change(transport.descriptor, to: wanted)
    }
}

// MARK: - Ending

extension ServerConnection {
    private var isClosed: Bool {
        if case .closed = phase { true } else { false }
    }

    /// Closes now if no request runs, else after the running one.
    func closeWhenIdle() {
        switch phase {
        case .handshaking, .head: close()
        case .running: endPause()
        case .closing, .closed: break
        }
    }

    /// Closes whatever runs.
    func cut() {
        running?.cancel()
        close()
    }

    func closeAfterFlush() {
        guard !isClosed else { return }
        phase = .closing
        inbox = []
        running = nil
        flush()
    }

    /// Everything is written: ends our side and waits for the peer's end, reading and dropping.
    private func linger() {
        guard !peerEnded else { return close() }
        transport.shutdown()
        lastProgress = loop.now
        updateInterest()
        receive()
    }

    func checkDeadline(_ now: MonotonicInstant) {
        let quiet = now - lastProgress
        switch phase {
        case .handshaking:
            if quiet > .seconds(limits.handshakeSeconds) { close() }
        case .head(let since?):
            if now - since > .seconds(limits.headSeconds) { refuse(with: .headTimedOut) }
        case .head(since: nil):
            if quiet > .seconds(limits.idleSeconds) { close() }
        case .running:
            guard quiet > .seconds(limits.stallSeconds) else { return }
            if unsentBytes > 0 { cut() } else if body?.isAwaited ?? false { body?.timeOut() }
        case .closing:
            let bound = unsentBytes > 0 ? limits.stallSeconds : limits.lingerSeconds
            if quiet > .seconds(bound) { close() }
        case .closed: break
        }
    }

    func close() {
        guard !isClosed else { return }
        phase = .closed
        running?.cancel()
        running = nil
        body?.end()
        wakeWriter()
        endPause()
        inbox = []
        outbox = []
        outboxStart = 0
        loop.unwatch(transport.descriptor)
        Glibc.close(transport.descriptor)
        listener.connectionClosed(self)
    }
}
