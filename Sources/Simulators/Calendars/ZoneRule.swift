package import Access
package import Runtime

/// Local time of a place by the rule that holds there now: the United States' since 2007, Europe's
/// since 1996. Enough for a simulated market; no history.
package struct ZoneRule: Sendable, Hashable {
    enum Daylight: Sendable {
        /// From 02:00 on the second Sunday of March to 02:00 on the first Sunday of November.
        case unitedStates
        /// From 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October.
        case europe
    }

    let standardMinutes: Int64
    let daylight: Daylight

    package static let easternUS = ZoneRule(standardMinutes: -300, daylight: .unitedStates)
    package static let centralEurope = ZoneRule(standardMinutes: 60, daylight: .europe)
    package static let unitedKingdom = ZoneRule(standardMinutes: 0, daylight: .europe)

    /// The day that a calendar on the wall shows there.
    package func date(at instant: SandboxInstant) -> CivilDate {
        CivilDate(daysSince1970: local(instant).floorDivided(by: Self.dayMicroseconds))
    }

    /// Microseconds since midnight there.
    func microsecondsOfDay(at instant: SandboxInstant) -> Int64 {
        let local = local(instant)
        return local - local.floorDivided(by: Self.dayMicroseconds) * Self.dayMicroseconds
    }

    /// The instant at which clocks there show a time of day. In the hour that is skipped in spring
    /// it is an hour later, in the hour that comes twice in autumn the first one.
    package func instant(_ date: CivilDate, at time: LocalTime) -> SandboxInstant {
        instant(date, microsecondsOfDay: time.microseconds)
    }

    func instant(_ date: CivilDate, microsecondsOfDay: Int64) -> SandboxInstant {
        let local = date.daysSince1970 * Self.dayMicroseconds + microsecondsOfDay
        let summer = SandboxInstant(
            microseconds: local - (standardMinutes + 60) * Self.minuteMicroseconds)
        if isDaylight(at: summer) { return summer }
        return SandboxInstant(microseconds: local - standardMinutes * Self.minuteMicroseconds)
    }

    private func local(_ instant: SandboxInstant) -> Int64 {
        let offset = standardMinutes + (isDaylight(at: instant) ? 60 : 0)
        return instant.microseconds + offset * Self.minuteMicroseconds
    }

    private func isDaylight(at instant: SandboxInstant) -> Bool {
        let year = CivilDate(
            daysSince1970: instant.microseconds.floorDivided(by: Self.dayMicroseconds)
        ).year
        guard (1...9_999).contains(year) else { return false }
        let minutes = instant.microseconds.floorDivided(by: Self.minuteMicroseconds)
        switch daylight {
        case .unitedStates:
            let start = Self.minutes(.nth(2, .sunday, of: 3, in: year)) + 120 - standardMinutes
            let end = Self.minutes(.nth(1, .sunday, of: 11, in: year)) + 60 - standardMinutes
            return (start..<end).contains(minutes)
        case .europe:
            let start = Self.minutes(.nth(-1, .sunday, of: 3, in: year)) + 60
            let end = Self.minutes(.nth(-1, .sunday, of: 10, in: year)) + 60
            return (start..<end).contains(minutes)
        }
    }

    private static func minutes(_ date: CivilDate) -> Int64 { date.daysSince1970 * 1_440 }

    private static let minuteMicroseconds: Int64 = 60_000_000
    private static let dayMicroseconds: Int64 = 86_400_000_000
}
