/// Why a request's body could not be read to its end.
package enum BodyError: Error, Equatable, Sendable {
    /// The body has more bytes than the reader allowed.
    case tooLarge(bytesMax: Int)
    case malformed(HTTPParseError)
    /// The peer closed or reset before the body's end.
    case connectionLost
    /// The body came too slowly.
    case timedOut
}

/// Where body bytes come from while they still arrive; the server's connection is one.
package protocol RequestBodySource: AnyObject, Sendable {
    /// The next bytes, never empty; nil at the body's end.
    func nextChunk() async throws(BodyError) -> [UInt8]?
}

/// A request's body: there already, or still arriving.
package enum RequestBody: Sendable {
    case empty
    case bytes([UInt8])
    case stream(any RequestBodySource)
}

/// A request: head, body, and what is known of its connection.
package struct Request: Sendable {
    package var head: RequestHead
    package var body: RequestBody
    package let connection: ConnectionFacts

    package init(head: RequestHead, body: RequestBody, connection: ConnectionFacts) {
        self.head = head
        self.body = body
        self.connection = connection
    }

    /// The whole body, read now if it has not been; a second call gives the same bytes.
    ///
    /// - Throws: `BodyError.tooLarge` before more than `bytesMax` bytes are kept.
    package mutating func collectBody(upTo bytesMax: Int) async throws(BodyError) -> [UInt8] {
        if case .length(let declared) = head.framing, declared > bytesMax {
            throw .tooLarge(bytesMax: bytesMax)
        }
        switch body {
        case .empty:
            return []
        case .bytes(let bytes):
            guard bytes.count <= bytesMax else { throw .tooLarge(bytesMax: bytesMax) }
            return bytes
        case .stream(let source):
            let bytes = try await Request.collect(source, upTo: bytesMax)
            body = .bytes(bytes)
            return bytes
        }
    }

    private static func collect(
        _ source: any RequestBodySource, upTo bytesMax: Int
    ) async throws(BodyError) -> [UInt8] {
        var bytes: [UInt8] = []
        while let chunk = try await source.nextChunk() {
            guard chunk.count <= bytesMax - bytes.count else {
                throw .tooLarge(bytesMax: bytesMax)
            }
            if bytes.isEmpty { bytes = chunk } else { bytes.append(contentsOf: chunk) }
        }
        return bytes
    }
}
