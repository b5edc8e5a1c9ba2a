import Runtime
import Testing

@testable import HTTP

@Suite struct `Outbound calls` {
    @Test func `send a request and read a whole answer`() async throws {
        let server = try CannedServer(["HTTP/1.1 201 Created\r\nContent-Length: 5\r\nX: y\r\n\r\nhello"])
        defer { server.stop() }
        var request = ClientRequest(.post, try ClientURL(server.url + "/a?b=c"))
        request.fields = ["Content-Type": "text/plain", "Host": "evil", "Connection": "upgrade"]
        request.body = Array("body".utf8)
        let response = try await call(request).get()
        #expect(response.status == .created)
        #expect(response.fields["x"] == "y")
        #expect(response.body == Array("hello".utf8))
        #expect(response.address == .loopback)
        #expect(
            server.requests == [
                "POST /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:\(server.address.port)\r\n"
                    + "Content-Type: text/plain\r\nContent-Length: 4\r\n\r\nbody"
            ])
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"),
        ("HTTP/1.1 200 OK\r\n\r\nhello"),
        ("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
        ("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello"),
    ])
    func `read every framing`(answer: String) async throws {
        let server = try CannedServer([answer], then: .close)
        defer { server.stop() }
        let response = try await call(ClientRequest(.get, try ClientURL(server.url))).get()
        #expect(response.body == Array("hello".utf8))
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", .malformed(.unexpectedEnd)),
        ("HTTP/1.1 200 OK\r\nContent-Le", .malformed(.unexpectedEnd)),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n", .malformed(.unexpectedEnd)),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx", .malformed(.badChunkSize)),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nh", .malformed(.contentLengthRepeated)),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            .malformed(.contentLengthWithTransferEncoding)
        ),
        ("HTTP/1.1 200 OK\nContent-Length: 1\n\nh", .malformed(.bareLineFeed)),
        ("HTTP/1.1 101 Switching Protocols\r\n\r\n", .malformed(.badStatusLine)),
        ("HTTP/2.0 200 OK\r\n\r\n", .malformed(.versionNotSupported)),
        ("SSH-2.0-OpenSSH_9.6\r\n", .malformed(.badStatusLine)),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n", .bodyTooLarge(bytesMax: 1_000)),
        ("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 1_001), .bodyTooLarge(bytesMax: 1_000)),
        ("HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 40_000), .malformed(.headTooLarge)),
    ] as [(String, ClientError)])
    func `refuse answers that are not whole or not HTTP`(
        answer: String, error: ClientError
    ) async throws {
        let server = try CannedServer([answer], then: .close)
        defer { server.stop() }
        var limits = ClientLimits()
        limits.bodyBytesMax = 1_000
        let result = try await call(ClientRequest(.get, try ClientURL(server.url)), limits: limits)
        #expect(throws: error) { try result.get() }
    }

    @Test func `keep the connection for the next call`() async throws {
        let server = try CannedServer(["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"])
        defer { server.stop() }
        let request = ClientRequest(.get, try ClientURL(server.url))
        try await withClient { client in
            for _ in 0..<3 { _ = try await client.send(request, denying: .none) }
        }
        #expect(server.requests.count == 3)
        #expect(server.connections == 1)
    }

    @Test func `do not follow redirects`() async throws {
        let server = try CannedServer([
            "HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n"
        ])
        defer { server.stop() }
        let response = try await call(ClientRequest(.get, try ClientURL(server.url))).get()
        #expect(response.status == .found)
    }

    @Test func `give up on a peer that says nothing`() async throws {
        let server = try CannedServer([""])
        defer { server.stop() }
        var limits = ClientLimits()
        limits.readTimeout = .milliseconds(50)
        let slow = try await call(ClientRequest(.get, try ClientURL(server.url)), limits: limits)
        #expect(throws: ClientError.timedOut(.reading)) { try slow.get() }
    }

    @Test func `give up when the whole call takes too long, whatever it was doing`() async throws {
        let server = try CannedServer([""])
        defer { server.stop() }
        // Zero is over while connecting, the other while waiting for the answer.
        for total in [Duration.zero, .milliseconds(50)] {
            var limits = ClientLimits()
            limits.totalTimeout = total
            let long = try await call(ClientRequest(.get, try ClientURL(server.url)), limits: limits)
            #expect(throws: ClientError.timedOut(.total)) { try long.get() }
        }
    }

    @Test func `fail where nobody listens`() async throws {
        let server = try CannedServer([""])
        let url = try ClientURL(server.url)
        server.stop()
        let result = try await call(ClientRequest(.get, url))
        #expect(throws: ClientError.connectFailed) { try result.get() }
    }

    @Test func `check every address of a name and connect to the one that was checked`() async throws {
        let server = try CannedServer(["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])
        defer { server.stop() }
        let url = try ClientURL("http://hooks.example:\(server.address.port)/")
        let resolver = FixedResolver(answers: [[.loopback], [IPAddress("10.0.0.1")!]])
        // A name that changes its mind between check and use is asked once only.
        let response = try await call(ClientRequest(.get, url), resolver: resolver).get()
        #expect(response.status == .ok)
        #expect(resolver.asked == ["hooks.example"])
        #expect(server.requests[0].contains("Host: hooks.example:\(server.address.port)\r\n"))

        let mixed = FixedResolver(answers: [[.loopback, IPAddress("10.0.0.1")!]])
        let refused = try await call(ClientRequest(.get, url), resolver: mixed)
        #expect(throws: ClientError.self) { try refused.get() }
        #expect(server.requests.count == 1)
    }

    @Test func `take names under localhost for loopback without asking`() async throws {
        let server = try CannedServer(["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])
        defer { server.stop() }
        let resolver = FixedResolver(answers: [])
        let url = try ClientURL("http://payments--acme.sbx.localhost:\(server.address.port)/")
        let response = try await call(ClientRequest(.get, url), resolver: resolver).get()
        #expect(response.status == .ok)
        #expect(resolver.asked.isEmpty)
        let guarded = try await call(
            ClientRequest(.get, url), egress: EgressGuard(), resolver: resolver)
        #expect(
            throws: ClientError.egressRefused(
                .init(address: .loopback, kind: "a loopback address"))
        ) { try guarded.get() }
    }

    @Test func `say when a name has no address`() async throws {
        let url = try ClientURL("http://nowhere.example/")
        let result = try await call(
            ClientRequest(.get, url), resolver: FixedResolver(answers: [[]]))
        #expect(throws: ClientError.unresolvable) { try result.get() }
    }
}
