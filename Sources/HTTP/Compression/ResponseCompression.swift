/// Compresses answers for clients that ask for it.
package enum ResponseCompression {
    /// Below this gzip's header and the work are not worth it: such answers fit one packet.
    package static let bytesMin = 1_024

    /// The answer as the client wants it: gzip when it accepts that and the body is like text, not
    /// coded yet, and long enough or streamed. `Vary` is set whenever the choice depended on the
    /// client. A stream is compressed write by write; none of it is held back.
    package static func apply(to response: inout Response, for request: RequestHead) {
        guard isWorthIt(response), !response.status.forbidsBody,
            !response.fields.contains("content-encoding"),
            isLikeText(response.fields)
        else { return }
        addVary(to: &response.fields)
        guard request.fields.contains("accept-encoding"),
            AcceptEncoding(request.fields).allowsGzip
        else { return }
        switch response.body {
        case .empty: return
        case .bytes(let bytes):
            let compressed = Gzip.compress(bytes)
            guard compressed.count < bytes.count else { return }
            response.body = .bytes(compressed)
        case .stream(let produce):
            response.body = .stream { writer in
                let compressing = CompressingWriter(writer)
                try await produce(compressing)
                try await compressing.finish()
            }
        }
        response.fields.append("Content-Encoding", "gzip")
        // RFC 9110 §8.8.3: a strong validator speaks of exact bytes, which are others now.
        if let tag = response.fields["etag"], !tag.hasPrefix("W/") {
            response.fields.replace("ETag", with: "W/" + tag)
        }
    }

    private static func isWorthIt(_ response: Response) -> Bool {
        switch response.body {
        case .empty: false
        case .bytes(let bytes): bytes.count >= bytesMin
        case .stream: true
        }
    }

    /// Nearly every answer is JSON, which needs no parsing to be told.
    private static func isLikeText(_ fields: HeaderFields) -> Bool {
        if fields.first(utf8: "content-type")?.elementsEqual("application/json".utf8) ?? false {
            return true
        }
        return fields["content-type"].flatMap(MediaType.init)?.isLikeText ?? false
    }

    private static func addVary(to fields: inout HeaderFields) {
        guard fields.contains("vary") else {
            return fields.append(literal: "Vary", "Accept-Encoding")
        }
        let names = fields.list("vary").map { $0.lowercased() }
        if !names.contains("*"), !names.contains("accept-encoding") {
            fields.append("Vary", "Accept-Encoding")
        }
    }
}
