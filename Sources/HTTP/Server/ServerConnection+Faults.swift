import Runtime

// Answers that go wrong on purpose.
extension ServerConnection {
    /// A wait of the running answer. Ends early when the connection does, or the server drains.
    struct Pause {
        let timer: LoopTimer
        let continuation: CheckedContinuation<Void, Never>
        /// Nothing will be sent afterwards, so a peer that has left need not be waited for.
        let endsWithPeer: Bool
    }

    func deliver(
        _ response: Response, _ encoder: ResponseEncoder, spoiltBy fault: WireFault
    ) async {
        await pause(for: min(fault.latency, HTTPLimits.faultLatencyMax))
        guard case .running = phase else { return }
        switch fault.damage {
        case nil: await deliver(response, encoder)
        case .reset:
            Socket.resetOnClose(transport.descriptor)
            close()
        case .silence(let duration):
            await pause(for: min(duration, HTTPLimits.faultSilenceMax), endsWithPeer: true)
            closeAfterFlush()
        case .truncated(let bodyBytes): truncate(response, encoder, after: bodyBytes)
        case .slow(let bytesPerSecond):
            await deliverSlowly(response, encoder, bytesPerSecond: max(1, bytesPerSecond))
        }
    }

    private func truncate(_ response: Response, _ encoder: ResponseEncoder, after bodyBytes: Int?) {
        var encoded = encode(response, encoder)
        if encoded.bodyCount > 0 {
            let kept = min(max(0, bodyBytes ?? encoded.bodyCount / 2), encoded.bodyCount - 1)
            encoded.bytes.removeLast(encoded.bodyCount - kept)
        } else if encoded.outcome.remainder == .nothing {
            // The empty line that would end the head.
            encoded.bytes.removeLast(2)
        }
        outbox.append(contentsOf: encoded.bytes)
        closeAfterFlush()
    }

    private func deliverSlowly(
        _ response: Response, _ encoder: ResponseEncoder, bytesPerSecond: Int
    ) async {
        let encoded = encode(response, encoder)
        guard encoded.outcome.remainder == .nothing, encoded.bodyCount > 0 else {
            return await deliver(response, encoder)
        }
        let deadline = MonotonicInstant.now() + HTTPLimits.faultSlowBodyMax
        var rest = encoded.bytes[...]
        var piece = rest.count - encoded.bodyCount
        let nextPiece = max(1, bytesPerSecond / HTTPLimits.faultSlowPiecesPerSecond)
        while !rest.isEmpty {
            outbox.append(contentsOf: rest.prefix(piece))
            rest = rest.dropFirst(piece)
            flush()
            guard case .running = phase else { return }
            guard MonotonicInstant.now() < deadline else { return close() }
            piece = nextPiece
            await pause(for: .seconds(1) * min(piece, rest.count) / bytesPerSecond)
            guard case .running = phase else { return }
        }
        finish(keepAlive: encoded.outcome.keepAlive)
    }

    /// The answer's bytes, of which the last `bodyCount` are its body's.
    private func encode(
        _ response: Response, _ encoder: ResponseEncoder
    ) -> (bytes: [UInt8], bodyCount: Int, outcome: ResponseEncoder.Outcome) {
        listener.scratch.renewDate()
        var bytes: [UInt8] = []
        let outcome = encoder.encode(response, dateLine: listener.scratch.dateLine, into: &bytes)
        return (bytes, encoder.bodyCount(of: response), outcome)
    }

    // MARK: Waiting

    private func pause(for duration: Duration, endsWithPeer: Bool = false) async {
        guard duration > .zero, !listener.isDraining, !(endsWithPeer && peerEnded) else { return }
        await withCheckedContinuation { continuation in
            let timer = loop.schedule(after: duration) { [self] in endPause() }
            currentPause = Pause(timer: timer, continuation: continuation, endsWithPeer: endsWithPeer)
        }
    }

    func endPause() {
        guard let ended = currentPause else { return }
        currentPause = nil
        ended.timer.cancel()
        ended.continuation.resume()
    }
}
