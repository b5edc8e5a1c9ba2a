/// Cuts a request into tokens: quoted text and addresses first, because they contain the signs that
/// separate everything else.
package struct Tokeniser {
    private let text: NormalisedText
    private var place = 0
    private var tokens: [Token] = []

    private init(_ text: NormalisedText) { self.text = text }

    package static func tokens(of text: NormalisedText) -> [Token] {
        var tokeniser = Tokeniser(text)
        while tokeniser.place < text.folded.count { tokeniser.takeOne() }
        return tokeniser.tokens
    }

    private mutating func takeOne() {
        let scalar = text.folded[place]
        if scalar == " " {
            place += 1
        } else if takeQuoted() || takeAddress() || takeDate() {
            return
        } else if scalar.isHan {
            append(.han, place + 1)
        } else if scalar.isDigit {
            takeNumber()
        } else if scalar.isLetter {
            takeWord()
        } else {
            takeSign(scalar)
        }
    }

    // MARK: - Pieces that hold separators

    private mutating func takeQuoted() -> Bool {
        guard let closing = Self.quotes[text.folded[place]] else { return false }
        // An apostrophe opens nothing inside a word, nor without a partner.
        if closing == "'" && place > 0 && text.folded[place - 1].isWordPart { return false }
        guard let end = text.folded[(place + 1)...].firstIndex(of: closing) else { return false }
        append(.quoted, end + 1, inner: place + 1..<end)
        return true
    }

    private mutating func takeAddress() -> Bool {
        let end = chunkEnd()
        let chunk = place..<end
        let folded = text.folded(chunk)
        if folded.hasPrefix("http://") || folded.hasPrefix("https://") {
            append(.url, end, inner: chunk)
        } else if folded.contains("@"), folded.first != "@", folded.last != "@" {
            append(.email, end, inner: chunk)
        } else if text.folded[place] == "+", phoneEnd() - place >= 8 {
            let digits = text.folded(place..<phoneEnd()).filter { $0.isNumber || $0 == "+" }
            append(.phone, phoneEnd(), as: digits)
        } else if let end = identifierEnd(chunk) {
            append(.identifier, end, inner: place..<end)
        } else {
            return false
        }
        return true
    }

    /// The end of an unbroken run of ASCII, without the punctuation behind it.
    private func chunkEnd() -> Int {
        var end = place
        while end < text.folded.count, text.folded[end] != " ", text.folded[end].isASCII,
            Self.quotes[text.folded[end]] == nil || text.folded[end] == "'"
        {
            end += 1
        }
        while end > place, [",", ".", ";", ":", "!", "?", ")"].contains(text.folded[end - 1]) { end -= 1 }
        return end
    }

    private func phoneEnd() -> Int {
        var end = place + 1
        while end < text.folded.count {
            // At most two signs between digits: "+1 (415) 555-0100".
            let signs = text.folded[end...].prefix(2).prefix { [" ", "-", "(", ")"].contains($0) }.count
            guard end + signs < text.folded.count, text.folded[end + signs].isDigit else { break }
            end += signs + 1
        }
        return end
    }

    /// `pay_3`, `camt.053`, `payout.*`, `/v1/payments`: letters first, a joining sign inside.
    private func identifierEnd(_ chunk: Range<Int>) -> Int? {
        let isPath = text.folded[chunk.lowerBound] == "/"
        guard text.folded[chunk.lowerBound].isLetter || isPath else { return nil }
        var end = chunk.lowerBound
        var joints = isPath ? 1 : 0
        while end < chunk.upperBound {
            let scalar = text.folded[end]
            let inner = end + 1 < chunk.upperBound
            if scalar == "_" || (scalar == "." && inner && end - chunk.lowerBound >= 2) {
                joints += 1
            } else if !(scalar.isWordPart || (isPath && ["/", "{", "}", "-"].contains(scalar))
                || (joints > 0 && ["*", "-"].contains(scalar)))
            {
                break
            }
            end += 1
        }
        return joints > 0 && end - chunk.lowerBound >= 3 ? end : nil
    }

    private mutating func takeDate() -> Bool {
        let end = chunkEnd()
        let chunk = text.folded(place..<end)
        let shape = String(chunk.map { $0.isNumber ? "0" : $0 })
        if shape.hasPrefix("0000-00-00"), shape.count == 10 || shape.dropFirst(10).hasPrefix("t00:00") {
            append(.date, end, as: chunk.uppercased())
        } else if shape == "00:00" || shape == "0:00" {
            append(.clock, end, as: shape.count == 4 ? "0" + chunk : chunk)
        } else {
            return false
        }
        return true
    }

    // MARK: - Numbers, words, signs

    private mutating func takeNumber() {
        var end = place
        while end < text.folded.count,
            text.folded[end].isDigit
                || ([".", ",", "'"].contains(text.folded[end]) && end + 1 < text.folded.count
                    && text.folded[end + 1].isDigit)
        {
            end += 1
        }
        var wordEnd = end
        while wordEnd < text.folded.count, text.folded[wordEnd].isWordPart { wordEnd += 1 }
        let word = text.folded(place..<wordEnd)
        if Self.wordsWithDigitsFirst.contains(word) {
            append(.word, wordEnd)
        } else {
            append(.number, end)
        }
    }

    private mutating func takeWord() {
        var end = place
        while end < text.folded.count,
            text.folded[end].isWordPart
                || (text.folded[end] == "'" && end + 1 < text.folded.count
                    && text.folded[end + 1].isLetter)
        {
            end += 1
        }
        // `eur50` is a currency and a number, `r01` one code.
        let letters = text.folded[place..<end].prefix { $0.isLetter }.count
        if letters == 3, letters < end - place, Currency.code(text.folded(place..<place + 3)) != nil {
            end = place + 3
        }
        append(.word, end)
    }

    private mutating func takeSign(_ scalar: Unicode.Scalar) {
        switch scalar {
        case ",", ".", ";", ":", "!", "?", "(", ")", "[", "]", "\n": append(.pause, place + 1)
        case "-", "/", "'", "\"", "*", "_": place += 1
        default: append(.sign, place + 1)
        }
    }

    private mutating func append(
        _ kind: Token.Kind, _ end: Int, inner: Range<Int>? = nil, as written: String? = nil
    ) {
        let first = text.typed[place]
        tokens.append(
            Token(
                kind: kind,
                text: written ?? inner.map(text.text) ?? text.folded(place..<end),
                span: place..<end,
                isAttached: place > 0 && text.folded[place - 1] != " ",
                isCapitalised: first.properties.isUppercase))
        place = end
    }

    private static let quotes: [Unicode.Scalar: Unicode.Scalar] = [
        "\"": "\"", "“": "”", "„": "“", "«": "»", "「": "」", "『": "』", "《": "》", "'": "'", "`": "`",
    ]
    private static let wordsWithDigitsFirst: Set<String> = ["3ds", "3ds2", "3d", "10dlc", "2fa", "4xx", "5xx"]
}

extension Unicode.Scalar {
    var isDigit: Bool { (0x30...0x39).contains(value) }
    /// A letter of an alphabet; Chinese characters are not.
    var isLetter: Bool { properties.isAlphabetic && !isHan }
    var isWordPart: Bool { isDigit || isLetter }
    var isHan: Bool { (0x4E00...0x9FFF).contains(value) || (0x3400...0x4DBF).contains(value) || value == 0x3007 }
}
