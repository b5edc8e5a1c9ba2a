import Testing

@testable import Simulators

@Suite struct `Money` {
    @Test func `has the minor units of ISO 4217`() {
        let none = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
        let three = "BHD IQD JOD KWD LYD OMR TND"
        let unpayable = "XAU XAG XPD XPT XDR XBA XBB XBC XBD XSU XUA XTS XXX"
        func units(_ codes: String) -> Set<Int?> {
            Set(codes.lowercased().split(separator: " ").map { Currencies.minorUnits(String($0)) })
        }
        #expect(units(none) == [0])
        #expect(units(three) == [3])
        #expect(units("CLF UYW") == [4])
        #expect(units(unpayable) == [nil])
        #expect(units("USD EUR GBP MGA MRU HUF TWD") == [2])
        #expect(Currencies.minorPerMajor("kwd") == 1_000)
        #expect(Currencies.payoutStep("huf") == 100 && Currencies.payoutStep("eur") == 1)
    }

    @Test(arguments: [
        (Int128(5), 2, 2, 3), (7, 2, 4, 4), (-5, 2, -2, -3), (-7, 2, -4, -4), (1, 3, 0, 0), (2, 3, 1, 1),
        (6, 4, 2, 2), (10, 4, 2, 3),
    ] as [(Int128, Int128, Int64, Int64)])
    func `is rounded as it is said`(dividend: Int128, divisor: Int128, even: Int64, up: Int64) {
        #expect(Rounding.halfEven.divide(dividend, by: divisor) == even)
        #expect(Rounding.halfUp.divide(dividend, by: divisor) == up)
    }

    @Test func `is exchanged between currencies of different minor units`() throws {
        let rate = try #require(FXRates.rate(sell: "usd", buy: "jpy"))
        #expect(FXRates.text(rate) == "148.00500000")
        #expect(FXRates.rate(FXRates.text(rate)) == rate)
        #expect(FXRates.bought(10_000, sell: "usd", buy: "jpy", rate: rate) == 14_800)
        #expect(FXRates.sold(14_800, sell: "usd", buy: "jpy", rate: rate) == 10_000)
        let dinar = try #require(FXRates.rate(sell: "usd", buy: "kwd"))
        #expect(FXRates.bought(10_000, sell: "usd", buy: "kwd", rate: dinar) == 30_393)
        #expect(FXRates.rate(sell: "usd", buy: "usd") == nil)
        #expect(FXRates.rate(sell: "usd", buy: "xts") == nil)
        let moved = try #require(FXRates.rate(sell: "usd", buy: "jpy", moved: true))
        #expect(moved < rate)
    }

    @Test func `never becomes more by going there and back`() throws {
        for sell in FXRates.currencies {
            for buy in FXRates.currencies where buy != sell {
                let there = try #require(FXRates.rate(sell: sell, buy: buy))
                let back = try #require(FXRates.rate(sell: buy, buy: sell))
                let bought = try #require(FXRates.bought(99_999_999, sell: sell, buy: buy, rate: there))
                let got = try #require(FXRates.bought(bought, sell: buy, buy: sell, rate: back))
                #expect(got < 99_999_999, "\(sell) \(buy)")
            }
        }
    }

    @Test(arguments: [
        ("usd", 1_250, false, 66, 1_500), ("usd", 1_250, true, 79, 1_500), ("jpy", 1_000, false, 59, 1_500),
        ("kwd", 10_000, false, 590, 15_000), ("usd", 20, false, 20, 1_500),
    ] as [(String, Int64, Bool, Int64, Int64)])
    func `costs a fee`(currency: String, amount: Int64, exchanged: Bool, fee: Int64, dispute: Int64) {
        #expect(Fees.payment(amount, currency, isExchanged: exchanged) == fee)
        #expect(Fees.dispute(currency) == dispute)
    }
}
