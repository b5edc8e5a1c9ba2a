/// A call to another server.
package struct ClientRequest: Sendable {
    package var method: Method
    package var url: ClientURL
    /// `Host`, `Content-Length`, `Connection` and their like are the client's; set here they are
    /// dropped.
    package var fields: HeaderFields
    package var body: [UInt8]

    package init(
        _ method: Method, _ url: ClientURL, fields: HeaderFields = HeaderFields(),
        body: [UInt8] = []
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
    }

    /// The request as on the wire.
    func encoded() -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(512 + body.count)
        out.append(contentsOf: "\(method) \(url.target) HTTP/1.1\r\nHost: \(url.authority)\r\n".utf8)
        var fields = fields
        fields.remove("host")
        fields.encode(into: &out)
        // RFC 9110 §8.6: methods that have a body by meaning say so even when it is empty.
        let meansBody =
            switch method {
            case .post, .put, .patch: true
            case .get, .head, .delete, .options, .trace, .connect, .other: false
            }
        if meansBody || !body.isEmpty {
            out.append(literal: "Content-Length: ")
            out.append(decimal: body.count)
            out.append(literal: "\r\n")
        }
        out.append(literal: "\r\n")
        out.append(contentsOf: body)
        return out
    }
}

/// Another server's whole answer. Redirects are answers like any other.
package struct ClientResponse: Sendable {
    package let status: Status
    package let fields: HeaderFields
    package let body: [UInt8]
    /// The address that the answer came from.
    package let address: IPAddress
    /// What looking up, connecting and the handshake took; nil on a connection that was kept.
    package let connectDuration: Duration?
}
