import Runtime

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
        let date = CivilDate(daysSince1970: Int64(days))
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
}
