/// What is known of the connection that a request came on.
package struct ConnectionFacts: Sendable {
    /// The peer of the socket; behind a proxy that is the proxy.
    package let remoteAddress: IPAddress
    package let remotePort: UInt16
    package let isTLS: Bool
    /// The client's certificate in DER when it sent one that was verified.
    package let clientCertificate: [UInt8]?

    package init(
        remoteAddress: IPAddress, remotePort: UInt16, isTLS: Bool,
        clientCertificate: [UInt8]? = nil
    ) {
        self.remoteAddress = remoteAddress
        self.remotePort = remotePort
        self.isTLS = isTLS
        self.clientCertificate = clientCertificate
    }
}
