/// A response's first line and fields, checked.
struct ResponseHead: Sendable {
    /// How the body is delimited (RFC 9112 §6.3).
    enum Framing: Hashable, Sendable {
        case none, length(Int), chunked, untilClose
    }

    let status: Status
    let fields: HeaderFields
    let framing: Framing
    let keepAlive: Bool
}

/// Reads response heads as strictly as `RequestHeadParser` reads requests: the platform calls
/// servers that it does not know. Not a hot path, so bytes are always gathered here first.
struct ResponseHeadParser {
    private let isHeadRequest: Bool
    private let limits: HTTPLimits
    private var bytes: [UInt8] = []
    private var lineStart = 0
    private var scanned = 0
    private var statusLine: (version: HTTPVersion, status: Status)?
    private var meaning = FieldMeaning()
    private var entries: [HeaderFields.Entry] = []

    init(answering method: Method, limits: HTTPLimits) {
        isHeadRequest = method == .head
        self.limits = limits
    }

    var isEmpty: Bool { bytes.isEmpty }

    /// Takes bytes; the head once it is complete, with how many of these bytes belong to it.
    mutating func parse(
        _ input: UnsafeRawBufferPointer
    ) throws(HTTPParseError) -> (head: ResponseHead, consumed: Int)? {
        let carried = bytes.count
        bytes.append(contentsOf: input)
        let all = bytes
        return try all.withUnsafeBufferPointer { all throws(HTTPParseError) in
            while let lineFeed = all[scanned...].firstIndex(of: .lineFeed) {
                let next = lineFeed + 1
                guard next <= limits.headBytesMax else { throw .headTooLarge }
                guard lineFeed > lineStart, all[lineFeed - 1] == .carriageReturn else {
                    throw .bareLineFeed
                }
                let line = lineStart..<(lineFeed - 1)
                lineStart = next
                scanned = next
                if line.isEmpty, let statusLine {
                    let store = Array(all[..<next])
                    return (try makeHead(statusLine, store), next - carried)
                }
                try take(line, of: all)
            }
            scanned = all.count
            guard all.count <= limits.headBytesMax else { throw .headTooLarge }
            return nil
        }
    }

    private mutating func take(
        _ line: Range<Int>, of head: UnsafeBufferPointer<UInt8>
    ) throws(HTTPParseError) {
        guard statusLine != nil else {
            statusLine = try ResponseHeadParser.statusLine(head.part(line))
            return
        }
        guard entries.count < limits.fieldsMax else { throw .tooManyFields }
        let field = try FieldLine(line, of: head)
        // Host and Expect have no meaning here.
        if field.name.count >= 10 {
            try meaning.note(name: head.part(field.name), value: field.value, of: head)
        }
        entries.append(HeaderFields.Entry(name: field.name, value: field.value))
    }

    /// `HTTP/1.1 200 OK`; the reason, and the space before it, may be missing.
    private static func statusLine(
        _ line: UnsafeBufferPointer<UInt8>
    ) throws(HTTPParseError) -> (HTTPVersion, Status) {
        guard line.count >= 12, line[8] == .space,
            line.part(9..<12).allSatisfy(ByteClass.isDigit),
            line.count == 12 || line[12] == .space,
            line.firstForeignToFieldValue == nil
        else { throw .badStatusLine }
        let version = try RequestLine.version(line.part(0..<8))
        let code = line.part(9..<12).reduce(0) { $0 * 10 + Int($1 &- 0x30) }
        guard (100...599).contains(code) else { throw .badStatusLine }
        return (version, Status(code))
    }

    private mutating func makeHead(
        _ line: (version: HTTPVersion, status: Status), _ store: [UInt8]
    ) throws(HTTPParseError) -> ResponseHead {
        try meaning.conclude(line.version)
        let framing: ResponseHead.Framing =
            if isHeadRequest || line.status.forbidsBody {
                .none
            } else {
                switch meaning.framing {
                case .chunked: .chunked
                case .length(let count): .length(count)
                case .none: meaning.contentLength == 0 ? .none : .untilClose
                }
            }
        return ResponseHead(
            status: line.status, fields: HeaderFields(store: store, entries: entries),
            framing: framing, keepAlive: meaning.keepAlive && framing != .untilClose)
    }
}
