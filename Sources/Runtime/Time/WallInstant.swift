import Glibc

/// A point in real time, to the microsecond, as Postgres keeps it. A sandbox's virtual time is
/// another type, so that the two cannot be mixed.
package struct WallInstant: Comparable, Hashable, Sendable {
    /// Since 1970-01-01T00:00:00Z, leap seconds not counted.
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package var seconds: Int64 { microseconds.floorDivided(by: 1_000_000) }
    package var milliseconds: Int64 { microseconds.floorDivided(by: 1_000) }

    package static func < (left: Self, right: Self) -> Bool {
        left.microseconds < right.microseconds
    }

    package static func + (instant: Self, duration: Duration) -> Self {
        WallInstant(microseconds: instant.microseconds + duration.microseconds)
    }

    package static func - (end: Self, start: Self) -> Duration {
        .microseconds(end.microseconds - start.microseconds)
    }
}

extension WallInstant: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds, `2026-01-31T09:30:00.000Z`.
    package var description: String { RFC3339.text(microseconds: microseconds) }

    /// Reads RFC 3339; nil for anything else, impossible dates among it.
    package init?(rfc3339 text: String) {
        guard let microseconds = RFC3339.microseconds(text) else { return nil }
        self.init(microseconds: microseconds)
    }
}

/// Where real time comes from. The second implementation is the tests'.
package protocol WallClock: Sendable {
    func now() -> WallInstant
}

/// The machine's clock.
package struct SystemWallClock: WallClock {
    package init() {}

    package func now() -> WallInstant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallInstant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
