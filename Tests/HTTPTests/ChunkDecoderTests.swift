import Testing

@testable import HTTP

@Suite struct `Chunked bodies` {
    @Test(arguments: [
        ("5\r\nhello\r\n0\r\n\r\n", "hello", 0),
        ("0\r\n\r\nrest", "", 4),
        ("A;x=\"y\";z\r\n0123456789\r\n00\r\n\r\n", "0123456789", 0),
        ("00005\r\nhello\r\n1 \r\n".replacing(" ", with: ""), nil, 0),
        ("5\r\nhello\r\n6\r\n world\r\n0\r\nX: y\r\nZ:\r\n\r\nGET", "hello world", 3),
    ])
    func `are decoded, whatever the split`(text: String, body: String?, rest: Int) throws {
        let bytes = Array(text.utf8)
        let whole = try readChunks(bytes).get()
        if let body {
            #expect(whole == Decoded(body: Array(body.utf8), isComplete: true, rest: rest))
        } else {
            #expect(!whole.isComplete)
        }
        for cut in 0...bytes.count { #expect(try readChunks(bytes, cutAt: [cut]).get() == whole) }
        #expect(try readChunks(bytes, cutAt: Array(0..<bytes.count)).get() == whole)
    }

    @Test(arguments: [
        ("\r\n", .badChunkSize),
        ("g\r\n", .badChunkSize),
        ("-1\r\n", .badChunkSize),
        ("+1\r\n", .badChunkSize),
        ("0x1\r\n", .badChunkSize),
        (" 1\r\n", .badChunkSize),
        ("1 \r\n", .badChunkSize),
        ("1\n", .bareLineFeed),
        ("1\rx", .bareCarriageReturn),
        ("1;a\nb", .bareLineFeed),
        ("1;a\u{0}", .badChunkSize),
        ("0000000000000001", .badChunkSize),
        ("ffffffffffffffff", .badChunkSize),
        ("fffffffffffffff\r\n", .bodyTooLarge),
        ("1\r\nab", .badChunkEnd),
        ("1\r\na\nb", .badChunkEnd),
        ("1\r\na\rb", .badChunkEnd),
        ("0\r\nX y: a\r\n", .badTrailer),
        ("0\r\n X: a\r\n", .badTrailer),
        ("0\r\nX: a\u{0}\r\n", .badTrailer),
        ("0\r\nX: a\n", .bareLineFeed),
        ("0\r\n\n", .bareLineFeed),
        ("1;" + String(repeating: "x", count: 300), .chunkLineTooLong),
        ("0\r\nX: " + String(repeating: "x", count: 9_000), .trailersTooLarge),
    ] as [(String, HTTPParseError)])
    func `are refused when malformed, whatever the split`(text: String, error: HTTPParseError) {
        let bytes = Array(text.utf8)
        #expect(readChunks(bytes) == .failure(error))
        #expect(readChunks(bytes, cutAt: Array(0..<bytes.count)) == .failure(error))
    }

    @Test func `are bounded in all, not by chunk`() throws {
        let chunk = "5\r\nhello\r\n"
        let two = Array((chunk + chunk + "0\r\n\r\n").utf8)
        #expect(try readChunks(two, bodyBytesMax: 10).get().body.count == 10)
        #expect(readChunks(two, bodyBytesMax: 9) == .failure(.bodyTooLarge))
    }
}
