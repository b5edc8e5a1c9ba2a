/// Turns tokens into items: values where several tokens are one (`$` `24.50`, `two` `banking` `days`),
/// words and signs otherwise.
package struct ValueReader {
    let tokens: [Token]
    let language: Language
    var place = 0
    var items: [Item] = []

    package static func items(of tokens: [Token], _ language: Language) -> [Item] {
        var reader = ValueReader(tokens: tokens, language: language)
        while reader.place < tokens.count { reader.takeOne() }
        return reader.items
    }

    private mutating func takeOne() {
        let token = tokens[place]
        switch token.kind {
        case .quoted: append(.value(.quoted(token.text)), place + 1)
        case .url: append(.value(.url(token.text)), place + 1)
        case .email: append(.value(.email(token.text)), place + 1)
        case .phone: append(.value(.phone(token.text)), place + 1)
        case .identifier: append(.value(.identifier(token.text)), place + 1)
        case .date: append(.value(.date(token.text)), place + 1)
        case .clock: append(.value(.clock(token.text)), place + 1)
        case .pause: append(.pause(token.text), place + 1)
        case .number, .word, .han, .sign: takeMeaning(token)
        }
    }

    private mutating func takeMeaning(_ token: Token) {
        if token.kind == .word, Self.isReasonCode(token.text) {
            return append(.value(.code(token.text.uppercased())), place + 1)
        }
        if let (value, end) = calendarValue() ?? ordinal() ?? chineseRate() ?? money() ?? article()
            ?? numeric() ?? lonelyCurrency()
        {
            append(.value(value), end)
        } else if token.kind == .sign {
            append(.sign(token.text), place + 1)
        } else {
            append(.word(token.kind == .han ? token.text : Stem.of(token.text)), place + 1)
        }
    }

    private mutating func append(_ content: Item.Content, _ end: Int) {
        let span = tokens[place].span.lowerBound..<tokens[end - 1].span.upperBound
        items.append(Item(content: content, span: span, token: tokens[place]))
        place = end
    }

    /// R or C or a SEPA prefix, and two digits.
    private static func isReasonCode(_ word: String) -> Bool {
        let letters = word.prefix { $0.isLetter }
        guard word.count == letters.count + 2, word.dropFirst(letters.count).allSatisfy(\.isNumber)
        else { return false }
        return [
            "r", "c", "ac", "ag", "am", "be", "cn", "dn", "dt", "ed", "ff", "md", "ms", "rc", "rr",
            "sl", "tm",
        ].contains(letters)
    }

    // MARK: - Reading ahead

    func word(_ place: Int) -> String? {
        guard place < tokens.count, [.word, .han, .sign].contains(tokens[place].kind) else {
            return nil
        }
        return tokens[place].text
    }

    /// Whether these words, or these characters, stand at a place.
    func reads(_ words: [String], at place: Int) -> Bool {
        words.indices.allSatisfy { word(place + $0) == words[$0] }
    }

    /// A number in digits or words, with what multiplies it: `3k`, 3万, two thousand.
    func number(at start: Int) -> (Quantity, end: Int)? {
        guard start < tokens.count else { return nil }
        switch tokens[start].kind {
        case .number:
            guard let read = Quantity(written: tokens[start].text) else { return nil }
            let next = word(start + 1) ?? ""
            if let scale = [
                "万": 10_000, "千": 1_000, "百": 100, "亿": 100_000_000, "thousand": 1_000,
                "million": 1_000_000, "grand": 1_000,
            ][next] {
                return read.times(scale).map { ($0, start + 2) }
            }
            if tokens[start + 1..<min(start + 2, tokens.count)].contains(where: \.isAttached),
                let scale = ["k": 1_000, "m": 1_000_000, "mio": 1_000_000, "mn": 1_000_000][next]
            {
                return read.times(scale).map { ($0, start + 2) }
            }
            return (read, start + 1)
        case .word:
            return NumberWords.english(tokens[start...])
        case .han:
            guard let read = NumberWords.chinese(tokens[start...]) else { return nil }
            // 一下, 一直, 一起 … are no numbers.
            let follower = word(read.end) ?? ""
            let isAdverb =
                read.end == start + 1 && tokens[start].text == "一"
                && ["半", "下", "直", "起", "样", "定", "旦", "些", "并", "切", "般", "会"].contains(follower)
            return isAdverb ? nil : (read.0, read.end)
        default:
            return nil
        }
    }
}
