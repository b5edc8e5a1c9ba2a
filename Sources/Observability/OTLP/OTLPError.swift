import Contracts

/// Why an export could not be read at all. What is wrong with single spans does not end the others.
package enum OTLPError: Error, Sendable {
    case malformed
}

/// The two encodings of OTLP over HTTP, and the answers in them.
package enum OTLPEncoding: Sendable {
    case protobuf, json

    /// By a media type without parameters, in lower case.
    package init?(mediaType: String) {
        switch mediaType {
        case "application/x-protobuf": self = .protobuf
        case "application/json": self = .json
        default: return nil
        }
    }

    package var mediaType: String {
        switch self {
        case .protobuf: "application/x-protobuf"
        case .json: "application/json"
        }
    }

    /// The spans of an export, as they may be kept.
    package func spans(_ body: [UInt8], _ screen: SpanScreen) throws(OTLPError) -> SpanBatch {
        switch self {
        case .protobuf: try OTLPProtobuf.spans(body, screen)
        // An empty request is one without spans.
        case .json: body.isEmpty ? SpanBatch() : try OTLPJSON.spans(body, screen)
        }
    }

    /// ExportTraceServiceResponse: empty when all spans were taken, else 1: partial_success
    /// (1: rejected_spans, 2: error_message).
    package func answer(rejected: Int, because fault: String) -> [UInt8] {
        switch self {
        case .protobuf:
            guard rejected > 0 else { return [] }
            var partial = ProtobufWriter()
            partial.field(1, UInt64(rejected))
            partial.field(2, Array(fault.utf8))
            var answer = ProtobufWriter()
            answer.field(1, partial.bytes)
            return answer.bytes
        case .json:
            guard rejected > 0 else { return Array("{}".utf8) }
            return JSONWriter.bytes([
                "partialSuccess": [
                    "rejectedSpans": .string(String(rejected)), "errorMessage": .string(fault),
                ]
            ])
        }
    }

    /// google.rpc.Status – 1: code, 2: message.
    package func status(code: Int, _ message: String) -> [UInt8] {
        switch self {
        case .protobuf:
            var status = ProtobufWriter()
            status.field(1, UInt64(code))
            status.field(2, Array(message.utf8))
            return status.bytes
        case .json:
            return JSONWriter.bytes(["code": .int(Int64(code)), "message": .string(message)])
        }
    }
}

/// Writes the few messages that we answer with.
private struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    mutating func field(_ number: UInt64, _ value: UInt64) {
        varint(number << 3)
        varint(value)
    }

    mutating func field(_ number: UInt64, _ content: [UInt8]) {
        varint(number << 3 | 2)
        varint(UInt64(content.count))
        bytes += content
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
