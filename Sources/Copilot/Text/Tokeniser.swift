/// Cuts a request into tokens: quoted text and addresses first, because they contain the signs that
/// separate everything else.
package struct Tokeniser {
    private let text: NormalisedText
    private var place = 0
    private var tokens: [Token] = []
    /// The unbroken run of ASCII that `place` stands in.
    private var chunk = 0..<0
    private var chunkHasAt = false
    /// Closing quotation marks that do not come any more.
    private var unclosed: Set<Unicode.Scalar> = []

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
        guard !unclosed.contains(closing) else { return false }
        guard let end = text.folded[(place + 1)...].firstIndex(of: closing) else {
            unclosed.insert(closing)
            return false
        }
        append(.quoted, end + 1, inner: place + 1..<end)
        return true
    }

    private mutating func takeAddress() -> Bool {
        findChunk()
        let chunk = place..<max(place, chunk.upperBound)
        if ["http://", "https://"].contains(where: startsWith) {
            append(.url, chunk.upperBound, inner: chunk)
        } else if chunkHasAt, let end = emailEnd(chunk) {
            append(.email, end, inner: place..<end)
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

    /// Finds the unbroken run of ASCII, without the punctuation behind it; once for all of its tokens.
    private mutating func findChunk() {
        guard place >= chunk.upperBound else { return }
        var end = place
        while end < text.folded.count, text.folded[end] != " ", text.folded[end].isASCII,
            Self.quotes[text.folded[end]] == nil || text.folded[end] == "'"
        {
            end += 1
        }
        while end > place, [",", ".", ";", ":", "!", "?", ")"].contains(text.folded[end - 1]) {
            end -= 1
        }
        chunk = place..<end
        chunkHasAt = text.folded[chunk].contains("@")
    }

    private func startsWith(_ prefix: String) -> Bool {
        text.folded[place...].starts(with: prefix.unicodeScalars)
    }

    /// Letters, digits and joining signs around one `@`.
    private func emailEnd(_ chunk: Range<Int>) -> Int? {
        guard text.folded[place].isWordPart else { return nil }
        let local = text.folded[chunk].prefix {
            $0.isWordPart || [".", "_", "+", "-", "%"].contains($0)
        }
        guard local.endIndex < chunk.upperBound, text.folded[local.endIndex] == "@" else {
            return nil
        }
        let host = text.folded[(local.endIndex + 1)..<chunk.upperBound].prefix {
            $0.isWordPart || [".", "-"].contains($0)
        }
        return host.isEmpty ? nil : host.endIndex
    }

    private func phoneEnd() -> Int {
        var end = place + 1
        while end < text.folded.count {
            // At most two signs between digits: "+1 (415) 555-0100".
            let signs = text.folded[end...].prefix(2).prefix { [" ", "-", "(", ")"].contains($0) }
                .count
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
        findChunk()
        guard text.folded[place].isDigit, place < chunk.upperBound,
            chunk.upperBound - place <= Self.dateLettersMax
        else { return false }
        let written = text.folded(place..<chunk.upperBound)
        let shape = String(written.map { $0.isNumber ? "0" : $0 })
        let numbers = written.split { !$0.isNumber }.compactMap { Int($0) }
        if shape.hasPrefix("0000-00-00"),
            shape.count == 10 || shape.dropFirst(10).hasPrefix("t00:00"),
            (1...12).contains(numbers[1]), (1...31).contains(numbers[2]),
            numbers.count == 3 || isTimeOfDay(numbers[3], numbers[4])
        {
            append(.date, chunk.upperBound, as: written.uppercased())
        } else if shape == "00:00" || shape == "0:00", isTimeOfDay(numbers[0], numbers[1]) {
            append(.clock, chunk.upperBound, as: shape.count == 4 ? "0" + written : written)
        } else {
            return false
        }
        return true
    }

    private func isTimeOfDay(_ hour: Int, _ minute: Int) -> Bool { hour < 24 && minute < 60 }

    /// Letters of the longest date: `2027-01-05T22:45:00.000000+02:00`.
    private static let dateLettersMax = 32

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
        if letters == 3, letters < end - place, Currency.code(text.folded(place..<place + 3)) != nil
        {
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
    private static let wordsWithDigitsFirst: Set<String> = [
        "3ds", "3ds2", "3d", "10dlc", "2fa", "4xx", "5xx",
    ]
}

extension Unicode.Scalar {
    var isDigit: Bool { (0x30...0x39).contains(value) }
    /// A letter of an alphabet; Chinese characters are not.
    var isLetter: Bool { properties.isAlphabetic && !isHan }
    var isWordPart: Bool { isDigit || isLetter }
    var isHan: Bool {
        (0x4E00...0x9FFF).contains(value) || (0x3400...0x4DBF).contains(value) || value == 0x3007
    }
}
