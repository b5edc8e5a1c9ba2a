import Testing

@testable import Simulators

@Suite struct `Card numbers` {
    @Test(arguments: TestCard.all)
    func `a published test number is taken, spaces or not`(card: TestCard) {
        #expect(CardNumber.check(card.number) == .test(card))
        let spaced = card.number.enumerated().map { $0 % 4 == 0 ? " \($1)" : "\($1)" }.joined()
        #expect(CardNumber.check(spaced) == .test(card))
        #expect(card.behaviour.map { Behaviour.named($0) != nil } ?? true)
    }

    @Test func `every test card but the one for wrong numbers has a right check digit`() {
        for card in TestCard.all {
            let isRight = CardNumber.hasCheckDigit(Array(card.number.utf8))
            #expect(isRight == (card.number != "4242424242424241"), "\(card.number)")
        }
    }

    @Test func `every behaviour has a card under our own prefix, what Mastercard reads differently two`() {
        let ours = TestCard.ours.filter { $0.behaviour != nil }
        #expect(Set(ours.map(\.behaviour)) == Set(Behaviour.all.map(\.name)))
        for card in ours {
            #expect(card.number.hasPrefix("9999") && card.number.count == 16)
        }
        let mastercard = ours.filter { $0.brand == .mastercard }.compactMap(\.behaviour)
        #expect(mastercard.contains("network_65") && mastercard.contains("three_ds_failed"))
    }

    @Test func `a number with a right check digit that is not published could be real`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let length = Int.random(in: 12...19, using: &generator)
            let stem = String(
                decoding: (0..<(length - 1)).map { _ in UInt8.random(in: 48...57, using: &generator) },
                as: UTF8.self)
            let number = CardNumber.completed(stem)
            guard TestCard.byNumber[number] == nil else { continue }
            #expect(CardNumber.check(number) == .possiblyReal, "\(number)")
            for other in 0...9 where !number.hasSuffix(String(other)) {
                let wrong = stem + String(other)
                if TestCard.byNumber[wrong] == nil { #expect(CardNumber.check(wrong) == .malformed) }
            }
        }
    }

    @Test(arguments: ["", "4", "42424242424", "42424242424242424242", "4242-4242-4242-4242", "４２４２４２４２４２４２４２４２", "abcdabcdabcdabcd"])
    func `anything else is malformed`(text: String) {
        #expect(CardNumber.check(text) == .malformed)
    }
}

@Suite struct `Behaviours` {
    @Test func `have names of their own`() {
        #expect(Set(Behaviour.all.map(\.name)).count == Behaviour.all.count)
    }

    @Test func `a magic amount stands for each answer of the network, in its own digits where it has two`() {
        #expect(Set(MagicAmount.all.map(\.amount)).count == NetworkCode.all.count)
        #expect(MagicAmount.behaviour(9_000_051)?.name == "network_51")
        #expect(MagicAmount.behaviour(51) == nil)
        for (amount, behaviour) in MagicAmount.all {
            #expect(MagicAmount.behaviour(amount) == behaviour)
            #expect((9_000_000...9_000_200).contains(amount))
        }
    }
}
