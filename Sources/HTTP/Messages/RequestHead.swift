/// The protocol versions that the server reads.
package enum HTTPVersion: Hashable, Sendable {
    case http10, http11
}

/// How a message's body is delimited (RFC 9112 §6.3).
package enum BodyFraming: Hashable, Sendable {
    /// No body: neither `Content-Length` (or 0) nor `Transfer-Encoding`.
    case none
    /// Exactly this many bytes, at least 1.
    case length(Int)
    case chunked
}

/// A request's first line and fields, checked, with everything derived that a server acts on.
///
/// Texts are ranges of the fields' store until asked for as `String`.
package struct RequestHead: Sendable {
    package let method: Method
    package let version: HTTPVersion
    package var fields: HeaderFields
    package let framing: BodyFraming
    /// Whether the client lets the connection live on after this exchange (RFC 9112 §9.3).
    package let keepAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the body.
    package let expectsContinue: Bool
    /// Port in Host or in the absolute target, nil when left out.
    package let port: Int?

    private let targetRange: ByteRange
    /// Empty for an absolute target without a path, which means `/`.
    private let pathRange: ByteRange
    /// Without its question mark; absent when the target has none.
    private let queryRange: ByteRange
    private let hostRange: ByteRange

    init(
        method: Method, line: RequestLine, meaning: FieldMeaning, addressee: HostAndPort?,
        fields: HeaderFields
    ) {
        self.method = method
        version = line.version
        targetRange = line.target
        pathRange = line.path
        queryRange = line.query
        framing = meaning.framing
        keepAlive = meaning.keepAlive
        expectsContinue = meaning.expectsContinue
        hostRange = addressee?.host ?? .absent
        port = addressee?.port
        self.fields = fields
    }
}

extension RequestHead {
    /// The request target as sent.
    package var target: String { String(decoding: targetBytes, as: UTF8.self) }

    package var targetBytes: ArraySlice<UInt8> { fields.store[targetRange.range] }

    /// The path as sent, percent escapes and all; starts with `/`, or is `*`.
    package var path: String { String(decoding: pathBytes, as: UTF8.self) }

    package var pathBytes: ArraySlice<UInt8> {
        pathRange.isEmpty ? [.slash] : fields.store[pathRange.range]
    }

    /// The query as sent, without the question mark; nil when there is none.
    package var query: String? {
        queryBytes.map { String(decoding: $0, as: UTF8.self) }
    }

    package var queryBytes: ArraySlice<UInt8>? {
        queryRange.isAbsent ? nil : fields.store[queryRange.range]
    }

    /// Host name in lower case, or an address; IPv6 in its brackets. Nil only for HTTP/1.0.
    package var host: String? {
        hostBytes.map { bytes in
            String(unsafeUninitializedCapacity: bytes.count) { text in
                for (offset, byte) in bytes.enumerated() {
                    text[offset] = ByteClass.lowercased(byte)
                }
                return bytes.count
            }
        }
    }

    /// The host as sent, without its port.
    package var hostBytes: ArraySlice<UInt8>? {
        hostRange.isAbsent ? nil : fields.store[hostRange.range]
    }
}
