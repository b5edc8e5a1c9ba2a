@testable import HTTP

/// What a server would make of everything a client sends on one connection: heads and bodies one
/// after the other, until the bytes run out, one is refused, or the connection is to close.
struct Exchange: Equatable {
    enum End: Equatable {
        case idle
        case insideHead
        case insideBody
        case refused(HTTPParseError)
        /// The last request closes the connection; so many bytes were not looked at.
        case closed(unread: Int)
    }

    var heads: [Reading.Summary] = []
    var bodies: [[UInt8]] = []
    var end = End.idle
}

/// Plays `bytes` in the pieces that end at `cuts`.
func playExchange(_ bytes: [UInt8], cutAt cuts: [Int] = []) -> Exchange {
    var player = ExchangePlayer()
    var start = 0
    for end in cuts + [bytes.count] {
        if !player.isOver { player.take(Array(bytes[start..<end])) }
        start = end
    }
    return player.finish(bytes.count)
}

private struct ExchangePlayer {
    private enum Body {
        case none, length(Int)
        case chunked(ChunkDecoder)
    }

    private var exchange = Exchange()
    private var parser = RequestHeadParser()
    private var body = Body.none
    private var keepAlive = true
    private var taken = 0
    private(set) var isOver = false

    mutating func take(_ piece: [UInt8]) {
        var rest = piece[...]
        while !rest.isEmpty, !isOver {
            let consumed = step(Array(rest))
            rest = rest.dropFirst(consumed)
            taken += consumed
        }
    }

    func finish(_ count: Int) -> Exchange {
        var exchange = exchange
        if case .refused = exchange.end { return exchange }
        if isOver {
            exchange.end = .closed(unread: count - taken)
        } else if case .none = body {
            exchange.end = parser.isInsideHead ? .insideHead : .idle
        } else {
            exchange.end = .insideBody
        }
        return exchange
    }

    private mutating func step(_ piece: [UInt8]) -> Int {
        switch body {
        case .none: return takeHead(piece)
        case .length(let left):
            let count = min(left, piece.count)
            exchange.bodies[exchange.bodies.count - 1] += piece.prefix(count)
            body = .length(left - count)
            if left == count { endMessage() }
            return count
        case .chunked(let decoder): return takeChunks(piece, decoder)
        }
    }

    private mutating func takeHead(_ piece: [UInt8]) -> Int {
        switch piece.withUnsafeBytes({ parser.parse($0) }) {
        case .needMore: return piece.count
        case .refused(let error):
            refuse(error)
            return 0
        case .head(let head, let consumed):
            exchange.heads.append(Reading.Summary(head))
            exchange.bodies.append([])
            keepAlive = head.keepAlive
            switch head.framing {
            case .none: endMessage()
            case .length(let count): body = .length(count)
            case .chunked: body = .chunked(ChunkDecoder(bodyBytesMax: 1_000_000))
            }
            return consumed
        }
    }

    private mutating func takeChunks(_ piece: [UInt8], _ decoder: ChunkDecoder) -> Int {
        var decoder = decoder
        var decoded: [UInt8] = []
        // What was decoded before a fault counts, however the pieces fell.
        defer { exchange.bodies[exchange.bodies.count - 1] += decoded }
        do {
            let progress = try piece.withUnsafeBytes { try decoder.decode($0, into: &decoded) }
            body = .chunked(decoder)
            if progress.isComplete { endMessage() }
            return progress.consumed
        } catch let error as HTTPParseError {
            refuse(error)
        } catch {
            preconditionFailure("the decoder throws HTTPParseError only")
        }
        return 0
    }

    private mutating func endMessage() {
        body = .none
        if !keepAlive { isOver = true }
    }

    private mutating func refuse(_ error: HTTPParseError) {
        exchange.end = .refused(error)
        isOver = true
    }
}
