/// The proxies in front of a server (`--trusted-proxy`), whose word about the client is believed.
///
/// Read are `X-Forwarded-For` and `X-Forwarded-Proto`, which proxies write by default. `Forwarded`
/// (RFC 7239) is not: a proxy that knows only one of the two passes the other on as the client has
/// sent it, so whoever believes both lets the client choose. `X-Forwarded-Host` is not either: the
/// host names the sandbox, and a proxy passes Host on unchanged.
package struct TrustedProxies: Sendable {
    private let ranges: [AddressRange]

    package init(_ ranges: [AddressRange] = []) {
        self.ranges = ranges
    }

    package func contains(_ address: IPAddress) -> Bool {
        ranges.contains { $0.contains(address) }
    }

    /// The connection as the client made it to the outermost trusted proxy; `facts` themselves
    /// when the peer is none.
    func facts(_ facts: ConnectionFacts, toldBy fields: HeaderFields) -> ConnectionFacts {
        guard !ranges.isEmpty, contains(facts.remoteAddress) else { return facts }
        return ConnectionFacts(
            remoteAddress: client(fields) ?? facts.remoteAddress, remotePort: facts.remotePort,
            isTLS: isTLS(fields) ?? facts.isTLS, isForwarded: true)
    }

    /// Each proxy appends its peer, so the list is believed from its end: the first address that is
    /// no trusted proxy's is the client's. What stands before it, the client may have written.
    private func client(_ fields: HeaderFields) -> IPAddress? {
        var client: IPAddress?
        for text in fields.list("X-Forwarded-For").reversed() {
            guard let address = IPAddress(text) else { return client }
            client = address
            if !contains(address) { return address }
        }
        return client
    }

    private func isTLS(_ fields: HeaderFields) -> Bool? {
        switch fields.list("X-Forwarded-Proto").last?.lowercased() {
        case "https": true
        case "http": false
        default: nil
        }
    }
}
