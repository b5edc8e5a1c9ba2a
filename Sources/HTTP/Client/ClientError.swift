package import Runtime

/// Why a call to another server gave no answer.
package enum ClientError: Error, Hashable, Sendable {
    case badURL(ClientURL.Fault)
    /// The guard refuses the address, or one of the name's addresses.
    case egressRefused(EgressGuard.Refusal)
    /// The tenant's own list has the host, or one of its addresses.
    case denied(DeniedHosts.Refusal)
    case unresolvable
    /// No address took the connection.
    case connectFailed
    /// The server's certificate was refused, or the handshake failed otherwise.
    case tlsFailed(TLSRefusal)
    /// The client was made without TLS.
    case tlsNotAvailable
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
