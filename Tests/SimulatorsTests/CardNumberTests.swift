import Testing

@testable import Simulators

@Suite struct `Card numbers` {
    @Test(arguments: TestCard.all)
    func `a published test number is taken, spaces or not`(card: TestCard) {
        #expect(CardNumber.check(card.number) == .test(card))
        let spaced = card.number.enumerated().map { $0 % 4 == 0 ? " \($1)" : "\($1)" }.joined()
        #expect(CardNumber.check(spaced) == .test(card))
        #expect(card.declineCode.map { Decline.named($0) != nil } ?? true)
    }

    @Test func `a number with a right check digit that is not published could be real`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let length = Int.random(in: 12...19, using: &generator)
            var digits = (0..<(length - 1)).map { _ in UInt8.random(in: 48...57, using: &generator) }
            let check = (48...57 as ClosedRange<UInt8>).first { CardNumber.hasCheckDigit(digits + [$0]) }
            guard let check else {
                Issue.record("one of ten digits always fits")
                return
            }
            digits.append(check)
            let number = String(decoding: digits, as: UTF8.self)
            guard TestCard.byNumber[number] == nil else { continue }
            #expect(CardNumber.check(number) == .possiblyReal, "\(number)")
            // Every other check digit, and every neighbouring swap that Luhn sees, is malformed.
            for other in 48...57 as ClosedRange<UInt8> where other != check {
                let wrong = String(decoding: digits.dropLast() + [other], as: UTF8.self)
                if TestCard.byNumber[wrong] == nil { #expect(CardNumber.check(wrong) == .malformed) }
            }
        }
    }

    @Test(arguments: ["", "4", "42424242424", "42424242424242424242", "4242-4242-4242-4242", "４２４２４２４２４２４２４２４２", "abcdabcdabcdabcd"])
    func `anything else is malformed`(text: String) {
        #expect(CardNumber.check(text) == .malformed)
    }
}

@Suite struct Declines {
    @Test func `every scenario leads to a decline and back`() {
        #expect(Set(Decline.scenarioNames).count == Decline.scenarioNames.count)
        for name in Decline.scenarioNames { #expect(Decline.ofScenario(name) != nil, "\(name)") }
        let reached = Set(Decline.scenarioNames.compactMap { Decline.ofScenario($0)?.code })
        #expect(reached == Set(Decline.all.map(\.code)))
    }

    @Test func `what a thief may not know is not shown to the cardholder`() {
        for code in ["lost_card", "stolen_card", "pickup_card", "fraudulent"] {
            #expect(Decline.named(code)?.shownToCardholder == "The card was declined without a reason.")
        }
        #expect(Decline.named("expired_card")?.shownToCardholder == "The card has expired.")
    }
}
