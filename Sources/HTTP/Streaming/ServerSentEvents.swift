/// Writes `text/event-stream` (WHATWG HTML § 9.2).
package enum ServerSentEvents {
    /// The fields that such an answer needs; the last keeps nginx from holding events back.
    package static let fields: HeaderFields = [
        "Content-Type": "text/event-stream",
        "Cache-Control": "no-store",
        "X-Accel-Buffering": "no",
    ]

    /// One event. `data` may have several lines, which arrive as one text joined by LF.
    ///
    /// `id` and `name` are one line and `id` has no NUL; others are our mistake.
    package static func event(id: String? = nil, name: String? = nil, data: String) -> [UInt8] {
        var bytes: [UInt8] = []
        if let id {
            precondition(isOneLine(id) && !id.utf8.contains(0), "an event id is one line")
            bytes.append(contentsOf: "id: \(id)\n".utf8)
        }
        if let name {
            precondition(isOneLine(name), "an event name is one line")
            bytes.append(contentsOf: "event: \(name)\n".utf8)
        }
        appendLines(data, field: "data: ", to: &bytes)
        bytes.append(.lineFeed)
        return bytes
    }

    /// A comment: keeps proxies from closing a quiet stream, and clients ignore it.
    package static func comment(_ text: String = "") -> [UInt8] {
        var bytes: [UInt8] = []
        appendLines(text, field: ": ", to: &bytes)
        bytes.append(.lineFeed)
        return bytes
    }

    /// How long a client waits before it connects again.
    package static func retry(milliseconds: Int) -> [UInt8] {
        precondition(milliseconds >= 0, "a delay is not negative")
        return Array("retry: \(milliseconds)\n\n".utf8)
    }

    /// The id after which a reconnecting client wants to go on.
    package static func lastEventID(_ fields: HeaderFields) -> String? {
        fields["last-event-id"]
    }

    /// CR, LF and CR LF all end a line in this format.
    private static func appendLines(_ text: String, field: StaticString, to bytes: inout [UInt8]) {
        bytes.append(literal: field)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == .carriageReturn || byte == .lineFeed && previous != .carriageReturn {
                bytes.append(.lineFeed)
                bytes.append(literal: field)
            } else if byte != .lineFeed {
                bytes.append(byte)
            }
            previous = byte
        }
        bytes.append(.lineFeed)
    }

    private static func isOneLine(_ text: String) -> Bool {
        !text.utf8.contains { $0 == .carriageReturn || $0 == .lineFeed }
    }
}
