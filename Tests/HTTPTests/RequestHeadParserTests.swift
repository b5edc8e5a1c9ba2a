import Testing

@testable import HTTP

@Suite struct `Request heads` {
    @Test func `a plain request is read in one piece`() {
        let head = head(
            "POST /v1/payments?a=1 HTTP/1.1\r\nHost: Payments--Acme.sbx.localhost:8080\r\n"
                + "Content-Length: 12\r\nContent-Type:application/json \r\n\r\n")
        #expect(head.method == .post)
        #expect(head.target == "/v1/payments?a=1")
        #expect(head.path == "/v1/payments")
        #expect(head.query == "a=1")
        #expect(head.version == .http11)
        #expect(head.framing == .length(12))
        #expect(head.keepAlive)
        #expect(head.host == "payments--acme.sbx.localhost")
        #expect(head.port == 8080)
        #expect(head.fields["content-type"] == "application/json")
        #expect(head.fields.count == 3)
    }

    @Test(arguments: accepted)
    func `what is good is accepted, whatever the split`(text: String) {
        let bytes = Array(text.utf8)
        let whole = readHead(bytes)
        guard case .head = whole else {
            Issue.record("refused: \(whole)")
            return
        }
        for cut in 0...bytes.count { #expect(readHead(bytes, cutAt: [cut]) == whole) }
        #expect(readHead(bytes, cutAt: Array(0..<bytes.count)) == whole)
    }

    static let accepted = [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET /?q=%zz|\"{} HTTP/1.1\r\nHost: [::1]:8080\r\n\r\nrest",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://A:80?x HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET https://a/b HTTP/1.1\r\nHost: a:443\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n",
        "PROPFIND / HTTP/1.1\r\nHost: a\r\nX:\r\nY: \t \r\nZ: D\u{FC}sseldorf\t\tx\r\n\r\n",
    ]

    @Test(arguments: refused)
    func `what is bad is refused, whatever the split`(text: String, error: HTTPParseError) {
        let bytes = Array(text.utf8)
        #expect(readHead(bytes) == .refused(error))
        for cut in 0...bytes.count {
            #expect(readHead(bytes, cutAt: [cut]) == .refused(error))
        }
    }

    static let refused: [(String, HTTPParseError)] = [
        ("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", .leadingEmptyLines),
        ("\nGET / HTTP/1.1\r\n", .bareLineFeed),
        ("GET / HTTP/1.1\nHost: a\n\n", .bareLineFeed),
        ("GET / HTTP/1.1\rHost: a\r\n", .badVersion),
        ("GET / HTTP/1.1\r\nHost: a\rb\r\n", .bareCarriageReturn),
        ("GET /\r\n", .badRequestLine),
        ("GET  / HTTP/1.1\r\n", .badRequestLine),
        ("GET / HTTP/1.1 \r\n", .badVersion),
        ("GET /a b HTTP/1.1\r\n", .badVersion),
        (" GET / HTTP/1.1\r\n", .badMethod),
        ("G(T / HTTP/1.1\r\n", .badMethod),
        ("\u{16}\u{03}\u{01}", .badMethod),
        ("CONNECT a:443 HTTP/1.1\r\n", .connectRefused),
        ("GET * HTTP/1.1\r\n", .badTarget),
        ("GET a HTTP/1.1\r\n", .badTarget),
        ("GET ftp://a/ HTTP/1.1\r\n", .badTarget),
        ("GET /#x HTTP/1.1\r\n", .badTarget),
        ("GET /\u{E9} HTTP/1.1\r\n", .badTarget),
        ("GET /\u{0} HTTP/1.1\r\n", .badTarget),
        ("GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n", .badTarget),
        ("GET http:/// HTTP/1.1\r\nHost: a\r\n\r\n", .badTarget),
        ("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", .targetDisagreesWithHost),
        ("GET http://a:81/ HTTP/1.1\r\nHost: a\r\n\r\n", .targetDisagreesWithHost),
        ("GET / HTTP/2.0\r\n", .versionNotSupported),
        ("GET / HTTP/1.2\r\n", .versionNotSupported),
        ("GET / http/1.1\r\n", .badVersion),
        ("GET / HTTP/1.10\r\n", .badVersion),
        ("GET / HTTP/1.1\r\n: a\r\n", .badFieldName),
        ("GET / HTTP/1.1\r\nA\u{0}: a\r\n", .badFieldName),
        ("GET / HTTP/1.1\r\nHost : a\r\n", .spaceBeforeColon),
        ("GET / HTTP/1.1\r\nHost\r\n", .missingColon),
        ("GET / HTTP/1.1\r\n Host: a\r\n", .lineFolding),
        ("GET / HTTP/1.1\r\nHost: a\r\n b\r\n", .lineFolding),
        ("GET / HTTP/1.1\r\nA: \u{0}\r\n", .controlByteInValue),
        ("GET / HTTP/1.1\r\nA: 0123456789abcdef0123\u{7F}\r\n", .controlByteInValue),
        ("GET / HTTP/1.1\r\n\r\n", .hostMissing),
        ("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n", .hostRepeated),
        ("GET / HTTP/1.1\r\nHost:\r\n\r\n", .badHost),
        ("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", .badHost),
        ("GET / HTTP/1.1\r\nHost: a,b\r\n\r\n", .badHost),
        ("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", .badHost),
        ("GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", .badHost),
        ("GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n", .badHost),
        ("GET / HTTP/1.1\r\nHost: a:x\r\n\r\n", .badHost),
        ("GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", .badHost),
        ("GET / HTTP/1.0\r\nHost: a b\r\n\r\n", .badHost),
        ("GET / HTTP/1.1\r\nContent-Length: +4\r\n", .badContentLength),
        ("GET / HTTP/1.1\r\nContent-Length: -4\r\n", .badContentLength),
        ("GET / HTTP/1.1\r\nContent-Length: 4, 4\r\n", .badContentLength),
        ("GET / HTTP/1.1\r\nContent-Length: 0x4\r\n", .badContentLength),
        ("GET / HTTP/1.1\r\nContent-Length: 4 4\r\n", .badContentLength),
        ("GET / HTTP/1.1\r\nContent-Length:\r\n", .badContentLength),
        ("GET / HTTP/1.1\r\nContent-Length: 9223372036854775808\r\n", .badContentLength),
        ("GET / HTTP/1.1\r\nContent-Length: 00000000000000000001\r\n", .badContentLength),
        ("GET / HTTP/1.1\r\nContent-Length: 4\r\ncontent-length: 4\r\n", .contentLengthRepeated),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
            .contentLengthWithTransferEncoding
        ),
        ("GET / HTTP/1.1\r\nTransfer-Encoding: identity\r\n", .badTransferEncoding),
        ("GET / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n", .badTransferEncoding),
        ("GET / HTTP/1.1\r\nTransfer-Encoding: chunked, chunked\r\n", .badTransferEncoding),
        ("GET / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n", .badTransferEncoding),
        ("GET / HTTP/1.1\r\nTransfer-Encoding: chunked;q=1\r\n", .badTransferEncoding),
        ("GET / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n", .transferCodingUnknown),
        (
            "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
            .badTransferEncoding
        ),
        ("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", .transferEncodingInVersion10),
        ("GET / HTTP/1.1\r\nExpect: tea\r\n", .unknownExpectation),
    ]

