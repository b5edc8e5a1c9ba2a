import Runtime

/// A request's body on its way from the connection to the handler. Confined to the loop.
final class IncomingBody: RequestBodySource, @unchecked Sendable {
    // Loop-confined: the connection feeds it, the handler's task reads it, both on the loop.
    private var framing: Framing
    private var chunks: [[UInt8]] = []
    private var waiter: CheckedContinuation<Void, Never>?
    private var failure: BodyError?
    private var mustInvite: Bool
    private unowned let connection: ServerConnection
    private(set) var bufferedBytes = 0
    /// Every byte has come.
    private(set) var isComplete = false

    private enum Framing {
        case length(remaining: Int)
        case chunked(ChunkDecoder)
    }

    init(_ head: RequestHead, connection: ServerConnection) {
        self.connection = connection
        mustInvite = head.expectsContinue
        let limits = connection.listener.configuration.limits
        framing =
            if case .length(let count) = head.framing {
                .length(remaining: count)
            } else {
                .chunked(ChunkDecoder(bodyBytesMax: limits.bodyBytesMax, limits: limits))
            }
        if case .length(let count) = head.framing, count > limits.bodyBytesMax {
            failure = .tooLarge(bytesMax: limits.bodyBytesMax)
        }
    }

    /// A handler waits for bytes that have not come.
    var isAwaited: Bool { waiter != nil }
    var hasFailed: Bool { failure != nil }

    func nextChunk() async throws(BodyError) -> [UInt8]? {
        connection.loop.assertCurrent()
        while chunks.isEmpty {
            if let failure { throw failure }
            if isComplete { return nil }
            invite()
            await withCheckedContinuation { waiter = $0 }
        }
        let chunk = chunks.removeFirst()
        bufferedBytes -= chunk.count
        // There may be room again for what the connection holds back.
        if !isComplete, failure == nil { connection.resumeBody() }
        return chunk
    }

    /// Takes bytes of the body and returns how many: fewer than given when the body ends in them,
    /// all of them once the body has failed and nothing more of the connection makes sense.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard failure == nil else { return bytes.count }
        defer { wake() }
        switch framing {
        case .length(let remaining):
            let count = min(remaining, bytes.count)
            append(Array(bytes[..<count]))
            framing = .length(remaining: remaining - count)
            isComplete = remaining == count
            return count
        case .chunked(var decoder):
            var data: [UInt8] = []
            do {
                let progress = try decoder.decode(bytes, into: &data)
                framing = .chunked(decoder)
                append(data)
                isComplete = progress.isComplete
                return progress.consumed
            } catch {
                failure = .malformed(error)
                return bytes.count
            }
        }
    }

    /// The connection ended; a body that is not complete by now never will be.
    func end() {
        if !isComplete, failure == nil { failure = .connectionLost }
        wake()
    }

    /// The peer sent nothing for too long; the handler may still answer.
    func timeOut() {
        if !isComplete, failure == nil { failure = .timedOut }
        wake()
    }

    private func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        bufferedBytes += bytes.count
        chunks.append(bytes)
    }

    private func wake() {
        waiter?.resume()
        waiter = nil
    }

    /// RFC 9110 § 10.1.1: a client that expects it sends its body only after 100 (Continue).
    private func invite() {
        guard mustInvite else { return }
        mustInvite = false
        connection.sendContinue()
    }
}
