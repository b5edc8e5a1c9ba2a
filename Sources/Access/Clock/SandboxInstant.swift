import Runtime

/// A point in a sandbox's virtual time. Another type than `WallInstant`, so that the two never mix.
package struct SandboxInstant: Comparable, Hashable, Sendable {
    /// Since 1970 UTC.
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Reads an RFC 3339 date-time; nil for anything else.
    package init?(rfc3339 text: String) {
        guard let microseconds = RFC3339.microseconds(text) else { return nil }
        self.microseconds = microseconds
    }

    /// RFC 3339 with milliseconds.
    package var rfc3339: String { RFC3339.text(microseconds: microseconds) }

    package static func < (left: Self, right: Self) -> Bool {
        left.microseconds < right.microseconds
    }

    package static func + (instant: Self, duration: Duration) -> Self {
        SandboxInstant(microseconds: instant.microseconds + duration.microseconds)
    }
}
