/// What is known of the connection that a request came on.
package struct ConnectionFacts: Sendable {
    /// The peer of the socket, or the client that a trusted proxy names.
    package let remoteAddress: IPAddress
    /// The socket's peer's, also behind a proxy.
    package let remotePort: UInt16
    /// Whether the client speaks TLS, to us or to a trusted proxy.
    package let isTLS: Bool
    /// Whether a trusted proxy has passed the request on.
    package let isForwarded: Bool
    /// The client's certificate in DER when it sent one that was verified.
    package let clientCertificate: [UInt8]?

    package init(
        remoteAddress: IPAddress, remotePort: UInt16, isTLS: Bool,
        isForwarded: Bool = false, clientCertificate: [UInt8]? = nil
    ) {
        self.remoteAddress = remoteAddress
        self.remotePort = remotePort
        self.isTLS = isTLS
        self.isForwarded = isForwarded
        self.clientCertificate = clientCertificate
    }
}
