@testable import HTTP

/// What a parser says of a whole transcript, in a form that compares.
enum Reading: Equatable {
    case incomplete
    case head(Summary, rest: Int)
    case refused(HTTPParseError)

    struct Summary: Equatable {
        var method: Method
        var target: String
        var version: HTTPVersion
        var framing: BodyFraming
        var keepAlive: Bool
        var host: String?
        var port: Int?
        var fields: [String]
    }
}

extension Reading.Summary {
    init(_ head: RequestHead) {
        self.init(
            method: head.method, target: head.target, version: head.version,
            framing: head.framing, keepAlive: head.keepAlive, host: head.host, port: head.port,
            fields: head.fields.map { "\($0.name): \($0.value)" })
    }
}

/// Reads one head from the start of `bytes`, given in the pieces that end at `cuts`.
func readHead(
    _ bytes: [UInt8], cutAt cuts: [Int] = [], limits: HTTPLimits = HTTPLimits()
) -> Reading {
    var parser = RequestHeadParser(limits: limits)
    var start = 0
    for end in cuts + [bytes.count] {
        switch bytes[start..<end].withUnsafeBytes({ parser.parse($0) }) {
        case .needMore: start = end
        case .head(let head, let consumed):
            return .head(Reading.Summary(head), rest: bytes.count - start - consumed)
        case .refused(let error): return .refused(error)
        }
    }
    return .incomplete
}

func readHead(_ text: String) -> Reading {
    readHead(Array(text.utf8))
}

/// The head in `text`, which must be good.
func head(_ text: String) -> RequestHead {
    var parser = RequestHeadParser()
    guard case .head(let head, _) = Array(text.utf8).withUnsafeBytes({ parser.parse($0) }) else {
        preconditionFailure("the test's own head is malformed")
    }
    return head
}

/// A body decoded in the pieces that end at `cuts`.
func readChunks(
    _ bytes: [UInt8], cutAt cuts: [Int] = [], bodyBytesMax: Int = 1_000_000
) -> Result<Decoded, HTTPParseError> {
    var decoder = ChunkDecoder(bodyBytesMax: bodyBytesMax)
    var decoded = Decoded()
    var start = 0
    do throws(HTTPParseError) {
        for end in cuts + [bytes.count] where !decoded.isComplete {
            let piece = Array(bytes[start..<end])
            let progress = try piece.withUnsafeBufferPointer { piece throws(HTTPParseError) in
                try decoder.decode(UnsafeRawBufferPointer(piece), into: &decoded.body)
            }
            start += progress.consumed
            decoded.isComplete = progress.isComplete
        }
    } catch {
        return .failure(error)
    }
    decoded.rest = bytes.count - start
    return .success(decoded)
}

struct Decoded: Equatable {
    var body: [UInt8] = []
    var isComplete = false
    var rest = 0
}
