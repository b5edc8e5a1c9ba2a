import COpenSSL

/// What OpenSSL would not do.
package struct TLSError: Error, CustomStringConvertible {
    /// What was being tried, e.g. `load certificate /etc/…`.
    package let attempt: String
    /// OpenSSL's own words for the last error of this thread.
    package let reason: String

    init(_ attempt: String) {
        self.attempt = attempt
        reason = Self.lastReason()
    }

    package var description: String { "\(attempt): \(reason)" }

    /// Takes the oldest error of this thread's queue, which names the cause, and empties the queue.
    static func lastReason() -> String {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0, let text = ERR_reason_error_string(code) else { return "no reason given" }
        return String(cString: text)
    }
}