    @Test func `persistence follows version and Connection`() {
        #expect(head("GET / HTTP/1.1\r\nHost: a\r\n\r\n").keepAlive)
        #expect(!head("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n").keepAlive)
        #expect(!head("GET / HTTP/1.0\r\n\r\n").keepAlive)
        #expect(head("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").keepAlive)
    }

    @Test func `an expectation counts only with a body and HTTP 1.1`() {
        let expect = "Host: a\r\nExpect: 100-Continue\r\n"
        #expect(head("PUT / HTTP/1.1\r\n\(expect)Content-Length: 1\r\n\r\n").expectsContinue)
        #expect(!head("PUT / HTTP/1.1\r\n\(expect)\r\n").expectsContinue)
        #expect(!head("PUT / HTTP/1.0\r\n\(expect)Content-Length: 1\r\n\r\n").expectsContinue)
    }

    @Test func `pipelined heads are read one after the other`() {
        let one = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
        let bytes = Array((one + one.replacing("GET /1", with: "GET /2")).utf8)
        var parser = RequestHeadParser()
        var targets: [String] = []
        var start = 0
        while start < bytes.count,
            case .head(let head, let consumed) = bytes[start...].withUnsafeBytes({
                parser.parse($0)
            })
        {
            targets.append(head.target)
            start += consumed
        }
        #expect(targets == ["/1", "/2"])
    }
}

@Suite struct `Limits of a head` {
    @Test func `a target is read up to its limit and refused beyond with 414`() {
        var limits = HTTPLimits()
        limits.targetBytesMax = 100
        for (extra, isRead) in [(0, true), (1, false), (200, false)] {
            let target = "/" + String(repeating: "a", count: 99 + extra)
            let reading = readHead(
                Array("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n".utf8), limits: limits)
            if isRead {
                guard case .head = reading else {
                    Issue.record("\(reading)")
                    continue
                }
            } else {
                #expect(reading == .refused(.targetTooLong))
            }
        }
    }

    @Test func `a request line that never ends is refused while it arrives`() {
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 10_000)
        #expect(readHead(bytes) == .refused(.targetTooLong))
        #expect(readHead(bytes, cutAt: Array(0..<10_000)) == .refused(.targetTooLong))
    }

    @Test func `a head is read up to its limit and refused beyond with 431`() {
        let start = "GET / HTTP/1.1\r\nHost: a\r\nX: "
        for (extra, isRead) in [(0, true), (1, false)] {
            let padding = HTTPLimits().headBytesMax - start.utf8.count - 4 + extra
            let bytes = Array((start + String(repeating: "x", count: padding) + "\r\n\r\n").utf8)
            let whole = readHead(bytes)
            #expect((whole == .refused(.headTooLarge)) == !isRead)
            #expect(readHead(bytes, cutAt: [1, 100, bytes.count - 3]) == whole)
        }
    }

    @Test func `field lines are counted`() {
        for (count, isRead) in [(100, true), (101, false)] {
            let lines = String(repeating: "A: b\r\n", count: count - 1)
            let reading = readHead("GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n")
            #expect((reading == .refused(.tooManyFields)) == !isRead)
        }
    }

    @Test func `a head that trickles in costs linear work`() {
        // 32 KB byte by byte: reading from the start each time would be 500 million steps.
        let lines = String(repeating: "A: \(String(repeating: "x", count: 350))\r\n", count: 90)
        let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n".utf8)
        guard case .head = readHead(bytes, cutAt: Array(0..<bytes.count)) else {
            Issue.record("not read")
            return
        }
    }
}
