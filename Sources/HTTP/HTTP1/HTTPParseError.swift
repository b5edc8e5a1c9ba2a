/// Why bytes are no acceptable HTTP/1.1 message. Every case closes the connection: what follows
/// a message that cannot be delimited cannot be trusted either (RFC 9112 §11.2).
package enum HTTPParseError: Error, Hashable, Sendable, CaseIterable {
    // The request line.
    case leadingEmptyLines, bareLineFeed, bareCarriageReturn
    case badRequestLine, badMethod, connectRefused
    case badTarget, targetTooLong, targetDisagreesWithHost
    case badVersion, versionNotSupported
    // Field lines.
    case badFieldName, spaceBeforeColon, missingColon, lineFolding, controlByteInValue
    case headTooLarge, tooManyFields
    // Fields with a meaning for the message itself.
    case hostMissing, hostRepeated, badHost
    case badContentLength, contentLengthRepeated, contentLengthWithTransferEncoding
    case badTransferEncoding, transferCodingUnknown, transferEncodingInVersion10
    case unknownExpectation
    // Chunked bodies.
    case badChunkSize, chunkLineTooLong, badChunkEnd, badTrailer, trailersTooLarge, bodyTooLarge
    // Answers read by the client.
    case badStatusLine, unexpectedEnd
}

extension HTTPParseError {
    /// The status that a server answers with.
    package var status: Status {
        switch self {
        case .connectRefused: .methodNotAllowed
        case .targetTooLong: .uriTooLong
        case .headTooLarge, .tooManyFields, .trailersTooLarge: .requestHeaderFieldsTooLarge
        case .versionNotSupported: .versionNotSupported
        case .transferCodingUnknown: .notImplemented
        case .unknownExpectation: .expectationFailed
        case .bodyTooLarge: .contentTooLarge
        default: .badRequest  // Of 31 cases these few are the exceptions.
        }
    }

    /// Stable name for clients and logs, snake_case.
    package var code: String {
        var code = ""
        for letter in String(describing: self) {
            if letter.isUppercase { code += "_" }
            code += letter.lowercased()
        }
        return code
    }

    /// One sentence for the client. It never repeats the client's bytes.
    package var sentence: String {
        switch self {
        case .leadingEmptyLines: "More than one empty line stands before the request line."
        case .bareLineFeed: "A line ends with LF alone; HTTP/1.1 lines end with CR LF."
        case .bareCarriageReturn: "A CR stands without the LF that must follow it."
        case .badRequestLine: "The request line is not method, one space, target, one space, version."
        case .badMethod: "The method is not a token of at most 32 bytes."
        case .connectRefused: "CONNECT is not offered: this is not a proxy."
        case .badTarget: "The request target has a form or a byte that HTTP does not allow here."
        case .targetTooLong: "The request target is longer than this server reads."
        case .targetDisagreesWithHost: "The authority in the target is not the one in Host."
        case .badVersion: "The protocol version is not HTTP followed by two digits and a dot."
        case .versionNotSupported: "This server speaks HTTP/1.1 and HTTP/1.0."
        case .badFieldName: "A field name is empty or has a byte that is not allowed in a token."
        case .spaceBeforeColon: "A space stands between a field name and its colon."
        case .missingColon: "A field line has no colon."
        case .lineFolding: "A field line starts with a space: folded lines are not accepted."
        case .controlByteInValue: "A field value has a control byte."
        case .headTooLarge: "The request head is larger than this server reads."
        case .tooManyFields: "The request has more field lines than this server reads."
        case .hostMissing: "An HTTP/1.1 request needs a Host field."
        case .hostRepeated: "The request has more than one Host field."
        case .badHost: "The Host field is not a host name or address with an optional port."
        case .badContentLength: "Content-Length is not a plain decimal number."
        case .contentLengthRepeated: "The message has more than one Content-Length field."
        case .contentLengthWithTransferEncoding:
            "The message has both Content-Length and Transfer-Encoding."
        case .badTransferEncoding: "Transfer-Encoding is not exactly chunked."
        case .transferCodingUnknown: "No transfer coding but chunked is understood."
        case .transferEncodingInVersion10: "HTTP/1.0 has no Transfer-Encoding."
        case .unknownExpectation: "The only expectation understood is 100-continue."
        case .badChunkSize: "A chunk size is not a hexadecimal number of at most 15 digits."
        case .chunkLineTooLong: "A chunk-size line is longer than this server reads."
        case .badChunkEnd: "The bytes of a chunk are not followed by CR LF."
        case .badTrailer: "A trailer field line is malformed."
        case .trailersTooLarge: "The trailer fields are larger than this server reads."
        case .bodyTooLarge: "The body is larger than this server reads here."
        case .badStatusLine: "The status line is not version, status code and reason."
        case .unexpectedEnd: "The connection ended in the middle of a message."
        }
    }
}
