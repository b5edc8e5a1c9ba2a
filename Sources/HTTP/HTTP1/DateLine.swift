/// The `Date` field line, made once a second (RFC 9110 §6.6.1, IMF-fixdate of §5.6.7).
package enum DateLine {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Date: Sat, 21 Nov 2026 03:35:17 GMT` with CR LF, for `seconds` since 1970.
    package static func bytes(secondsSince1970 seconds: Int) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(37)
        line.append(literal: "Date: ")
        line.append(contentsOf: imfFixdate(secondsSince1970: seconds))
        line.append(literal: "\r\n")
        return line
    }

    /// `Sat, 21 Nov 2026 03:35:17 GMT`, also for `Sunset`, `Last-Modified` and `Expires`.
    package static func imfFixdate(secondsSince1970 seconds: Int) -> [UInt8] {
        precondition(seconds >= 0, "dates before 1970 are not sent")
        let days = seconds / 86_400
        let second = seconds % 86_400
        let date = civilDate(daysSince1970: days)
        var text = Array("\(self.days[days % 7]), ".utf8)
        text.append(twoDigits: date.day)
        text.append(contentsOf: " \(months[date.month - 1]) ".utf8)
        text.append(twoDigits: date.year / 100)
        text.append(twoDigits: date.year % 100)
        text.append(.space)
        text.append(twoDigits: second / 3_600)
        text.append(.colon)
        text.append(twoDigits: second / 60 % 60)
        text.append(.colon)
        text.append(twoDigits: second % 60)
        text.append(literal: " GMT")
        return text
    }

    /// Gregorian date, counting in eras of 400 years (146,097 days) that start on 1 March, so that
    /// the leap day is a year's last day.
    private static func civilDate(
        daysSince1970: Int
    ) -> (year: Int, month: Int, day: Int) {
        // 719,468: days from 0000-03-01 to 1970-01-01.
        let days = daysSince1970 + 719_468
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
