import Access
import Runtime
import Testing

@testable import Simulators

@Suite struct `Business calendars` {
    /// As published by the Federal Reserve, the European Central Bank and gov.uk.
    private static let published: [(BusinessCalendar, Int, String)] = [
        (.fed, 2020, "01-01 01-20 02-17 05-25 09-07 10-12 11-11 11-26 12-25"),
        (.fed, 2021, "01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25"),
        (.fed, 2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"),
        (.fed, 2023, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-23 12-25"),
        (.fed, 2026, "01-01 01-19 02-16 05-25 06-19 09-07 10-12 11-11 11-26 12-25"),
        (.target, 2024, "01-01 03-29 04-01 05-01 12-25 12-26"),
        (.target, 2025, "01-01 04-18 04-21 05-01 12-25 12-26"),
        (.target, 2026, "01-01 04-03 04-06 05-01 12-25 12-26"),
        (.uk, 2011, "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27"),
        (.uk, 2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26"),
        (.uk, 2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        (.uk, 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (.uk, 2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (.uk, 2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
        (.uk, 2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
    ]

    @Test(arguments: published)
    func `know the published holidays`(calendar: BusinessCalendar, year: Int, days: String) {
        let holidays = calendar.holidays(in: year).map(\.date)
            .map { String(RFC3339.text(microseconds: $0.daysSince1970 * 86_400_000_000).dropFirst(5).prefix(5)) }
        #expect(holidays.sorted().joined(separator: " ") == days)
    }

    @Test(arguments: [
        (1961, "04-02"), (1981, "04-19"), (2000, "04-23"), (2008, "03-23"), (2011, "04-24"),
        (2019, "04-21"), (2024, "03-31"), (2038, "04-25"), (2049, "04-18"), (2285, "03-22"),
    ])
    func `know Easter, early and late`(year: Int, day: String) {
        #expect(text(CivilDate.easter(in: year)) == "\(year)-\(day)")
    }

    @Test(arguments: [
        // Two days over a weekend; over Good Friday and Easter Monday; over a substitute day.
        (BusinessCalendar.fed, "2026-01-08", 2, "2026-01-12"),
        (.target, "2026-04-02", 2, "2026-04-08"),
        (.uk, "2021-12-24", 1, "2021-12-29"),
        // The Saturday holiday that the Fed does not move.
        (.fed, "2026-07-02", 1, "2026-07-03"),
        // Nought is the day itself, or the next one that counts.
        (.fed, "2026-07-03", 0, "2026-07-03"),
        (.fed, "2026-07-04", 0, "2026-07-06"),
        (.target, "2025-12-24", 1, "2025-12-29"),
        // From a weekend, the first business day is the next one.
        (.fed, "2026-01-10", 1, "2026-01-12"),
    ] as [(BusinessCalendar, String, Int, String)])
    func `count business days`(
        calendar: BusinessCalendar, from: String, days: Int, to: String
    ) throws {
        #expect(text(calendar.businessDay(days, after: try date(from))) == to)
    }

    @Test func `a count ahead passes exactly that many business days`() throws {
        for calendar in BusinessCalendar.allCases {
            let start = try date("2025-12-20")
            for count in 1...40 {
                let end = calendar.businessDay(count, after: start)
                let passed = (1...(end.daysSince1970 - start.daysSince1970))
                    .filter { calendar.isBusinessDay(start.adding(days: $0)) }
                #expect(passed.count == count)
            }
        }
    }

    @Test(arguments: [
        // Winter and summer in New York, Frankfurt, London.
        (BusinessCalendar.fed, "2026-01-15T22:00:00Z", "17:00", "2026-01-16T22:00:00.000Z"),
        (.fed, "2026-07-15T12:00:00Z", "17:00", "2026-07-15T21:00:00.000Z"),
        (.target, "2026-01-15T12:00:00Z", "18:00", "2026-01-15T17:00:00.000Z"),
        (.target, "2026-07-15T12:00:00Z", "18:00", "2026-07-15T16:00:00.000Z"),
        (.uk, "2026-07-15T12:00:00Z", "16:00", "2026-07-15T15:00:00.000Z"),
        // Late on Friday in New York, when it is Saturday in UTC.
        (.fed, "2026-01-17T03:00:00Z", "17:00", "2026-01-20T22:00:00.000Z"),
    ] as [(BusinessCalendar, String, String, String)])
    func `name the next time of day`(
        calendar: BusinessCalendar, after: String, time: String, expected: String
    ) throws {
        let instant = try #require(SandboxInstant(rfc3339: after))
        #expect(calendar.next(try #require(LocalTime(time)), after: instant).rfc3339 == expected)
    }

    @Test(arguments: [
        // The hour that is skipped, and the one that comes twice.
        (ZoneRule.easternUS, "2026-03-08", "02:30", "2026-03-08T07:30:00.000Z"),
        (.easternUS, "2026-11-01", "01:30", "2026-11-01T05:30:00.000Z"),
        (.easternUS, "2026-11-01", "02:30", "2026-11-01T07:30:00.000Z"),
        (.centralEurope, "2026-03-29", "02:30", "2026-03-29T01:30:00.000Z"),
        (.centralEurope, "2026-10-25", "02:30", "2026-10-25T00:30:00.000Z"),
        (.unitedKingdom, "2026-10-25", "01:30", "2026-10-25T00:30:00.000Z"),
        (.unitedKingdom, "2026-10-25", "02:00", "2026-10-25T02:00:00.000Z"),
    ] as [(ZoneRule, String, String, String)])
    func `read clocks when they are put forward and back`(
        zone: ZoneRule, day: String, time: String, expected: String
    ) throws {
        let instant = zone.instant(try date(day), at: try #require(LocalTime(time)))
        #expect(instant.rfc3339 == expected)
    }

    @Test(arguments: ["24:00", "7:00", "12:60", "12-30", "ab:cd", "", "12:300"])
    func `take nothing else for a time`(text: String) {
        #expect(LocalTime(text) == nil)
    }

    private func date(_ text: String) throws -> CivilDate {
        let midnight = try #require(RFC3339.microseconds("\(text)T00:00:00Z"))
        return CivilDate(daysSince1970: midnight / 86_400_000_000)
    }

    private func text(_ date: CivilDate) -> String {
        String(RFC3339.text(microseconds: date.daysSince1970 * 86_400_000_000).prefix(10))
    }
}
