import HTTP
import Runtime
import Testing

@Suite struct `The HTTP server` {
    @Test(arguments: Way.allCases)
    func `answers and keeps the connection`(by way: Way) async throws {
        try await withServer(by: way) { client in
            client.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            let first = client.read(until: "GET /hello")
            #expect(first.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(first.contains("\r\nContent-Length: 10\r\n"))
            #expect(first.contains("\r\nDate: "))
            client.send("GET /again HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.read(until: "GET /again").hasSuffix("\r\n\r\nGET /again"))
        }
    }

    @Test(arguments: Way.allCases)
    func `answers pipelined requests in order, waiting ones too`(by way: Way) async throws {
        try await withServer(by: way) { client in
            let paths = (0..<50).map { $0 % 3 == 0 ? "/slow/\($0)" : "/\($0)" }
            client.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
            client.endSending()
            let answers = client.readToEnd().components(of: "HTTP/1.1 200 OK")
            #expect(answers.map { $0.components(of: "\r\n\r\n").last } == paths.map { "GET " + $0 })
        }
    }

    @Test(arguments: Way.allCases)
    func `takes a request byte by byte`(by way: Way) async throws {
        try await withServer(by: way) { client in
            for byte in "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc".utf8 {
                client.send([byte])
            }
            #expect(client.read(until: "abc").hasSuffix("\r\n\r\nabc"))
        }
    }

    @Test(arguments: Way.allCases)
    func `reads chunked bodies and sends chunked streams`(by way: Way) async throws {
        try await withServer(by: way) { client in
            client.send(
                "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n")
            #expect(client.read(until: "abcdefg").hasSuffix("\r\n\r\nabcdefg"))
            client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
            let streamed = client.read(until: "0\r\n\r\n")
            #expect(streamed.contains("\r\nTransfer-Encoding: chunked\r\n"))
            #expect(streamed.hasSuffix("\r\n\r\n5\r\npart0\r\n5\r\npart1\r\n5\r\npart2\r\n0\r\n\r\n"))
        }
    }

    @Test(arguments: Way.allCases)
    func `ends a stream to an HTTP/1.0 client by closing`(by way: Way) async throws {
        try await withServer(by: way) { client in
            client.send("GET /stream HTTP/1.0\r\nHost: a\r\n\r\n")
            #expect(client.readToEnd().hasSuffix("\r\n\r\npart0part1part2"))
        }
    }

    @Test(arguments: Way.allCases)
    func `invites a body that waits for 100, and only when it is read`(by way: Way) async throws {
        try await withServer(by: way) { client in
            let head = "HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
            client.send("POST /echo " + head)
            #expect(client.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            client.send("abc")
            #expect(client.read(until: "abc").hasPrefix("HTTP/1.1 200 OK"))
            client.send("POST /ignore " + head)
            let answer = client.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 200 OK"))
            #expect(answer.contains("\r\nConnection: close\r\n"))
        }
    }

    @Test(arguments: Way.allCases)
    func `answers HEAD without a body`(by way: Way) async throws {
        try await withServer(by: way) { client in
            client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answer = client.readToEnd()
            #expect(answer.contains("\r\nContent-Length: 11\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n"))
        }
    }

    @Test(
        arguments: [
            "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        ], Way.allCases)
    func `refuses a malformed head with a problem and closes`(
        request: String, by way: Way
    ) async throws {
        try await withServer(by: way) { client in
            client.send(request + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = client.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            #expect(answer.contains("application/problem+json"))
            #expect(!answer.contains("smuggled"))
        }
    }

    @Test(arguments: Way.allCases)
    func `a bad chunk reaches the handler as an error and ends the connection`(by way: Way) async throws {
        try await withServer(by: way) { client in
            client.send(
                "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "zz\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = client.readToEnd()
            #expect(answer.hasSuffix("\r\n\r\nbad_chunk_size"))
            #expect(!answer.contains("smuggled"))
        }
    }

    @Test(arguments: Way.allCases)
    func `sends a large answer to a slow reader whole`(by way: Way) async throws {
        try await withServer(by: way) { client in
            client.send("GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(client.readToEnd().utf8.filter { $0 == UInt8(ascii: "z") }.count == 5_000_000)
        }
    }

    @Test(arguments: Way.allCases)
    func `takes a body larger than its buffers`(by way: Way) async throws {
        try await withServer(by: way) { client in
            let body = String(repeating: "y", count: 3_000_000)
            client.send("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" + body)
            #expect(client.read(until: "3000000").hasSuffix("\r\n\r\n3000000"))
        }
    }

    @Test(arguments: Way.allCases)
    func `drains: running requests end, idle connections close, new ones are refused`(
        by way: Way
    ) async throws {
        let group = EventLoopGroup(count: 1)
        defer { group.shutdown() }
        let server = try await makeServer(way, group, TestHandler())
        let idle = try way.connect(to: server)
        idle.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = idle.read(until: "GET /hello")
        let busy = try way.connect(to: server)
        busy.send("GET /slow/1 HTTP/1.1\r\nHost: a\r\n\r\n")
        while server.connectionCount < 2 { await Task.yield() }
        try await server.drain(within: .seconds(5))
        #expect(idle.readToEnd() == "")
        let answer = busy.readToEnd()
        #expect(answer.hasSuffix("\r\n\r\nGET /slow/1") || answer == "")
        #expect(server.connectionCount == 0)
        #expect(throws: RawClient.Refused.self) { try way.connect(to: server) }
    }
}

/// Runs `body` against a server of one loop with one connection.
private func withServer(by way: Way, _ body: (RawClient) throws -> Void) async throws {
    try await withServer(by: way, TestHandler()) { server in try body(way.connect(to: server)) }
}

private struct TestHandler: RequestHandler {
    func respond(to request: Request) async -> Response {
        var request = request
        let path = request.head.path
        switch path {
        case "/echo": return await echo(&request)
        case "/ignore": return text("ignored")
        case "/count": return text(await echo(&request).byteCount)
        case "/large": return text(String(repeating: "z", count: 5_000_000))
        case "/stream": return stream()
        default:
            if path.hasPrefix("/slow") {
                await EventLoop.current?.sleep(for: .milliseconds(2))
            }
            return text("\(request.head.method) \(path)")
        }
    }

    private func echo(_ request: inout Request) async -> Response {
        do {
            return text(String(decoding: try await request.collectBody(upTo: 4_000_000), as: UTF8.self))
        } catch BodyError.malformed(let error) {
            return text(error.code)
        } catch {
            return Response(.badRequest)
        }
    }

    private func stream() -> Response {
        Response(
            .ok,
            body: .stream { writer in
                for part in 0..<3 {
                    await EventLoop.current?.sleep(for: .milliseconds(1))
                    try await writer.write(Array("part\(part)".utf8))
                }
            })
    }

    private func text(_ text: String) -> Response {
        Response(.ok, contentType: "text/plain", Array(text.utf8))
    }
}

extension Response {
    fileprivate var byteCount: String {
        if case .bytes(let bytes) = body { String(bytes.count) } else { "0" }
    }
}

extension String {
    /// The parts between `separator`s, empty ones left out.
    fileprivate func components(of separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        parts.append(String(rest))
        return parts.filter { !$0.isEmpty }
    }
}
