/// RFC 3339 dates over the proleptic Gregorian calendar, years 0001 to 9999, without Foundation.
package enum RFC3339 {
    /// `2026-01-31T09:30:00.000Z` for microseconds since 1970.
    package static func text(microseconds: Int64) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        append(microseconds: microseconds, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text form with milliseconds.
    package static func append(microseconds: Int64, to bytes: inout [UInt8]) {
        let days = microseconds.floorDivided(by: 86_400_000_000)
        let rest = microseconds - days * 86_400_000_000
        let date = CivilDate(daysSince1970: days)
        appendDigits(date.year, 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendDigits(date.month, 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendDigits(date.day, 2, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        appendDigits(Int(rest / 3_600_000_000), 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendDigits(Int(rest / 60_000_000 % 60), 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendDigits(Int(rest / 1_000_000 % 60), 2, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        appendDigits(Int(rest / 1_000 % 1_000), 3, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }

    /// Microseconds since 1970 of an RFC 3339 date-time; nil for anything else. A leap second
    /// counts as the second before it. Digits beyond microseconds are dropped.
    package static func microseconds(_ text: String) -> Int64? {
        var reader = DigitReader(Array(text.utf8))
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2),
            reader.skip("-"), let day = reader.number(2), reader.skip("Tt"),
            let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2),
            reader.skip(":"), let second = reader.number(2),
            hour < 24, minute < 60, second <= 60,
            let date = CivilDate(year: year, month: month, day: day),
            let fraction = reader.fraction(), let offset = reader.offsetMinutes(), reader.isAtEnd
        else { return nil }
        let seconds = date.daysSince1970 * 86_400 + Int64(hour * 3_600 + minute * 60)
        return (seconds + Int64(min(second, 59)) - Int64(offset) * 60) * 1_000_000 + fraction
    }

    private static func appendDigits(_ value: Int, _ count: Int, to bytes: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<count { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }
}

/// Reads the parts of a date from left to right.
private struct DigitReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number(_ digits: Int) -> Int? {
        guard position + digits <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<position + digits] {
            guard let digit = digit(byte) else { return nil }
            value = value * 10 + digit
        }
        position += digits
        return value
    }

    mutating func skip(_ choices: StaticString) -> Bool {
        guard position < bytes.count else { return false }
        let byte = bytes[position]
        guard choices.withUTF8Buffer({ $0.contains(byte) }) else { return false }
        position += 1
        return true
    }

    /// Microseconds of an optional `.123…`; nil when the point has no digit after it.
    mutating func fraction() -> Int64? {
        guard skip(".") else { return 0 }
        var value: Int64 = 0
        var digits = 0
        while position < bytes.count, let digit = digit(bytes[position]) {
            if digits < 6 { value = value * 10 + Int64(digit) }
            digits += 1
            position += 1
        }
        guard digits > 0 else { return nil }
        for _ in min(digits, 6)..<6 { value *= 10 }
        return value
    }

    /// Minutes east of UTC: `Z`, or a sign and `hh:mm`.
    mutating func offsetMinutes() -> Int? {
        if skip("Zz") { return 0 }
        let sign = skip("+") ? 1 : skip("-") ? -1 : 0
        guard sign != 0, let hours = number(2), skip(":"), let minutes = number(2),
            hours < 24, minutes < 60
        else { return nil }
        return sign * (hours * 60 + minutes)
    }

    private func digit(_ byte: UInt8) -> Int? {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? Int(byte) - 48 : nil
    }
}
