/// Method, target and version of a request, as ranges of the head (RFC 9112 §3).
struct RequestLine {
    var method: ByteRange
    var version: HTTPVersion
    var target: ByteRange
    var path: ByteRange
    var query: ByteRange
    /// Host and port of an absolute target.
    var authority = ByteRange.absent
    /// 80 or 443 of an absolute target's scheme.
    var defaultPort = 80

    /// No line yet.
    init() {
        method = .absent
        version = .http11
        target = .absent
        path = .absent
        query = .absent
    }

    /// Reads the line at `line` (without its CR LF) of `head`.
    init(
        _ line: Range<Int>, of head: UnsafeBufferPointer<UInt8>, targetBytesMax: Int
    ) throws(HTTPParseError) {
        var end = line.lowerBound
        while end < line.upperBound, ByteClass.isToken(head[end]) { end += 1 }
        guard end < line.upperBound else { throw .badRequestLine }
        method = ByteRange(line.lowerBound..<end)
        guard head[end] == .space, method.count > 0, method.count <= HTTPLimits.methodBytesMax
        else { throw .badMethod }

        let start = end + 1
        var targetEnd = start
        var question = Int.max
        var hasForeignByte = false
        while targetEnd < line.upperBound, head[targetEnd] != .space {
            let byte = head[targetEnd]
            if byte == UInt8(ascii: "?"), question == Int.max { question = targetEnd }
            if !ByteClass.isVisible(byte) || byte == UInt8(ascii: "#") { hasForeignByte = true }
            targetEnd += 1
        }
        guard targetEnd < line.upperBound, targetEnd > start else { throw .badRequestLine }
        guard targetEnd - start <= targetBytesMax else { throw .targetTooLong }
        version = try RequestLine.version(head.part((targetEnd + 1)..<line.upperBound))
        guard !hasForeignByte else { throw .badTarget }

        target = ByteRange(start..<targetEnd)
        path = ByteRange(start..<min(question, targetEnd))
        query = question < targetEnd ? ByteRange((question + 1)..<targetEnd) : .absent
        try readForm(of: head)
    }

    /// `HTTP/1.0` or `HTTP/1.1`. Another version of the same grammar is 505, the rest 400.
    static func version(
        _ text: UnsafeBufferPointer<UInt8>
    ) throws(HTTPParseError) -> HTTPVersion {
        let isWellFormed =
            text.count == 8 && text[0] == UInt8(ascii: "H") && text[1] == UInt8(ascii: "T")
            && text[2] == UInt8(ascii: "T") && text[3] == UInt8(ascii: "P") && text[4] == .slash
            && ByteClass.isDigit(text[5]) && text[6] == UInt8(ascii: ".")
            && ByteClass.isDigit(text[7])
        guard isWellFormed else { throw .badVersion }
        switch (text[5], text[7]) {
        case (UInt8(ascii: "1"), UInt8(ascii: "1")): return .http11
        case (UInt8(ascii: "1"), UInt8(ascii: "0")): return .http10
        default: throw .versionNotSupported
        }
    }

    /// Tells the four target forms of RFC 9112 §3.2 apart.
    private mutating func readForm(of head: UnsafeBufferPointer<UInt8>) throws(HTTPParseError) {
        if head.part(method).elementsEqual("CONNECT".utf8) { throw .connectRefused }
        if head[Int(target.start)] == .slash { return }
        if target.count == 1, head[Int(target.start)] == UInt8(ascii: "*") {
            guard head.part(method).elementsEqual("OPTIONS".utf8) else { throw .badTarget }
            return
        }
        try readAbsoluteForm(of: head)
    }

    private mutating func readAbsoluteForm(
        of head: UnsafeBufferPointer<UInt8>
    ) throws(HTTPParseError) {
        let start: Int
        let text = head.part(path)
        if text.count >= 7, text.part(0..<7).equalsIgnoringCase("http://") {
            start = Int(path.start) + 7
        } else if text.count >= 8, text.part(0..<8).equalsIgnoringCase("https://") {
            start = Int(path.start) + 8
            defaultPort = 443
        } else {
            throw .badTarget
        }
        let end = Int(path.end)
        let slash = head.part(start..<end).firstIndex(of: .slash).map { start + $0 } ?? end
        authority = ByteRange(start..<slash)
        path = ByteRange(slash..<end)
    }
}
