/// One field line, `name ":" OWS value OWS` (RFC 9112 §5), as ranges of the head.
struct FieldLine {
    let name: ByteRange
    let value: ByteRange

    /// Reads the line at `line` (without its CR LF, not empty) of `head`.
    @inline(__always)
    init(_ line: Range<Int>, of head: UnsafeBufferPointer<UInt8>) throws(HTTPParseError) {
        var colon = line.lowerBound
        while colon < line.upperBound, ByteClass.isToken(head[colon]) { colon += 1 }
        guard colon < line.upperBound, head[colon] == .colon, colon > line.lowerBound else {
            throw FieldLine.fault(at: colon, line, of: head)
        }
        var start = colon + 1
        while start < line.upperBound, head[start] == .space || head[start] == .tab { start += 1 }
        var end = line.upperBound
        while end > start, head[end - 1] == .space || head[end - 1] == .tab { end -= 1 }
        name = ByteRange(line.lowerBound..<colon)
        value = ByteRange(start..<end)
        try FieldLine.check(head.part(value))
    }

    @inline(__always)
    private static func check(_ value: UnsafeBufferPointer<UInt8>) throws(HTTPParseError) {
        guard let foreign = value.firstForeignToFieldValue else { return }
        throw value[foreign] == .carriageReturn ? .bareCarriageReturn : .controlByteInValue
    }

    private static func fault(
        at index: Int, _ line: Range<Int>, of head: UnsafeBufferPointer<UInt8>
    ) -> HTTPParseError {
        guard index < line.upperBound else { return .missingColon }
        let isSpace = head[index] == .space || head[index] == .tab
        if isSpace, index == line.lowerBound { return .lineFolding }
        if isSpace { return .spaceBeforeColon }
        return head[index] == .carriageReturn ? .bareCarriageReturn : .badFieldName
    }
}
