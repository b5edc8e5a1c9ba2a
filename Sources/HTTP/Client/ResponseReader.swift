import Runtime

/// Reads one answer from a connection, interim answers skipped.
struct ResponseReader {
    private let method: Method
    private let connection: ClientConnection
    private let limits: ClientLimits
    private let deadline: MonotonicInstant
    /// Read from the connection and not consumed.
    private var rest: ArraySlice<UInt8> = []
    private var hasReceived = false

    init(
        method: Method, connection: ClientConnection, limits: ClientLimits,
        deadline: MonotonicInstant
    ) {
        self.method = method
        self.connection = connection
        self.limits = limits
        self.deadline = deadline
    }

    /// Whether nothing came behind the answer.
    var isAtEnd: Bool { rest.isEmpty }

    mutating func read() async throws(ClientError) -> (head: ResponseHead, body: [UInt8]) {
        for _ in 0...limits.interimAnswersMax {
            let head = try await readHead()
            // 101 would need an Upgrade that the client never asks for.
            guard head.status.code != 101 else { throw .malformed(.badStatusLine) }
            if head.status.code >= 200 { return (head, try await readBody(head.framing)) }
        }
        throw .malformed(.badStatusLine)
    }

    private mutating func readHead() async throws(ClientError) -> ResponseHead {
        var parser = ResponseHeadParser(answering: method, limits: limits.head)
        while true {
            if rest.isEmpty, try await !fill() {
                throw hasReceived ? .malformed(.unexpectedEnd) : .connectionLost
            }
            do throws(HTTPParseError) {
                let piece = Array(rest)
                let parsed = try piece.withUnsafeBufferPointer { piece throws(HTTPParseError) in
                    try parser.parse(UnsafeRawBufferPointer(piece))
                }
                rest = rest.dropFirst(parsed?.consumed ?? rest.count)
                if let parsed { return parsed.head }
            } catch {
                throw .malformed(error)
            }
        }
    }

    private mutating func readBody(
        _ framing: ResponseHead.Framing
    ) async throws(ClientError) -> [UInt8] {
        switch framing {
        case .none: return []
        case .length(let count): return try await readExactly(count)
        case .chunked: return try await readChunks()
        case .untilClose: return try await readToEnd()
        }
    }

    private mutating func readExactly(_ count: Int) async throws(ClientError) -> [UInt8] {
        guard count <= limits.bodyBytesMax else { throw tooLarge }
        var body: [UInt8] = []
        while body.count < count {
            if rest.isEmpty, try await !fill() { throw .malformed(.unexpectedEnd) }
            let part = rest.prefix(count - body.count)
            body.append(contentsOf: part)
            rest = rest.dropFirst(part.count)
        }
        return body
    }

    private mutating func readChunks() async throws(ClientError) -> [UInt8] {
        var decoder = ChunkDecoder(bodyBytesMax: limits.bodyBytesMax, limits: limits.head)
        var body: [UInt8] = []
        while true {
            if rest.isEmpty, try await !fill() { throw .malformed(.unexpectedEnd) }
            do throws(HTTPParseError) {
                let piece = Array(rest)
                let progress = try piece.withUnsafeBufferPointer { piece throws(HTTPParseError) in
                    try decoder.decode(UnsafeRawBufferPointer(piece), into: &body)
                }
                rest = rest.dropFirst(progress.consumed)
                if progress.isComplete { return body }
            } catch {
                throw error == .bodyTooLarge ? tooLarge : .malformed(error)
            }
        }
    }

    private mutating func readToEnd() async throws(ClientError) -> [UInt8] {
        var body = Array(rest)
        rest = []
        while try await fill() {
            body.append(contentsOf: rest)
            rest = []
            guard body.count <= limits.bodyBytesMax else { throw tooLarge }
        }
        guard body.count <= limits.bodyBytesMax else { throw tooLarge }
        return body
    }

    private var tooLarge: ClientError { .bodyTooLarge(bytesMax: limits.bodyBytesMax) }

    /// False when the peer has ended.
    private mutating func fill() async throws(ClientError) -> Bool {
        let patience = MonotonicInstant.now() + limits.readTimeout
        let bytes: [UInt8]
        do throws(ClientError) {
            bytes = try await connection.read(until: min(deadline, patience))
        } catch {
            // A peer that has begun to answer and resets is not one that never saw the request.
            if error == .connectionLost, hasReceived { throw .malformed(.unexpectedEnd) }
            throw error
        }
        rest = bytes[...]
        hasReceived = hasReceived || !bytes.isEmpty
        return !bytes.isEmpty
    }
}
