import Runtime

/// Days of the week, numbered as ISO 8601 does.
enum Weekday: Int64 {
    case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday
}

extension CivilDate {
    var weekday: Weekday {
        // 1 January 1970 was a Thursday.
        let sinceMonday = daysSince1970 + 3
        let number = sinceMonday - sinceMonday.floorDivided(by: 7) * 7 + 1
        guard let weekday = Weekday(rawValue: number) else {
            preconditionFailure("a remainder of 7 names a day")
        }
        return weekday
    }

    var isWeekend: Bool { weekday == .saturday || weekday == .sunday }

    func adding(days: Int64) -> CivilDate { CivilDate(daysSince1970: daysSince1970 + days) }

    /// The first of this weekday on or after the date.
    func next(_ wanted: Weekday) -> CivilDate {
        adding(days: (wanted.rawValue - weekday.rawValue + 7) % 7)
    }

    /// The n-th of a weekday in a month, from 1; the last one for -1.
    static func nth(_ n: Int, _ weekday: Weekday, of month: Int, in year: Int) -> CivilDate {
        guard n > 0 else {
            let last = day(daysIn(month: month, year: year), of: month, in: year)
            return last.adding(days: -6).next(weekday)
        }
        return day(1, of: month, in: year).next(weekday).adding(days: Int64(n - 1) * 7)
    }

    /// A day that every year of the calendar has.
    static func day(_ day: Int, of month: Int, in year: Int) -> CivilDate {
        guard let date = CivilDate(year: year, month: month, day: day) else {
            preconditionFailure("rules of calendars name days that exist, in years 1 to 9999")
        }
        return date
    }

    /// Easter Sunday of the Gregorian calendar (Oudin's form of the computus, 1940).
    static func easter(in year: Int) -> CivilDate {
        let golden = year % 19
        let century = year / 100
        let epactShift = century - century / 4 - (8 * century + 13) / 25
        let epact = (19 * golden + epactShift + 15) % 30
        let fullMoon = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - golden) / 11))
        let weekday = (year + year / 4 + fullMoon + 2 - century + century / 4) % 7
        let shift = fullMoon - weekday
        let month = 3 + (shift + 40) / 44
        return day(shift + 28 - 31 * (month / 4), of: month, in: year)
    }
}
