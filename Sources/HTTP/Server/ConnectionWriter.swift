import Runtime

/// Writes a streamed answer, in chunks where the client knows them, and holds the producer back
/// while the client is slower. Confined to the connection's loop.
final class ConnectionWriter: ResponseWriter, @unchecked Sendable {
    // Loop-confined: used by the task that answers, whose executor is the connection's loop.
    private let connection: ServerConnection
    private let isChunked: Bool

    /// The client has gone, or the server is cutting its connections.
    struct ConnectionEnded: Error {}

    init(_ connection: ServerConnection, isChunked: Bool) {
        self.connection = connection
        self.isChunked = isChunked
    }

    func write(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }
        try checkOpen()
        if isChunked {
            ResponseEncoder.appendChunk(bytes, to: &connection.outbox)
        } else {
            connection.outbox.append(contentsOf: bytes)
        }
        connection.flush()
        try await waitUntilUnsent(isBelow: connection.limits.writeBufferBytes)
    }

    func flush() async throws {
        try checkOpen()
        try await waitUntilUnsent(isBelow: 1)
    }

    /// Ends the body.
    func finish() throws {
        try checkOpen()
        if isChunked { ResponseEncoder.appendLastChunk(to: &connection.outbox) }
        connection.flush()
    }

    private func waitUntilUnsent(isBelow bytes: Int) async throws {
        while connection.unsentBytes >= bytes {
            await withCheckedContinuation { connection.writeWaiter = $0 }
            try checkOpen()
        }
        try checkOpen()
    }

    private func checkOpen() throws {
        connection.loop.assertCurrent()
        guard case .running = connection.phase else { throw ConnectionEnded() }
        try Task.checkCancellation()
    }
}
