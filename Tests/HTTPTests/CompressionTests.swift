import Testing

@testable import HTTP

@Suite struct `The gzip format` {
    @Test(arguments: [0, 1, 1_000, 200_000])
    func `round-trips`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        #expect(try Gzip.decompress(Gzip.compress(bytes), upTo: count) == bytes)
    }

    @Test func `reads several members as one`() throws {
        let two = Gzip.compress([1, 2]) + Gzip.compress([3])
        #expect(try Gzip.decompress(two, upTo: 10) == [1, 2, 3])
    }

    @Test func `stops a bomb at the limit`() {
        let bomb = Gzip.compress([UInt8](repeating: 0, count: 10_000_000))
        #expect(bomb.count < 60_000)
        #expect(throws: GzipError.tooLarge(bytesMax: 9_999_999)) {
            try Gzip.decompress(bomb, upTo: 9_999_999)
        }
    }

    @Test func `refuses what is cut or damaged`() {
        let whole = Gzip.compress(Array("hello hello hello".utf8))
        for count in 0..<whole.count {
            #expect(throws: GzipError.truncated) {
                try Gzip.decompress(Array(whole[..<count]), upTo: 100)
            }
        }
        var damaged = whole
        damaged[damaged.count - 5] ^= 1
        #expect(throws: GzipError.malformed) { try Gzip.decompress(damaged, upTo: 100) }
        #expect(throws: GzipError.malformed) { try Gzip.decompress([1, 2, 3, 4], upTo: 100) }
        #expect(throws: GzipError.malformed) { try Gzip.decompress(whole + [1, 2], upTo: 100) }
    }
}

@Suite struct `Compressed answers` {
    private func compressed(
        _ acceptEncoding: String?, type: String = "application/json", count: Int = 5_000,
        fields: HeaderFields = [:]
    ) -> Response {
        var response = Response(.ok, contentType: type, [UInt8](repeating: 65, count: count))
        for (name, value) in fields { response.fields.append(name, value) }
        let line = acceptEncoding.map { "Accept-Encoding: \($0)\r\n" } ?? ""
        ResponseCompression.apply(
            to: &response, for: head("GET / HTTP/1.1\r\nHost: a\r\n\(line)\r\n"))
        return response
    }

    @Test(arguments: [
        ("gzip", true), ("deflate, GZIP;q=0.5", true), ("*", true), ("*;q=0.1", true),
        ("gzip;q=0", false), ("gzip;q=0.000", false), ("br", false), ("", false),
        ("identity, gzip;q=0.5", false), ("*, gzip;q=0", false), ("gzip;q=2", false),
        ("gzip;q=abc", false), ("gzip;q=1.000", true),
    ])
    func `follow the client's weights`(acceptEncoding: String, isCompressed: Bool) throws {
        let response = compressed(acceptEncoding)
        #expect(response.fields.contains("content-encoding") == isCompressed)
        #expect(response.fields["vary"] == "Accept-Encoding")
        guard isCompressed, case .bytes(let bytes) = response.body else { return }
        #expect(try Gzip.decompress(bytes, upTo: 5_000).count == 5_000)
    }

    @Test func `are only text of some length that is not coded yet`() {
        #expect(!compressed(nil).fields.contains("content-encoding"))
        #expect(!compressed("gzip", type: "image/png").fields.contains("content-encoding"))
        #expect(!compressed("gzip", count: 1_023).fields.contains("content-encoding"))
        #expect(compressed("gzip", count: 1_024).fields.contains("content-encoding"))
        let coded = compressed("gzip", fields: ["Content-Encoding": "br"])
        #expect(coded.fields.values(of: "content-encoding") == ["br"])
    }

    @Test func `weaken a strong validator`() {
        #expect(compressed("gzip", fields: ["ETag": "\"a\""]).fields["etag"] == "W/\"a\"")
    }
}
