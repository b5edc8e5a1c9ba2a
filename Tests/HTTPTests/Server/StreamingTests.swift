import Contracts
import Runtime
import Synchronization
import Testing

@testable import HTTP

@Suite struct `Streamed answers` {
    /// Sends each part only after the client has said that it has the one before.
    private final class Relay: Sendable {
        private let state = Mutex<(received: Int, waiter: CheckedContinuation<Void, Never>?)>((0, nil))

        /// What the client has got so far.
        func received(_ count: Int) {
            state.withLock { state in
                state.received = count
                state.waiter?.resume()
                state.waiter = nil
            }
        }

        func wait(until count: Int) async {
            await withCheckedContinuation { continuation in
                state.withLock { state in
                    if state.received >= count { return continuation.resume() }
                    state.waiter = continuation
                }
            }
        }
    }

    private static let parts = (0..<20).map { "{\"part\":\($0)}\n" }

    private func handler(
        _ relay: Relay, _ fields: HeaderFields, _ part: @escaping @Sendable (String) -> [UInt8]
    ) -> Responder {
        Responder { request in
            var response = Response(
                .ok, fields: fields,
                body: .stream { writer in
                    for (index, text) in Self.parts.enumerated() {
                        await relay.wait(until: index)
                        try await writer.write(part(text))
                    }
                    await relay.wait(until: Self.parts.count)
                })
            ResponseCompression.apply(to: &response, for: request.head)
            return response
        }
    }

    @Test(arguments: Way.allCases)
    func `bring each event before the next one happens`(by way: Way) async throws {
        let relay = Relay()
        let handler = handler(relay, ServerSentEvents.fields) {
            ServerSentEvents.event(name: "part", data: $0)
        }
        try await withServer(by: way, handler) { server in
            let client = try way.connect(to: server)
            client.send("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
            let head = client.read(until: "\r\n\r\n")
            #expect(head.contains("\r\nContent-Type: text/event-stream\r\n"))
            // Thin and open for hours: not worth a compressor.
            #expect(!head.contains("Content-Encoding"))
            var seen = head
            for (index, part) in Self.parts.enumerated() {
                let mark = "data: \(part)data: \n\n\r\n"
                if !seen.contains(mark) { seen += client.read(until: mark) }
                #expect(seen.contains(mark))
                relay.received(index + 1)
            }
            #expect(client.read(until: "0\r\n\r\n").hasSuffix("0\r\n\r\n"))
        }
    }

    @Test(arguments: Way.allCases)
    func `bring compressed text write by write`(by way: Way) async throws {
        let relay = Relay()
        let handler = handler(relay, ["Content-Type": "application/x-ndjson"]) { Array($0.utf8) }
        try await withServer(by: way, handler) { server in
            let client = try way.connect(to: server)
            client.send("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
            var received: [UInt8] = []
            while received.firstRange(of: Array("\r\n\r\n".utf8)) == nil {
                received += try #require(client.readSome())
            }
            let end = try #require(received.firstRange(of: Array("\r\n\r\n".utf8)))
            let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
            #expect(head.contains("\r\nContent-Encoding: gzip"))
            var answer = ChunkedBody()
            try answer.add(Array(received[end.upperBound...]))
            for index in Self.parts.indices {
                // RFC 1951 § 3.2.4: an empty stored block, after which nothing is held back.
                while !answer.bytes.suffix(4).elementsEqual([0, 0, 0xFF, 0xFF]) || answer.chunks <= index {
                    try answer.add(try #require(client.readSome()))
                }
                #expect(answer.chunks == index + 1)
                relay.received(index + 1)
            }
            while !answer.isComplete { try answer.add(try #require(client.readSome())) }
            let text = try Gzip.decompress(answer.bytes, upTo: 10_000)
            #expect(String(decoding: text, as: UTF8.self) == Self.parts.joined())
        }
    }

    @Test func `are not compressed for clients that do not ask`() async throws {
        let relay = Relay()
        relay.received(Self.parts.count)
        let handler = handler(relay, ["Content-Type": "application/x-ndjson"]) { Array($0.utf8) }
        try await withServer(by: .plain, handler) { server in
            let client = try Way.plain.connect(to: server)
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = client.read(until: "0\r\n\r\n")
            #expect(answer.contains("\r\nVary: Accept-Encoding\r\n"))
            #expect(!answer.contains("Content-Encoding"))
            #expect(answer.contains(Self.parts[19]))
        }
    }

    @Test func `end compressed with gzip's checksum`() throws {
        let stream = GzipStream()
        let parts = [[UInt8](repeating: 7, count: 100_000), [], [1, 2, 3]]
        let bytes = parts.flatMap { stream.compress($0) } + stream.finish()
        #expect(try Gzip.decompress(bytes, upTo: 200_000) == parts.flatMap(\.self))
    }
}

/// A chunked body as far as it has come.
private struct ChunkedBody {
    private(set) var bytes: [UInt8] = []
    private(set) var chunks = 0
    private(set) var isComplete = false
    private var decoder = ChunkDecoder(bodyBytesMax: 1_000_000)
    private var wasInChunk = false

    mutating func add(_ more: [UInt8]) throws {
        // Byte by byte, so that chunks can be told from reads.
        for byte in more {
            let before = bytes.count
            isComplete = try withUnsafeBytes(of: byte) { try decoder.decode($0, into: &bytes) }.isComplete
            if bytes.count > before, !wasInChunk { chunks += 1 }
            wasInChunk = bytes.count > before
        }
    }
}
