extension ValueReader {
    /// Days, hours of the day and dates: "5 January 2027", 1月5日, "10 pm", 晚上10点半, "next" is none.
    func calendarValue() -> (Value, Int)? {
        englishDate() ?? chineseDate() ?? hour() ?? chineseHour()
    }

    /// A number with what follows it: a length of time, a share, a count, or the number alone.
    func numeric() -> (Value, Int)? {
        guard let (amount, end) = number(at: place) else { return nil }
        if let found = length(amount, end) { return found }
        let next = word(end) ?? ""
        // "One" alone is a pronoun.
        if tokens[place].text == "one", end == place + 1, next != "percent", next != "in",
            next != "out"
        {
            return nil
        }
        if ["%", "percent", "pct"].contains(next) { return (.rate(share(amount)), end + 1) }
        if next == "per", word(end + 1) == "cent" { return (.rate(share(amount)), end + 2) }
        if let whole = amount.whole {
            if let rate = oneIn(whole, end) { return rate }
            if ["times", "x", "×", "attempts", "tries"].contains(next) {
                return (.count(whole), end + 1)
            }
            if tokens[place].kind == .number, ["st", "nd", "rd", "th"].contains(next),
                tokens[end].isAttached
            {
                return (.ordinal(whole), end + 1)
            }
            if Self.measures.contains(next) { return (.count(whole), end + 1) }
        }
        return (.number(amount), end)
    }

    /// "half an hour", "half a second", 半小时, "a month", "an hour": lengths without a number.
    func article() -> (Value, Int)? {
        let text = tokens[place].text
        if text == "半" || text == "half" {
            let skip = ["a", "an", "个"].contains(word(place + 1) ?? "") ? 2 : 1
            return length(Quantity(5, scale: 1), place + skip)
        }
        if ["a", "an"].contains(text), word(place + 1) != "second" {
            let skip = ["full", "whole", "single"].contains(word(place + 1) ?? "") ? 2 : 1
            return length(Quantity(1), place + skip)
        }
        if text == "twice" || text == "thrice" {
            return (.count(text == "twice" ? 2 : 3), place + 1)
        }
        return nil
    }

    /// "first", "2nd", 第三笔, 最后一次.
    func ordinal() -> (Value, Int)? {
        let text = tokens[place].text
        if tokens[place].kind == .word, let value = NumberWords.ordinals[text] {
            return (.ordinal(value), place + 1)
        }
        if reads(["最", "后", "一"], at: place) { return (.ordinal(Value.last), measured(place + 3)) }
        if text == "第", let (amount, end) = number(at: place + 1), let whole = amount.whole {
            return (.ordinal(whole), measured(end))
        }
        return nil
    }

    func chineseRate() -> (Value, Int)? {
        if reads(["百", "分", "之"], at: place), let (amount, end) = number(at: place + 3) {
            return (.rate(share(amount)), end)
        }
        return nil
    }

    private func measured(_ end: Int) -> Int {
        Self.measures.contains(word(end) ?? "") ? end + 1 : end
    }

    private func share(_ percent: Quantity) -> Quantity {
        Quantity(percent.digits, scale: percent.scale + 2)
    }

    /// "one in five", "1 out of 20".
    private func oneIn(_ parts: Int, _ end: Int) -> (Value, Int)? {
        let skip = reads(["out", "of"], at: end) ? 2 : (word(end) == "in" ? 1 : 0)
        guard skip > 0, parts > 0, parts < 100, let (whole, end) = number(at: end + skip),
            let divisor = whole.whole, divisor > parts, length(whole, end) == nil,
            currency(at: end) == nil,
            parts == 1 || skip == 2
        else { return nil }
        return (.rate(Quantity(parts * 1_000_000 / divisor, scale: 6)), end)
    }

    /// A number and a unit of time.
    private func length(_ amount: Quantity, _ start: Int) -> (Value, Int)? {
        let start = word(start) == "个" && !reads(["个", "周", "期"], at: start) ? start + 1 : start
        guard let unit = word(start) else { return nil }
        if let whole = amount.whole {
            for words in Self.businessDays where reads(words, at: start) {
                return (.businessDays(whole), start + words.count)
            }
            if let months = Self.months[unit], let months = Quantity.product(whole, months) {
                return (.duration(.init(months: months)), start + 1)
            }
        }
        for (words, milliseconds) in Self.chineseLengths where reads(words, at: start) {
            return amountOf(amount, milliseconds).map { ($0, start + words.count) }
        }
        // "five minute" is five minutes, but the "m" of "5 m" is no certain unit.
        guard let milliseconds = Self.lengths[unit] else { return nil }
        return amountOf(amount, milliseconds).map { ($0, start + 1) }
    }

    private func amountOf(_ amount: Quantity, _ unit: Int) -> Value? {
        guard let product = amount.times(unit), let divisor = Quantity.power(product.scale) else {
            return nil
        }
        let milliseconds = product.digits / divisor
        return .duration(.init(milliseconds: milliseconds))
    }

    // MARK: - Dates and hours

