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
}

/// A published test card and what happens when it is charged.
struct TestCard: Sendable, Hashable {
    let number: String
    let brand: String
    /// Code of the decline it provokes; nil charges well.
    let declineCode: String?

    private init(_ number: String, _ brand: String, _ declineCode: String? = nil) {
        self.number = number
        self.brand = brand
        self.declineCode = declineCode
    }

    var lastFour: String { String(number.suffix(4)) }

    /// The numbers that the field's documentation has made common knowledge.
    static let all: [TestCard] = [
        TestCard("4242424242424242", "visa"),
        TestCard("5555555555554444", "mastercard"),
        TestCard("378282246310005", "amex"),
        TestCard("6011111111111117", "discover"),
        TestCard("3566002020360505", "jcb"),
        TestCard("6200000000000005", "unionpay"),
        TestCard("4000000000000002", "visa", "generic_decline"),
        TestCard("4000000000009995", "visa", "insufficient_funds"),
        TestCard("4000000000009987", "visa", "lost_card"),
        TestCard("4000000000009979", "visa", "stolen_card"),
        TestCard("4000000000000069", "visa", "expired_card"),
        TestCard("4000000000000127", "visa", "incorrect_cvc"),
        TestCard("4000000000000119", "visa", "processing_error"),
        TestCard("4242424242424241", "visa", "incorrect_number"),
        TestCard("4000000000006975", "visa", "card_velocity_exceeded"),
    ]

    static let byNumber = Dictionary(uniqueKeysWithValues: all.map { ($0.number, $0) })
}
