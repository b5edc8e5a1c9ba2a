/// What the fields of a head say about the message itself, gathered as the lines are read.
struct FieldMeaning {
    /// Host's value within the head.
    private(set) var host = ByteRange.absent
    /// Negative while there is none.
    private(set) var contentLength = -1
    private(set) var isChunked = false
    private(set) var asksToClose = false
    private(set) var asksToStay = false
    private(set) var expectsContinue = false

    private(set) var framing = BodyFraming.none
    private(set) var keepAlive = true

    /// Notes one field if it is among those that matter here. Most fields are told apart by the
    /// length of their name alone.
    @inline(__always)
    mutating func note(
        name: UnsafeBufferPointer<UInt8>, value: ByteRange, of head: UnsafeBufferPointer<UInt8>
    ) throws(HTTPParseError) {
        switch name.count {
        case 4 where name.equalsIgnoringCase("host"):
            guard host.isAbsent else { throw .hostRepeated }
            host = value
        case 6 where name.equalsIgnoringCase("expect"):
            guard head.part(value).equalsIgnoringCase("100-continue") else {
                throw .unknownExpectation
            }
            expectsContinue = true
        case 10 where name.equalsIgnoringCase("connection"):
            noteConnection(head.part(value))
        case 14 where name.equalsIgnoringCase("content-length"):
            guard contentLength < 0 else { throw .contentLengthRepeated }
            contentLength = try FieldMeaning.contentLength(head.part(value))
        case 17 where name.equalsIgnoringCase("transfer-encoding"):
            try noteTransferEncoding(head.part(value))
        default:
            break
        }
    }

    /// Derives framing and persistence once all lines are read.
    mutating func conclude(_ version: HTTPVersion) throws(HTTPParseError) {
        if isChunked {
            guard contentLength < 0 else { throw .contentLengthWithTransferEncoding }
            guard version == .http11 else { throw .transferEncodingInVersion10 }
            framing = .chunked
        } else if contentLength > 0 {
            framing = .length(contentLength)
        }
        keepAlive = !asksToClose && (version == .http11 || asksToStay)
        // RFC 9110 §10.1.1: an expectation from HTTP/1.0, or without a body, is ignored.
        expectsContinue = expectsContinue && version == .http11 && framing != .none
    }

    /// Digits only: no sign, no list, no space (RFC 9112 §6.3: anything else is unrecoverable).
    static func contentLength(
        _ text: UnsafeBufferPointer<UInt8>
    ) throws(HTTPParseError) -> Int {
        guard !text.isEmpty, text.count <= HTTPLimits.contentLengthDigitsMax else {
            throw .badContentLength
        }
        var value = 0
        for byte in text {
            guard ByteClass.isDigit(byte) else { throw .badContentLength }
            let (tens, tensOverflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, sumOverflow) = tens.addingReportingOverflow(Int(byte &- 0x30))
            guard !tensOverflow, !sumOverflow else { throw .badContentLength }
            value = sum
        }
        return value
    }

    private mutating func noteTransferEncoding(
        _ value: UnsafeBufferPointer<UInt8>
    ) throws(HTTPParseError) {
        guard !isChunked else { throw .badTransferEncoding }
        if value.equalsIgnoringCase("chunked") {
            isChunked = true
            return
        }
        // RFC 9112 §6.1: a coding that ends in chunked but is not understood is 501; without
        // chunked at the end the length cannot be known (§6.3), which is 400.
        let endsChunked =
            value.count > 7 && value.part((value.count - 7)..<value.count)
            .equalsIgnoringCase("chunked")
            && !ByteClass.isToken(value[value.count - 8])
            && !value.prefix(7).elementsEqual("chunked".utf8)
        throw endsChunked ? .transferCodingUnknown : .badTransferEncoding
    }

    private mutating func noteConnection(_ value: UnsafeBufferPointer<UInt8>) {
        var start = 0
        while start < value.count {
            var end = start
            while end < value.count, value[end] != .comma { end += 1 }
            let option = value.part(start..<end).trimmed
            if option.equalsIgnoringCase("close") { asksToClose = true }
            if option.equalsIgnoringCase("keep-alive") { asksToStay = true }
            start = end + 1
        }
    }
}
