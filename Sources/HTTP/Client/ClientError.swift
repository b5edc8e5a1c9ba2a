/// Why a call to another server gave no answer.
package enum ClientError: Error, Hashable, Sendable {
    case badURL(ClientURL.Fault)
    /// The guard refuses the address, or one of the name's addresses.
    case egressRefused(EgressGuard.Refusal)
    case unresolvable
    /// No address took the connection.
    case connectFailed
    /// The handshake failed: certificate, name or protocol.
    case tlsFailed
    case timedOut(ClientPhase)
    /// The peer closed or reset before its answer was whole.
    case connectionLost
    case malformed(HTTPParseError)
    case bodyTooLarge(bytesMax: Int)
    case cancelled
}

/// What was being done when the time was over.
package enum ClientPhase: Hashable, Sendable {
    case resolving, connecting, reading
    /// The whole call.
    case total
}
