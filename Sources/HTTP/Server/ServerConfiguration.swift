package import Runtime

/// How a server listens and what it bears.
package struct ServerConfiguration: Sendable {
    package var address: SocketAddress
    /// Nil serves plain HTTP.
    package var tls: TLSContext?
    /// Believed about their clients, and not bound by the limit of connections per address.
    package var proxies = TrustedProxies()
    package var limits = HTTPLimits()
    package var connections = ServerLimits()

    package init(address: SocketAddress, tls: TLSContext? = nil) {
        self.address = address
        self.tls = tls
    }
}

/// Bounds of connections. Every number says why it is what it is.
package struct ServerLimits: Sendable {
    /// Connections of the whole process: the budget of 10,000 idle ones with room above.
    package var connectionsMax = 16_384
    /// Connections of one address. Loopback and trusted proxies are not counted against it.
    package var connectionsPerAddressMax = 512
    /// From a head's first byte to its end: slower is a slow-loris.
    package var headSeconds = 10
    /// Between two requests; more than common load balancers' 60 s, so that they close first.
    package var idleSeconds = 75
    /// Without one byte of an awaited body, or without the peer taking one byte of an answer.
    package var stallSeconds = 30
    /// TLS handshakes end within this.
    package var handshakeSeconds = 10
    /// After our last byte the peer's rest is read and dropped for so long, lest a reset destroy
    /// the answer before it is read (RFC 9112 § 9.6).
    package var lingerSeconds = 2
    /// Bytes of a request body held for a handler that is slower than its client.
    package var bodyBufferBytes = 262_144
    /// Bytes of an answer held for a client that is slower than its handler.
    package var writeBufferBytes = 262_144
    /// Bytes of requests sent ahead (pipelining) held while one runs.
    package var pipelineBufferBytes = 65_536

    package init() {}
}