    private func englishDate() -> (Value, Int)? {
        func day(_ at: Int) -> (Int, Int)? {
            guard let (amount, end) = number(at: at), let day = amount.whole, (1...31).contains(day)
            else { return nil }
            return (day, ["st", "nd", "rd", "th"].contains(word(end) ?? "") ? end + 1 : end)
        }
        func finish(_ month: Int, _ day: Int, _ end: Int) -> (Value, Int) {
            let comma = end < tokens.count && tokens[end].kind == .pause ? end + 1 : end
            if let (year, after) = number(at: comma), let year = year.whole,
                (1900...2200).contains(year)
            {
                return (.date("\(year)-\(two(month))-\(two(day))"), after)
            }
            return (.date("--\(two(month))-\(two(day))"), end)
        }
        if let month = Self.monthNames[word(place) ?? ""], let (day, end) = day(place + 1) {
            return finish(month, day, end)
        }
        if tokens[place].kind == .number, let (day, end) = day(place) {
            let name = word(end) == "of" ? end + 1 : end
            if let month = Self.monthNames[word(name) ?? ""] { return finish(month, day, name + 1) }
        }
        return nil
    }

    private func chineseDate() -> (Value, Int)? {
        var start = place
        var year: Int?
        if let (amount, end) = number(at: place), word(end) == "年", let read = amount.whole,
            read > 1900
        {
            (year, start) = (read, end + 1)
        }
        guard let (month, afterMonth) = number(at: start), word(afterMonth) == "月",
            let (day, afterDay) = number(at: afterMonth + 1),
            ["日", "号"].contains(word(afterDay) ?? ""),
            let month = month.whole, let day = day.whole
        else { return nil }
        return (.date("\(year.map(String.init) ?? "-")-\(two(month))-\(two(day))"), afterDay + 1)
    }

    private func hour() -> (Value, Int)? {
        if tokens[place].kind == .number, let (amount, end) = number(at: place),
            let hour = amount.whole,
            (1...12).contains(hour), let half = word(end), ["am", "pm"].contains(half)
        {
            return (.clock("\(two(hour % 12 + (half == "pm" ? 12 : 0))):00"), end + 1)
        }
        if word(place) == "noon" { return (.clock("12:00"), place + 1) }
        if word(place) == "midnight" { return (.clock("00:00"), place + 1) }
        return nil
    }

    private func chineseHour() -> (Value, Int)? {
        let parts: [([String], Int)] = [
            (["凌", "晨"], 0), (["早", "上"], 0), (["上", "午"], 0), (["中", "午"], 12), (["下", "午"], 12),
            (["晚", "上"], 12), (["夜", "里"], 12),
        ]
        let part = parts.first { reads($0.0, at: place) }
        let start = part == nil ? place : place + 2
        if let part, start < tokens.count, tokens[start].kind == .clock {
            let hour = Int(tokens[start].text.prefix(2)) ?? 0
            return (
                .clock(
                    "\(two(hour < 12 ? hour + part.1 : hour))\(tokens[start].text.dropFirst(2))"),
                start + 1
            )
        }
        guard part != nil || tokens[start].kind == .number, let (amount, end) = number(at: start),
            let read = amount.whole, (0...24).contains(read),
            ["点", "时"].contains(word(end) ?? ""), word(end + 1) != "间"
        else { return nil }
        let hour = (part.map { read < 12 ? read + $0.1 : read } ?? read) % 24
        if word(end + 1) == "半" { return (.clock("\(two(hour)):30"), end + 2) }
        if let (minutes, after) = number(at: end + 1), let minutes = minutes.whole,
            (0..<60).contains(minutes)
        {
            return (.clock("\(two(hour)):\(two(minutes))"), word(after) == "分" ? after + 1 : after)
        }
        return (.clock("\(two(hour)):00"), word(end + 1) == "整" ? end + 2 : end + 1)
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    // MARK: - Units

    private static let lengths: [String: Int] = [
        "ms": 1, "msec": 1, "millisecond": 1, "milliseconds": 1, "millis": 1, "s": 1_000,
        "sec": 1_000,
        "secs": 1_000, "second": 1_000, "seconds": 1_000, "min": 60_000, "mins": 60_000,
        "minute": 60_000,
        "minutes": 60_000, "h": 3_600_000, "hr": 3_600_000, "hrs": 3_600_000, "hour": 3_600_000,
        "hours": 3_600_000, "d": 86_400_000, "day": 86_400_000, "days": 86_400_000,
        "night": 86_400_000,
        "nights": 86_400_000, "week": 604_800_000, "weeks": 604_800_000, "fortnight": 1_209_600_000,
    ]
    private static let months = [
        "month": 1, "months": 1, "quarter": 3, "quarters": 3, "year": 12, "years": 12, "月": 1,
        "季": 3, "年": 12,
    ]
    private static let chineseLengths: [([String], Int)] = [
        (["毫", "秒"], 1), (["秒", "钟"], 1_000), (["秒"], 1_000), (["分", "钟"], 60_000),
        (["小", "时"], 3_600_000),
        (["钟", "头"], 3_600_000), (["天"], 86_400_000), (["日"], 86_400_000),
        (["星", "期"], 604_800_000),
        (["礼", "拜"], 604_800_000), (["周"], 604_800_000),
    ]
    private static let businessDays: [[String]] = [
        ["business", "days"], ["business", "day"], ["banking", "days"], ["banking", "day"],
        ["bank", "days"], ["bank", "day"],
        ["working", "days"], ["working", "day"], ["工", "作", "日"], ["银", "行", "日"], ["营", "业", "日"],
        ["交", "易", "日"],
    ]
    static let measures: Set<String> = [
        "笔", "次", "条", "个", "封", "份", "张", "单", "遍", "名", "位", "通", "家",
    ]
    private static let monthNames: [String: Int] = [
        "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4,
        "may": 5,
        "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9,
        "sept": 9,
        "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
    ]
}
