/// Writes answers in HTTP/1.1's form (RFC 9112 §§ 4–7): exactly one of `Content-Length`, chunked,
/// and end of connection delimits a body, and none where the status or HEAD forbids one.
package struct ResponseEncoder: Sendable {
    /// What the caller still has to send after the encoded bytes.
    package enum Remainder: Hashable, Sendable {
        case nothing
        /// Run the stream; wrap each piece by `appendChunk`, end with `appendLastChunk`.
        case chunks
        /// Run the stream and send its pieces as they are; closing ends the body (HTTP/1.0).
        case untilClose
    }

    package struct Outcome: Hashable, Sendable {
        package let remainder: Remainder
        /// Whether the connection lives on afterwards.
        package let keepAlive: Bool
    }

    private let isHead: Bool
    private let version: HTTPVersion
    private let keepAlive: Bool

    /// Answers to the request with these properties.
    ///
    /// - Parameter keepAlive: what the request allows and the server wants.
    package init(method: Method, version: HTTPVersion, keepAlive: Bool) {
        isHead = method == .head
        self.version = version
        self.keepAlive = keepAlive
    }

    /// Appends the head, and the body if it is there already.
    ///
    /// - Parameter dateLine: from `DateLine`, renewed by the caller each second.
    package func encode(
        _ response: Response, dateLine: [UInt8], into out: inout [UInt8]
    ) -> Outcome {
        let framing = framing(of: response)
        let keepsAlive = keepAlive && !response.closesConnection && framing != .close
        StatusLine.append(response.status, to: &out)
        out.append(contentsOf: dateLine)
        response.fields.encode(into: &out)
        switch framing {
        case .none, .close: break
        case .length(let count):
            out.append(literal: "Content-Length: ")
            out.append(decimal: count)
            out.append(literal: "\r\n")
        case .chunked: out.append(literal: "Transfer-Encoding: chunked\r\n")
        }
        if !keepsAlive {
            out.append(literal: "Connection: close\r\n\r\n")
        } else if version == .http10 {
            out.append(literal: "Connection: keep-alive\r\n\r\n")
        } else {
            out.append(literal: "\r\n")
        }
        return Outcome(
            remainder: appendBody(of: response, framing, to: &out), keepAlive: keepsAlive)
    }

    /// How many bytes of body ``encode(_:dateLine:into:)`` appends for the answer.
    package func bodyCount(of response: Response) -> Int {
        guard !isHead, case .length(let count) = framing(of: response) else { return 0 }
        return count
    }

    /// `100 Continue`, to be sent before the body is read.
    package static func appendContinue(to out: inout [UInt8]) {
        out.append(literal: "HTTP/1.1 100 Continue\r\n\r\n")
    }

    /// One chunk; empty bytes append nothing, because an empty chunk would end the body.
    package static func appendChunk(_ bytes: [UInt8], to out: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        out.append(hexadecimal: bytes.count)
        out.append(literal: "\r\n")
        out.append(contentsOf: bytes)
        out.append(literal: "\r\n")
    }

    package static func appendLastChunk(to out: inout [UInt8]) {
        out.append(literal: "0\r\n\r\n")
    }

    private enum Framing: Equatable {
        case none, length(Int), chunked, close
    }

    private func framing(of response: Response) -> Framing {
        if response.status.forbidsBody { return .none }
        switch response.body {
        case .empty: return .length(0)
        case .bytes(let bytes): return .length(bytes.count)
        case .stream: return version == .http11 ? .chunked : .close
        }
    }

    private func appendBody(
        of response: Response, _ framing: Framing, to out: inout [UInt8]
    ) -> Remainder {
        guard !isHead else { return .nothing }
        switch framing {
        case .none: return .nothing
        case .length:
            if case .bytes(let bytes) = response.body { out.append(contentsOf: bytes) }
            return .nothing
        case .chunked: return .chunks
        case .close: return .untilClose
        }
    }
}

/// `HTTP/1.1 200 OK` and its like, serialised once.
private enum StatusLine {
    private static let lines: [[UInt8]] = (0...599).map { code in
        guard code >= 100 else { return [] }
        return Array("HTTP/1.1 \(code) \(Status(code).reason)\r\n".utf8)
    }

    static func append(_ status: Status, to out: inout [UInt8]) {
        out.append(contentsOf: lines[status.code])
    }
}

extension HeaderFields {
    /// Field lines as on the wire, without those that the encoder writes itself.
    func encode(into out: inout [UInt8]) {
        guard !storeIsLines else { return out.append(contentsOf: store) }
        store.withUnsafeBufferPointer { store in
            for entry in entries {
                let name = store.part(entry.name)
                if HeaderFields.isWrittenByEncoder(name) { continue }
                out.append(contentsOf: name)
                out.append(literal: ": ")
                out.append(contentsOf: store.part(entry.value))
                out.append(literal: "\r\n")
            }
        }
    }

    static func isWrittenByEncoder(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        switch name.count {
        case 4: name.equalsIgnoringCase("date")
        case 10: name.equalsIgnoringCase("connection") || name.equalsIgnoringCase("keep-alive")
        case 14: name.equalsIgnoringCase("content-length")
        case 17: name.equalsIgnoringCase("transfer-encoding")
        default: false
        }
    }
}
