/// A time of day on a wall clock somewhere, to the minute.
package struct LocalTime: Sendable, Hashable {
    /// 0 to 23.
    package let hour: Int
    /// 0 to 59.
    package let minute: Int

    package init(hour: Int, minute: Int) {
        precondition((0..<24).contains(hour) && (0..<60).contains(minute), "a time of day")
        self.hour = hour
        self.minute = minute
    }

    /// Reads `17:00`; nil for anything else.
    package init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 5, digits[2] == UInt8(ascii: ":"),
            let hour = Self.number(digits[0], digits[1]), hour < 24,
            let minute = Self.number(digits[3], digits[4]), minute < 60
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    /// `17:00`.
    package var text: String {
        "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    var microseconds: Int64 { Int64(hour * 60 + minute) * 60_000_000 }

    private static func number(_ tens: UInt8, _ ones: UInt8) -> Int? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard digits.contains(tens), digits.contains(ones) else { return nil }
        return Int(tens - 48) * 10 + Int(ones - 48)
    }
}
