import Testing

@testable import Copilot

@Suite struct `Normalise and tokenise` {
    @Test func `folding keeps every place`() {
        let text = NormalisedText("發　Ａ “x”")
        #expect(text.typed.count == text.folded.count)
        #expect(text.folded(0..<3) == "发 a")
    }

    @Test func `quoted text is one token, as typed`() {
        let tokens = Tokeniser.tokens(
            of: NormalisedText("text \"Refund $5!\" to +1 (415) 555-0100"))
        #expect(tokens.map(\.kind) == [.word, .quoted, .word, .phone])
        #expect(tokens[1].text == "Refund $5!")
        #expect(tokens[3].text == "+14155550100")
    }

    @Test func `addresses, identifiers, dates and hours are whole`() {
        let tokens = Tokeniser.tokens(
            of: NormalisedText(
                "http://localhost:7000/a evt_42 pain.001 2027-01-05 22:45, a@b.example."))
        #expect(
            tokens.map(\.kind) == [
                .url, .identifier, .identifier, .date, .clock, .pause, .email, .pause,
            ])
    }
}

@Suite struct `Values` {
    private func values(_ text: String) -> [Value] {
        let tokens = Tokeniser.tokens(of: NormalisedText(text))
        return ValueReader.items(of: tokens, Language(of: tokens)).compactMap(\.value)
    }

    @Test(arguments: [
        ("$24.50", 2450, "usd"), ("3k pounds", 300_000, "gbp"), ("700 yen", 700, "jpy"),
        ("1.234,56 EUR", 123_456, "eur"),
        ("KWD 1.500", 1500, "kwd"), ("forty euros", 4000, "eur"), ("两百元", 20_000, "cny"),
        ("3万韩元", 30_000, "krw"),
        ("一点五万日元", 15_000, "jpy"), ("五百港币", 50_000, "hkd"), ("60 cents", 60, "usd"),
        ("a hundred bucks", 10_000, "usd"),
    ])
    func `money is in minor units`(_ text: String, _ units: Int, _ code: String) throws {
        guard case .money(let amount, let currency)? = values(text).first else {
            Issue.record("\(text): \(values(text))")
            return
        }
        #expect(amount.minorUnits(Currency.minorUnits(currency)) == units)
        #expect(currency == code)
    }

    @Test(arguments: [
        ("2 weeks", "P14D"), ("half a second", "PT0.500S"), ("三个月", "P3M"), ("半小时", "PT30M"),
        ("90 seconds", "PT1M30S"), ("a month", "P1M"),
    ])
    func `lengths of time`(_ text: String, _ iso: String) {
        guard case .duration(let length)? = values(text).first else {
            Issue.record("\(text): \(values(text))")
            return
        }
        #expect(length.iso8601 == iso)
    }

    @Test func `a single point before three digits is unclear`() {
        #expect(Quantity(written: "1.500")?.isUnclear == true)
        #expect(Quantity(written: "1,500")?.whole == 1500)
        #expect(Quantity(written: "1,50")?.minorUnits(2) == 150)
        #expect(Quantity(written: "1234567890123456") == nil)
    }

    @Test func `shares, counts, ordinals, working days and reason codes`() {
        #expect(values("1 %") == [.rate(Quantity(1, scale: 2))])
        #expect(values("百分之五") == [.rate(Quantity(5, scale: 2))])
        #expect(values("twice") == [.count(2)])
        #expect(values("第三笔") == [.ordinal(3)])
        #expect(values("two banking days") == [.businessDays(2)])
        #expect(values("R01") == [.code("R01")])
    }
}

@Suite struct `Spelling` {
    @Test(arguments: [
        ("paymnt of 8 bucks, card has exprired", "expired_card"),
        ("5 euro paymet declned", "card_declined"),
    ])
    func `one letter wrong is understood`(_ text: String, _ scenario: String) {
        #expect(Planner.plan(text).steps.map(\.scenario) == [scenario])
    }

    @Test func `numbers and codes are never mended`() {
        #expect(
            Planner.plan("ACH debit of 5 dollars returned R61").steps.first?.scenario
                == "ach_return_R61")
    }
}
