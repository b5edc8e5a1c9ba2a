import HTTP
import Runtime
import Testing

@Suite struct `The HTTP server over TLS` {
    private static let portal = Identity(names: ["localhost", "portal.example"])
    private static let sandboxes = Identity(names: ["sbx.example", "*.sbx.example"])

    /// A server with both certificates, the portal's first.
    private func withServer<Value>(
        _ clientCertificates: TLSContext.ClientCertificates = .ignored,
        _ handler: Responder = Responder { _ in Response(.ok) },
        _ body: (HTTPServer) async throws -> Value
    ) async throws -> Value {
        let group = EventLoopGroup(count: 1)
        defer { group.shutdown() }
        let context = try TLSContext.server(
            [Self.portal.authority.files, Self.sandboxes.authority.files],
            clientCertificates: clientCertificates)
        return try await body(makeServer(context, group, handler))
    }

    @Test(arguments: [
        ("portal.example", Self.portal), ("localhost", Self.portal),
        ("sbx.example", Self.sandboxes), ("payments--acme.sbx.example", Self.sandboxes),
        ("PAYMENTS--ACME.SBX.EXAMPLE", Self.sandboxes),
    ])
    func `shows the certificate that is for the name asked for`(
        host: String, expected: Identity
    ) async throws {
        try await withServer { server in
            // The handshake itself checks the name; only this authority is trusted.
            let client = try RawClient(server.address, host: host, expected.trusting)
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(client.readToEnd().hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }

    @Test func `shows the first certificate to clients that name no host, or a strange one`()
        async throws
    {
        try await withServer { server in
            // An address is not sent as a name.
            let unnamed = try RawClient(server.address, host: "127.0.0.1", Self.portal.trusting)
            #expect(unnamed.serverCertificate != nil)
            #expect(throws: RawClient.Refused.self) {
                try RawClient(server.address, host: "stranger.example", Self.sandboxes.trusting)
            }
        }
    }

    @Test func `speaks http/1.1 by ALPN, with either certificate`() async throws {
        try await withServer { server in
            for (host, identity) in [("localhost", Self.portal), ("sbx.example", Self.sandboxes)] {
                let client = try RawClient(server.address, host: host, identity.trusting)
                #expect(client.applicationProtocol == "http/1.1")
            }
        }
    }

    @Test func `hands a client's certificate to the handler, and takes clients without one`()
        async throws
    {
        let handler = Responder { request in
            let certificate = request.connection.clientCertificate ?? []
            return Response(.ok, contentType: "text/plain", Array("<\(certificate)>".utf8))
        }
        try await withServer(.requested, handler) { server in
            let portal = try RawClient(server.address, Self.portal.trusting)
            let shown = try #require(portal.serverCertificate)
            for (host, identity) in [("localhost", Self.portal), ("sbx.example", Self.sandboxes)] {
                let showing = try identity.trusting(showing: Self.portal.authority.files)
                let named = try RawClient(server.address, host: host, showing)
                #expect(answer(named).hasSuffix("<\(shown)>"))
                let unnamed = try RawClient(server.address, host: host, identity.trusting)
                #expect(answer(unnamed).hasSuffix("<[]>"))
            }
        }
    }

    @Test func `does not ask for a client's certificate unless told to`() async throws {
        let handler = Responder { request in
            Response(request.connection.clientCertificate == nil ? .ok : .badRequest)
        }
        try await withServer(.ignored, handler) { server in
            let shown = try Self.portal.trusting(showing: Self.portal.authority.files)
            let answer = answer(try RawClient(server.address, shown))
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }

    @Test func `ends a connection on which plain HTTP is spoken`() async throws {
        try await withServer { server in
            let client = try RawClient(server.address)
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(!client.readToEnd().contains("HTTP/1.1 200"))
        }
    }

    private func answer(_ client: RawClient) -> String {
        client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return client.readToEnd()
    }
}
