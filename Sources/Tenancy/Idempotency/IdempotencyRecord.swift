package import Identifiers

/// The first answer to a call with an idempotency key.
package struct IdempotencyRecord: Sendable {
    package let status: Int
    /// Headers that a replay repeats: a JSON array of `[name, value]`.
    package let headers: [UInt8]
    package let response: [UInt8]
    /// The call that gave it.
    package let request: RequestID

    package init(status: Int, headers: [UInt8], response: [UInt8], request: RequestID) {
        self.status = status
        self.headers = headers
        self.response = response
        self.request = request
    }
}
