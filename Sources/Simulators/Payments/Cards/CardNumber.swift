/// A card number as typed. Only test numbers are taken: a number that could be somebody's real
/// card must never reach a sandbox's store or log.
struct CardNumber: Sendable {
    enum Verdict: Equatable {
        case test(TestCard)
        /// Not 12 to 19 digits, or the check digit is wrong.
        case malformed
        /// Well formed and none of the test numbers: refused and never stored.
        case possiblyReal
    }

    static func check(_ text: String) -> Verdict {
        let digits = text.utf8.filter { $0 != UInt8(ascii: " ") }
        guard (12...19).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }) else {
            return .malformed
        }
        let number = String(decoding: digits, as: UTF8.self)
        if let card = TestCard.byNumber[number] { return .test(card) }
        return hasCheckDigit(digits) ? .possiblyReal : .malformed
    }

    /// ISO/IEC 7812-1 annex B: every second digit from the right is doubled, digits are summed.
    static func hasCheckDigit(_ digits: [UInt8]) -> Bool {
        var sum = 0
        for (position, digit) in digits.reversed().enumerated() {
            let value = Int(digit) - 48
            let weighted = position % 2 == 1 ? value * 2 : value
            sum += weighted > 9 ? weighted - 9 : weighted
        }
        return sum % 10 == 0
    }

    /// The number whose check digit is missing, with it.
    static func completed(_ stem: String) -> String {
        for digit in 0...9 {
            let number = stem + String(digit)
            if hasCheckDigit(Array(number.utf8)) { return number }
        }
        preconditionFailure("one of ten digits always fits")
    }
}
