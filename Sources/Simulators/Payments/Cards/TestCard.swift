import Identifiers

/// A published test card and what happens when it is charged.
package struct TestCard: Sendable, Hashable {
    let number: String
    let brand: CardBrand
    /// Name of its ``Behaviour``; nil charges well.
    let behaviour: String?

    init(_ number: String, _ brand: CardBrand, _ behaviour: String? = nil) {
        self.number = number
        self.brand = brand
        self.behaviour = behaviour
    }

    var lastFour: String { String(number.suffix(4)) }

    static let all: [TestCard] = wellKnown + ours

    /// Whether digits are the number of a published test card.
    package static func isTestNumber(_ digits: String) -> Bool { byNumber[digits] != nil }

    static let byNumber = Dictionary(uniqueKeysWithValues: all.map { ($0.number, $0) })
}

extension TestCard {
    /// Numbers that the field's documentation has made common knowledge.
    static let wellKnown: [TestCard] = [
        TestCard("4242424242424242", .visa),
        TestCard("5555555555554444", .mastercard),
        TestCard("378282246310005", .amex),
        TestCard("6011111111111117", .discover),
        TestCard("3566002020360505", .jcb),
        TestCard("6200000000000005", .unionpay),
        TestCard("4000000000000002", .visa, "generic_decline"),
        TestCard("4000000000000341", .visa, "generic_decline"),
        TestCard("4000000000009995", .visa, "insufficient_funds"),
        TestCard("4000000000009987", .visa, "lost_card"),
        TestCard("4000000000009979", .visa, "stolen_card"),
        TestCard("4000000000000069", .visa, "expired_card"),
        TestCard("4000000000000127", .visa, "incorrect_cvc"),
        TestCard("4000000000000119", .visa, "processing_error"),
        TestCard("4242424242424241", .visa, "incorrect_number"),
        TestCard("4000000000006975", .visa, "card_velocity_exceeded"),
        TestCard("4000000000000259", .visa, "dispute_fraudulent"),
        TestCard("4000000000002685", .visa, "dispute_product_not_received"),
        TestCard("4000000000001976", .visa, "inquiry"),
        TestCard("4000000000005423", .visa, "fraud_warning_issued"),
        TestCard("4000000000000077", .visa, "settlement_at_once"),
        TestCard("4000000000005126", .visa, "refund_fails_later"),
        TestCard("4000000000007726", .visa, "refund_succeeds_later"),
    ]

    /// Under our own prefix: good cards of each scheme, then every behaviour once.
    ///
    /// 9999 BB NNNNNNNNN C: 9 is the industry digit that ISO/IEC 7812-1 leaves to national bodies,
    /// so that no card of an international scheme has such a number; BB the scheme, nine digits
    /// from the behaviour's name, so that a published number stays when others come, C the check
    /// digit.
    static let ours: [TestCard] = good + behaving + behavingMastercard

    static let prefix = "9999"
    private static let brands: [CardBrand] = [.visa, .mastercard, .amex, .discover, .jcb, .unionpay]

    private static let good = brands.map { TestCard(number($0, 0), $0) }

    private static let behaving = Behaviour.all.map { behaviour in
        TestCard(number(.visa, digits(of: behaviour.name)), .visa, behaviour.name)
    }

    /// What Mastercard reads differently: answers, advice and authentication.
    private static let behavingMastercard = Behaviour.all.compactMap { behaviour in
        switch behaviour.effect {
        case .network, .advice, .authentication:
            TestCard(number(.mastercard, digits(of: behaviour.name)), .mastercard, behaviour.name)
        default: TestCard?.none
        }
    }

    private static func number(_ brand: CardBrand, _ place: UInt64) -> String {
        let scheme = String(10 + (brands.firstIndex(of: brand) ?? 0))
        let index = String(place)
        let zeros = String(repeating: "0", count: 9 - index.count)
        return CardNumber.completed(prefix + scheme + zeros + index)
    }

    /// Nine digits. Two names with the same ones would stop the process when the table is made, in
    /// the first test.
    private static func digits(of name: String) -> UInt64 {
        StableHash.of(name.utf8) % 1_000_000_000
    }
}
