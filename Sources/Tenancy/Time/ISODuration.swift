package import Access
import Runtime

/// A duration of ISO 8601 as RFC 3339's appendix A writes it: `P30D`, `PT1H30M`, `P1Y2M`, `P2W`.
/// Fractions are not taken. Months are kept apart, because their length depends on where they start.
package struct ISODuration: Sendable, Hashable {
    package let months: Int64
    package let seconds: Int64

    /// Nil for anything else, or for more than a thousand years.
    package init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        guard rest.popFirst() == UInt8(ascii: "P"), !rest.isEmpty else { return nil }
        var months: Int64 = 0
        var seconds: Int64 = 0
        var units = Self.dateUnits
        var isTime = false
        while let first = rest.first {
            if first == UInt8(ascii: "T"), !isTime {
                rest.removeFirst()
                guard !rest.isEmpty else { return nil }
                isTime = true
                units = Self.timeUnits
                continue
            }
            guard let count = Self.number(&rest), let letter = rest.popFirst(),
                let index = units.firstIndex(where: { $0.letter == letter })
            else { return nil }
            months += count * units[index].months
            seconds += count * units[index].seconds
            // Larger units come first, and each once.
            units.removeFirst(index + 1)
        }
        guard months <= 12_000, seconds <= 31_557_600_000 else { return nil }
        self.months = months
        self.seconds = seconds
    }

    /// The instant this much later: months first, on the same day or the month's last.
    package func added(to instant: SandboxInstant) -> SandboxInstant {
        SandboxInstant(microseconds: addedMonths(to: instant.microseconds) + seconds * 1_000_000)
    }

    private func addedMonths(to microseconds: Int64) -> Int64 {
        guard months != 0 else { return microseconds }
        let days = microseconds.floorDivided(by: 86_400_000_000)
        let start = CivilDate(daysSince1970: days)
        let month = Int64(start.year) * 12 + Int64(start.month) - 1 + months
        let (year, monthOfYear) = (Int(month / 12), Int(month % 12) + 1)
        let day = min(start.day, CivilDate.daysIn(month: monthOfYear, year: year))
        guard let end = CivilDate(year: year, month: monthOfYear, day: day) else {
            return microseconds + months * 30 * 86_400_000_000
        }
        return end.daysSince1970 * 86_400_000_000 + microseconds - days * 86_400_000_000
    }

    private static let dateUnits: [(letter: UInt8, months: Int64, seconds: Int64)] = [
        (UInt8(ascii: "Y"), 12, 0), (UInt8(ascii: "M"), 1, 0), (UInt8(ascii: "W"), 0, 604_800),
        (UInt8(ascii: "D"), 0, 86_400),
    ]
    private static let timeUnits: [(letter: UInt8, months: Int64, seconds: Int64)] = [
        (UInt8(ascii: "H"), 0, 3_600), (UInt8(ascii: "M"), 0, 60), (UInt8(ascii: "S"), 0, 1),
    ]

    /// At most nine digits, so that nothing overflows.
    private static func number(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard (1...9).contains(digits.count) else { return nil }
        rest.removeFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }
}
