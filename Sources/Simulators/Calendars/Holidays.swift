package import Runtime

extension BusinessCalendar {
    /// The holiday's name; nil on other days. Weekends are none.
    package func holiday(on date: CivilDate) -> String? {
        holidays(in: date.year).first { $0.date == date }?.name
    }

    /// The days of a year on which the market is closed beside weekends, in order.
    package func holidays(in year: Int) -> [(date: CivilDate, name: String)] {
        guard (1...9_999).contains(year) else { return [] }
        return switch self {
        case .fed: Self.federal(year)
        case .target: Self.eurosystem(year)
        case .uk: Self.english(year)
        }
    }

    /// 5 U.S.C. § 6103 as the Federal Reserve keeps it: a holiday on a Sunday is kept on the
    /// Monday, one on a Saturday is not kept.
    private static func federal(_ year: Int) -> [(date: CivilDate, name: String)] {
        var days: [(date: CivilDate, name: String)] = [
            (.day(1, of: 1, in: year), "New Year's Day"),
            (.nth(3, .monday, of: 1, in: year), "Martin Luther King Jr. Day"),
            (.nth(3, .monday, of: 2, in: year), "Washington's Birthday"),
            (.nth(-1, .monday, of: 5, in: year), "Memorial Day"),
            (.day(19, of: 6, in: year), "Juneteenth"),
            (.day(4, of: 7, in: year), "Independence Day"),
            (.nth(1, .monday, of: 9, in: year), "Labor Day"),
            (.nth(2, .monday, of: 10, in: year), "Columbus Day"),
            (.day(11, of: 11, in: year), "Veterans Day"),
            (.nth(4, .thursday, of: 11, in: year), "Thanksgiving Day"),
            (.day(25, of: 12, in: year), "Christmas Day"),
        ]
        // Public Law 117-17 made it one in June 2021.
        if year < 2021 { days.removeAll { $0.name == "Juneteenth" } }
        return days.compactMap { day in
            switch day.date.weekday {
            case .saturday: nil
            case .sunday: (day.date.adding(days: 1), day.name)
            default: day
            }
        }
    }

    /// Since 2002; nothing is moved.
    private static func eurosystem(_ year: Int) -> [(date: CivilDate, name: String)] {
        let easter = CivilDate.easter(in: year)
        return [
            (.day(1, of: 1, in: year), "New Year's Day"),
            (easter.adding(days: -2), "Good Friday"),
            (easter.adding(days: 1), "Easter Monday"),
            (.day(1, of: 5, in: year), "Labour Day"),
            (.day(25, of: 12, in: year), "Christmas Day"),
            (.day(26, of: 12, in: year), "Boxing Day"),
        ]
    }

    /// Banking and Financial Dealings Act 1971, schedule 1, and proclamations from 2010 on. A
    /// holiday on a weekend is kept on the next weekday that is none.
    private static func english(_ year: Int) -> [(date: CivilDate, name: String)] {
        let easter = CivilDate.easter(in: year)
        let newYear = CivilDate.day(1, of: 1, in: year)
        let christmas = CivilDate.day(25, of: 12, in: year)
        let boxing = CivilDate.day(26, of: 12, in: year)
        var days: [(date: CivilDate, name: String)] = [
            (newYear.isWeekend ? newYear.next(.monday) : newYear, "New Year's Day"),
            (easter.adding(days: -2), "Good Friday"),
            (easter.adding(days: 1), "Easter Monday"),
            (.nth(1, .monday, of: 5, in: year), "Early May bank holiday"),
            (.nth(-1, .monday, of: 5, in: year), "Spring bank holiday"),
            (.nth(-1, .monday, of: 8, in: year), "Summer bank holiday"),
            (christmas.isWeekend ? .day(27, of: 12, in: year) : christmas, "Christmas Day"),
            (boxing.isWeekend ? .day(28, of: 12, in: year) : boxing, "Boxing Day"),
        ]
        if let proclaimed = proclamations[year] {
            days.removeAll { proclaimed.replaced.contains($0.name) }
            days += proclaimed.days.map { (.day($0.day, of: $0.month, in: year), $0.name) }
        }
        return days.sorted { $0.date.daysSince1970 < $1.date.daysSince1970 }
    }

    private struct Proclamation {
        var replaced: [String] = []
        let days: [(month: Int, day: Int, name: String)]
    }

    private static let proclamations: [Int: Proclamation] = [
        2011: Proclamation(days: [(4, 29, "Royal wedding")]),
        2012: Proclamation(
            replaced: ["Spring bank holiday"],
            days: [(6, 4, "Spring bank holiday"), (6, 5, "Diamond Jubilee")]),
        2020: Proclamation(
            replaced: ["Early May bank holiday"], days: [(5, 8, "Early May bank holiday (VE Day)")]),
        2022: Proclamation(
            replaced: ["Spring bank holiday"],
            days: [
                (6, 2, "Spring bank holiday"), (6, 3, "Platinum Jubilee"),
                (9, 19, "State Funeral of Queen Elizabeth II"),
            ]),
        2023: Proclamation(days: [(5, 8, "Coronation of King Charles III")]),
    ]
}
