/// Where a streaming answer's bytes go. A write waits while the peer's window is full, and throws
/// once the connection is gone or the server is stopping.
package protocol ResponseWriter: Sendable {
    /// Sends bytes, as one chunk where the coding is chunked. Empty bytes send nothing.
    func write(_ bytes: [UInt8]) async throws
    /// Waits until everything written has left for the socket.
    func flush() async throws
}

/// An answer. Framing, `Date` and `Connection` are the encoder's: such fields set here are dropped.
package struct Response: Sendable {
    package enum Body: Sendable {
        case empty
        case bytes([UInt8])
        /// Runs after the head is sent; when it throws, the connection is cut without the last
        /// chunk, so that the client sees that the answer is not whole.
        case stream(@Sendable (any ResponseWriter) async throws -> Void)
    }

    package var status: Status
    package var fields: HeaderFields
    package var body: Body
    /// Ends the connection after this answer.
    package var closesConnection = false
    /// What goes wrong on the wire; nil answers as it should.
    package var fault: WireFault?

    package init(_ status: Status, fields: HeaderFields = HeaderFields(), body: Body = .empty) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// An answer with a media type.
    package init(_ status: Status, contentType: String, _ bytes: [UInt8]) {
        self.init(status, body: .bytes(bytes))
        fields.append("Content-Type", contentType)
    }
}
