import Runtime
import Testing

@testable import HTTP

/// Every fault on the wire, seen by a client over plain sockets and over TLS.
@Suite struct `Faults on the wire` {
    private static let body = Array(repeating: "0123456789", count: 20).joined()

    /// `GET /` to a server that answers 200 bytes with `fault`.
    private func withAnswer(
        _ fault: WireFault, by way: Way, method: String = "GET",
        _ body: (RawClient, HTTPServer) async throws -> Void
    ) async throws {
        let handler = Responder { request in
            var response = Response(.ok, contentType: "text/plain", Array(Self.body.utf8))
            if request.head.path == "/" { response.fault = fault }
            return response
        }
        try await withServer(by: way, handler) { server in
            let client = try way.connect(to: server)
            client.send("\(method) / HTTP/1.1\r\nHost: a\r\n\r\n")
            try await body(client, server)
        }
    }

    @Test(arguments: Way.allCases)
    func `latency holds the head back, and the answer is whole`(by way: Way) async throws {
        let began = MonotonicInstant.now()
        try await withAnswer(WireFault(latency: .milliseconds(60)), by: way) { client, _ in
            let answer = client.read(until: Self.body)
            #expect(MonotonicInstant.now() - began >= .milliseconds(60))
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            client.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.read(until: Self.body).hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }

    @Test(arguments: Way.allCases)
    func `a reset breaks the connection off without a byte`(by way: Way) async throws {
        try await withAnswer(WireFault(.reset), by: way) { client, _ in
            #expect(client.readToEnd() == "")
            #expect(client.wasBrokenOff)
        }
    }

    @Test(arguments: Way.allCases)
    func `silence ends the connection in order, later and without a byte`(by way: Way) async throws {
        let began = MonotonicInstant.now()
        try await withAnswer(WireFault(.silence(.milliseconds(60))), by: way) { client, _ in
            #expect(client.readToEnd() == "")
            #expect(!client.wasBrokenOff)
            #expect(MonotonicInstant.now() - began >= .milliseconds(60))
        }
    }

    @Test(arguments: Way.allCases)
    func `silence does not hold on to a client that has left`(by way: Way) async throws {
        try await withAnswer(WireFault(.silence(.seconds(60))), by: way) { client, server in
            while server.connectionCount == 0 { await Task.yield() }
            client.endSending()
            while server.connectionCount > 0 { await Task.yield() }
        }
    }

    @Test(arguments: [(0, 0), (150, 150), (199, 199), (500, 199), (nil, 100)], Way.allCases)
    func `truncation promises the whole body and sends a part`(
        bytes: (asked: Int?, sent: Int), by way: Way
    ) async throws {
        let fault = WireFault(.truncated(bodyBytes: bytes.asked))
        try await withAnswer(fault, by: way) { client, _ in
            let answer = client.readToEnd()
            #expect(answer.contains("\r\nContent-Length: 200\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n" + Self.body.prefix(bytes.sent)))
            #expect(!client.wasBrokenOff)
        }
    }

    @Test(arguments: Way.allCases)
    func `truncation of an answer without a body cuts the head`(by way: Way) async throws {
        try await withAnswer(WireFault(.truncated(bodyBytes: 5)), by: way, method: "HEAD") { client, _ in
            let answer = client.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(!answer.contains("\r\n\r\n"))
        }
    }

    @Test(arguments: Way.allCases)
    func `a slow body comes whole, in pieces, at its pace`(by way: Way) async throws {
        let began = MonotonicInstant.now()
        try await withAnswer(WireFault(.slow(bytesPerSecond: 2_000)), by: way) { client, _ in
            _ = client.read(until: "\r\n\r\n")
            var pieces = 0
            var received = ""
            while received.utf8.count < 200, let more = client.readSome() {
                received += String(decoding: more, as: UTF8.self)
                pieces += 1
            }
            #expect(received == Self.body)
            #expect(MonotonicInstant.now() - began >= .milliseconds(100))
            #expect(pieces >= 1)
            client.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.read(until: Self.body).hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }

    @Test func `a server that drains does not wait for its own faults`() async throws {
        let group = EventLoopGroup(count: 1)
        defer { group.shutdown() }
        let server = try await makeServer(
            .plain, group,
            Responder { _ in
                var response = Response(.ok)
                response.fault = WireFault(latency: .seconds(60))
                return response
            })
        let client = try Way.plain.connect(to: server)
        client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        while server.connectionCount == 0 { await Task.yield() }
        try await server.drain(within: .seconds(30))
        let answer = client.readToEnd()
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") || answer == "")
        #expect(server.connectionCount == 0)
    }

    @Test func `others are answered while one waits`() async throws {
        try await withAnswer(WireFault(latency: .seconds(60)), by: .plain) { _, server in
            let other = try Way.plain.connect(to: server)
            other.send("GET /other HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(other.read(until: Self.body).hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }
}
