/// Compresses answers for clients that ask for it.
package enum ResponseCompression {
    /// Below this gzip's header and the work are not worth it: such answers fit one packet.
    package static let bytesMin = 1_024

    /// The answer as the client wants it: gzip when it accepts that, the body is known, like text,
    /// long enough and not coded yet. `Vary` is set whenever the choice depended on the client.
    package static func apply(to response: inout Response, for request: RequestHead) {
        guard case .bytes(let bytes) = response.body, bytes.count >= bytesMin,
            !response.status.forbidsBody, !response.fields.contains("content-encoding"),
            let mediaType = response.fields["content-type"].flatMap(MediaType.init),
            mediaType.isLikeText
        else { return }
        addVary(to: &response.fields)
        guard AcceptEncoding(request.fields).allowsGzip else { return }
        let compressed = Gzip.compress(bytes)
        guard compressed.count < bytes.count else { return }
        response.body = .bytes(compressed)
        response.fields.append("Content-Encoding", "gzip")
        // RFC 9110 §8.8.3: a strong validator speaks of exact bytes, which are others now.
        if let tag = response.fields["etag"], !tag.hasPrefix("W/") {
            response.fields.replace("ETag", with: "W/" + tag)
        }
    }

    private static func addVary(to fields: inout HeaderFields) {
        let names = fields.list("vary").map { $0.lowercased() }
        if !names.contains("*"), !names.contains("accept-encoding") {
            fields.append("Vary", "Accept-Encoding")
        }
    }
}
