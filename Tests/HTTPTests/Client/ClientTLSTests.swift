import HTTP
import Runtime
import Testing

/// Whom an outbound call over TLS believes, and what it says of those it does not.
@Suite struct `Outbound calls over TLS` {
    private static let identity = Identity(names: ["localhost", "*.sbx.localhost"])

    /// One call to a server that shows `shown`, by a client that trusts `trusted` only.
    private func call(
        _ host: String, shown: Identity, trusted: Identity
    ) async throws -> Result<ClientResponse, ClientError> {
        let group = EventLoopGroup(count: 1)
        defer { group.shutdown() }
        let server = try await makeServer(
            TLSContext.server([shown.authority.files]), group,
            Responder { Response(.ok, contentType: "text/plain", Array($0.head.path.utf8)) })
        let url = try ClientURL("https://\(host):\(server.address.port)/hello")
        return try await HTTPTests.call(ClientRequest(.get, url), tls: trusted.trusting)
    }

    @Test(arguments: ["localhost", "payments--acme.sbx.localhost", "127.0.0.1"])
    func `take an answer under every name of the certificate`(host: String) async throws {
        let response = try await call(host, shown: Self.identity, trusted: Self.identity).get()
        #expect(response.status == .ok)
        #expect(response.body == Array("/hello".utf8))
    }

    @Test(arguments: ["other.localhost", "a.b.sbx.localhost", "sbx.localhost"])
    func `refuse a certificate for other names`(host: String) async throws {
        let result = try await call(host, shown: Self.identity, trusted: Self.identity)
        #expect(throws: ClientError.tlsFailed(.wrongName)) { try result.get() }
    }

    @Test func `refuse an authority that is not trusted`() async throws {
        let stranger = Identity(names: ["localhost"])
        let result = try await call("localhost", shown: stranger, trusted: Self.identity)
        #expect(throws: ClientError.tlsFailed(.untrusted)) { try result.get() }
    }

    @Test func `refuse a certificate whose time is over`() async throws {
        let old = Identity(names: ["localhost"], daysValid: -1)
        let result = try await call("localhost", shown: old, trusted: old)
        #expect(throws: ClientError.tlsFailed(.expired)) { try result.get() }
    }

    @Test func `fail where plain HTTP is spoken`() async throws {
        let server = try CannedServer(["HTTP/1.1 400 Bad Request\r\n\r\n"], then: .close)
        defer { server.stop() }
        let url = try ClientURL("https://localhost:\(server.address.port)/")
        let result = try await HTTPTests.call(
            ClientRequest(.get, url), tls: Self.identity.trusting)
        #expect(throws: ClientError.tlsFailed(.handshake)) { try result.get() }
    }

    @Test func `are not made in the clear when there is no TLS`() async throws {
        let result = try await HTTPTests.call(
            ClientRequest(.get, try ClientURL("https://localhost:1/")))
        #expect(throws: ClientError.tlsNotAvailable) { try result.get() }
    }
}
