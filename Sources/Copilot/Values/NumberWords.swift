/// Numbers in words, of both languages. Each function reads from a place and says where it stopped.
enum NumberWords {
    /// "forty", "three hundred and five", "a dozen", "half a". Not "one" alone: it is a pronoun.
    static func english(_ tokens: ArraySlice<Token>) -> (Quantity, end: Int)? {
        var total = 0
        var group = 0
        var place = tokens.startIndex
        var wordsRead = 0
        while place < tokens.endIndex, tokens[place].kind == .word {
            let word = tokens[place].text
            if let value = units[word] ?? tens[word] {
                // "three forty" are two numbers.
                if wordsRead > 0, !(group % 100 == 0 || (group % 10 == 0 && value < 10)) { break }
                group += value
            } else if word == "hundred", wordsRead > 0, let product = Quantity.product(group, 100) {
                group = product
            } else if let scale = scales[word], wordsRead > 0,
                let product = Quantity.product(max(group, 1), scale)
            {
                total += product
                group = 0
            } else if word == "dozen", let product = Quantity.product(max(group, 1), 12) {
                group = product
            } else if word == "a", wordsRead == 0, place + 1 < tokens.endIndex,
                ["hundred", "thousand", "million", "dozen"].contains(tokens[place + 1].text)
            {
                group = 1
            } else if word == "and", group >= 100, place + 1 < tokens.endIndex,
                units[tokens[place + 1].text] != nil || tens[tokens[place + 1].text] != nil
            {
                place += 1
                continue
            } else {
                break
            }
            wordsRead += 1
            place += 1
        }
        return wordsRead > 0 ? (Quantity(total + group), place) : nil
    }

    /// 两百, 一万五, 三千零二十, 一点五万, 半 is not a number here.
    static func chinese(_ tokens: ArraySlice<Token>) -> (Quantity, end: Int)? {
        var total = 0
        var section = 0
        var digit = 0
        var lastUnit = 1
        var fraction: (digits: Int, scale: Int)?
        var place = tokens.startIndex
        while place < tokens.endIndex, tokens[place].kind == .han {
            let sign = tokens[place].text
            if let value = digits[sign] {
                if let read = fraction {
                    guard read.scale < Limits.fractionDigitsMax else { return nil }
                    fraction = (read.digits * 10 + value, read.scale + 1)
                } else {
                    digit = value
                    if value == 0 { lastUnit = 1 }
                }
            } else if let unit = ["十": 10, "百": 100, "千": 1000][sign], fraction == nil {
                section += max(digit, unit == 10 ? 1 : digit) * unit
                (digit, lastUnit) = (0, unit)
            } else if let unit = ["万": 10_000, "亿": 100_000_000][sign], place > tokens.startIndex {
                if let read = fraction {
                    return decimal(section + digit, read)?.times(unit).map { ($0, place + 1) }
                }
                guard let product = Quantity.product(section + digit, unit) else { return nil }
                total += product
                (section, digit, lastUnit) = (0, 0, unit)
            } else if sign == "点", place > tokens.startIndex, place + 1 < tokens.endIndex,
                digits[tokens[place + 1].text] != nil, fraction == nil
            {
                fraction = (0, 0)
            } else {
                break
            }
            place += 1
        }
        guard place > tokens.startIndex else { return nil }
        if let read = fraction {
            return decimal(total + section + digit, read).map { ($0, place) }
        }
        // 一万五 is 15,000: a last digit counts in tenths of the unit before.
        if lastUnit >= 100, digit > 0, tokens[place - 2].text != "零" { digit *= lastUnit / 10 }
        return (Quantity(total + section + digit), place)
    }

    private static func decimal(_ whole: Int, _ fraction: (digits: Int, scale: Int)) -> Quantity? {
        guard let unit = Quantity.power(fraction.scale), let digits = Quantity.product(whole, unit)
        else { return nil }
        return Quantity(digits + fraction.digits, scale: fraction.scale)
    }

    static let ordinals: [String: Int] = [
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
        "eighth": 8,
        "ninth": 9, "tenth": 10, "last": Value.last, "final": Value.last,
    ]

    private static let units: [String: Int] = [
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8,
        "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
        "fifteen": 15,
        "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    ]
    private static let tens: [String: Int] = [
        "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
        "seventy": 70,
        "eighty": 80, "ninety": 90,
    ]
    private static let scales: [String: Int] = [
        "thousand": 1_000, "grand": 1_000, "million": 1_000_000,
    ]
    private static let digits: [String: Int] = [
        "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
        "九": 9,
    ]
}
