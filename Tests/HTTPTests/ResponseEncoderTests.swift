import Testing

@testable import HTTP

@Suite struct `Answers on the wire` {
    private static let date = DateLine.bytes(secondsSince1970: 1_795_232_117)
    private let dateText = "Date: Sat, 21 Nov 2026 03:35:17 GMT\r\n"

    private func encode(
        _ response: Response, method: HTTP.Method = .get, version: HTTPVersion = .http11,
        keepAlive: Bool = true
    ) -> (String, ResponseEncoder.Outcome) {
        var out: [UInt8] = []
        let outcome = ResponseEncoder(method: method, version: version, keepAlive: keepAlive)
            .encode(response, dateLine: Self.date, into: &out)
        return (String(decoding: out, as: UTF8.self), outcome)
    }

    @Test func `a known body has its length`() {
        let (text, outcome) = encode(Response(.ok, contentType: "text/plain", Array("hello".utf8)))
        #expect(
            text == "HTTP/1.1 200 OK\r\n\(dateText)Content-Type: text/plain\r\n"
                + "Content-Length: 5\r\n\r\nhello")
        #expect(outcome.remainder == .nothing)
        #expect(outcome.keepAlive)
    }

    @Test func `HEAD has the fields and not the body`() {
        let (text, _) = encode(
            Response(.ok, contentType: "text/plain", Array("hello".utf8)), method: .head)
        #expect(text.hasSuffix("Content-Length: 5\r\n\r\n"))
        let (stream, outcome) = encode(Response(.ok, body: .stream { _ in }), method: .head)
        #expect(stream.hasSuffix("Transfer-Encoding: chunked\r\n\r\n"))
        #expect(outcome.remainder == .nothing)
    }

    @Test(arguments: [204, 304])
    func `an answer that forbids a body has no framing`(code: Int) {
        let (text, outcome) = encode(Response(Status(code), body: .bytes([1])))
        #expect(text == "HTTP/1.1 \(code) \(Status(code).reason)\r\n\(dateText)\r\n")
        #expect(outcome.remainder == .nothing)
    }

    @Test func `a stream is chunked, and cut by closing for HTTP 1.0`() {
        let response = Response(.ok, body: .stream { _ in })
        let (text, outcome) = encode(response)
        #expect(text == "HTTP/1.1 200 OK\r\n\(dateText)Transfer-Encoding: chunked\r\n\r\n")
        #expect(outcome.remainder == .chunks)
        let (old, oldOutcome) = encode(response, version: .http10)
        #expect(old == "HTTP/1.1 200 OK\r\n\(dateText)Connection: close\r\n\r\n")
        #expect(oldOutcome.remainder == .untilClose)
        #expect(!oldOutcome.keepAlive)
    }

    @Test func `HTTP 1.0 is told that the connection lives on`() {
        let (text, _) = encode(Response(.ok), version: .http10)
        #expect(text.hasSuffix("Content-Length: 0\r\nConnection: keep-alive\r\n\r\n"))
    }

    @Test func `fields that the encoder owns are dropped when set by others`() {
        let fields: HeaderFields = [
            "content-length": "99", "Transfer-Encoding": "gzip", "Connection": "upgrade",
            "Date": "never", "X": "y",
        ]
        let (text, _) = encode(Response(.ok, fields: fields))
        #expect(text == "HTTP/1.1 200 OK\r\n\(dateText)X: y\r\nContent-Length: 0\r\n\r\n")
    }

    @Test func `an answer may end the connection`() {
        var response = Response(.badRequest)
        response.closesConnection = true
        let (text, outcome) = encode(response)
        #expect(text.hasSuffix("Connection: close\r\n\r\n"))
        #expect(!outcome.keepAlive)
    }

    @Test func `chunks read back as what was written`() throws {
        var out: [UInt8] = []
        let pieces = [[UInt8](repeating: 7, count: 1), [UInt8](repeating: 9, count: 4_097)]
        for piece in pieces { ResponseEncoder.appendChunk(piece, to: &out) }
        ResponseEncoder.appendChunk([], to: &out)
        ResponseEncoder.appendLastChunk(to: &out)
        #expect(
            try readChunks(out).get()
                == Decoded(body: Array(pieces.joined()), isComplete: true, rest: 0))
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
    ])
    func `dates are written as RFC 9110 has them`(seconds: Int, text: String) {
        let bytes = DateLine.imfFixdate(secondsSince1970: seconds)
        #expect(String(decoding: bytes, as: UTF8.self) == text)
    }
}
