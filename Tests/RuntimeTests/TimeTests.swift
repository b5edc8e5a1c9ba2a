import Runtime
import Testing

@Suite struct `Wall time in text` {
    @Test(arguments: [
        ("1970-01-01T00:00:00.000Z", Int64(0)),
        ("2024-02-29T23:59:59.999Z", 1_709_251_199_999_000),
        ("0001-01-01T00:00:00.000Z", -62_135_596_800_000_000),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999_000),
    ])
    func `is RFC 3339 both ways`(text: String, microseconds: Int64) {
        #expect(WallInstant(rfc3339: text)?.microseconds == microseconds)
        #expect(WallInstant(microseconds: microseconds).description == text)
    }

    @Test(arguments: [
        ("2026-03-01T01:30:00+02:30", "2026-02-28T23:00:00.000Z"),
        ("2026-03-01t01:30:00.1234567z", "2026-03-01T01:30:00.123Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.000Z"),
    ])
    func `reads offsets, fractions and leap seconds`(text: String, expected: String) {
        #expect(WallInstant(rfc3339: text)?.description == expected)
    }

    @Test(arguments: [
        "", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01 00:00:00Z",
        "2026-01-01T24:00:00Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00Zx", "2025-02-29T00:00:00Z",
    ])
    func `refuses what is no date-time`(text: String) {
        #expect(WallInstant(rfc3339: text) == nil)
    }

    @Test func `every day of eight centuries survives the round trip`() {
        for day in Int64(-141_427)...150_000 {
            let date = CivilDate(daysSince1970: day)
            #expect(date.daysSince1970 == day)
            #expect(CivilDate(year: date.year, month: date.month, day: date.day) == date)
        }
    }
}
