package import Access
package import Runtime

/// The days on which a market works, by computed rules for every year.
package enum BusinessCalendar: String, Sendable, CaseIterable {
    /// Fedwire and ACH: the eleven federal holidays.
    case fed
    /// The Eurosystem's TARGET: six closing days.
    case target
    /// Bank holidays of England and Wales.
    case uk

    package var zone: ZoneRule {
        switch self {
        case .fed: .easternUS
        case .target: .centralEurope
        case .uk: .unitedKingdom
        }
    }

    /// Neither a weekend nor a holiday.
    package func isBusinessDay(_ date: CivilDate) -> Bool {
        !date.isWeekend && holiday(on: date) == nil
    }

    /// The n-th business day after a date; for 0 the date itself, or the next one that is a
    /// business day. `count` is at most `Limits.businessDaysMax`.
    package func businessDay(_ count: Int, after date: CivilDate) -> CivilDate {
        precondition((0...Limits.businessDaysMax).contains(count), "a bounded step")
        var day = date
        guard count > 0 else {
            while !isBusinessDay(day) { day = day.adding(days: 1) }
            return day
        }
        for _ in 0..<count {
            repeat { day = day.adding(days: 1) } while !isBusinessDay(day)
        }
        return day
    }

    /// A time on the n-th business day after an instant's day there; its own time of day when none
    /// is given.
    package func instant(
        businessDays count: Int, after instant: SandboxInstant, at time: LocalTime? = nil
    ) -> SandboxInstant {
        let day = businessDay(count, after: zone.date(at: instant))
        return zone.instant(
            day, microsecondsOfDay: time?.microseconds ?? zone.microsecondsOfDay(at: instant))
    }

    /// The first time after an instant at which clocks show `time` on a business day.
    package func next(_ time: LocalTime, after instant: SandboxInstant) -> SandboxInstant {
        let today = businessDay(0, after: zone.date(at: instant))
        let first = zone.instant(today, at: time)
        return first > instant ? first : zone.instant(businessDay(1, after: today), at: time)
    }
}
