import Contracts

/// Synthetic exchange rates: fixed, so that the same quote is the same everywhere.
enum FXRates {
    /// Digits after the point in which a rate is written.
    static let digits = 8
    static let scale: Int128 = 100_000_000

    /// What is kept from the middle rate, in hundredths of a percent.
    static let spreadBasisPoints: Int128 = 100
    /// How far ``FXPlan`` moves a rate when it is to move.
    static let moveBasisPoints: Int128 = 250

    /// Millionths of a unit for one dollar.
    private static let perDollar: [String: Int128] = [
        "usd": 1_000_000, "aed": 3_672_500, "aud": 1_520_000, "bhd": 376_000, "brl": 5_450_000,
        "cad": 1_380_000, "chf": 880_000, "clp": 945_000_000, "cny": 7_180_000, "czk": 22_900_000,
        "dkk": 6_850_000, "eur": 918_000, "gbp": 787_000, "hkd": 7_790_000, "huf": 362_000_000,
        "ils": 3_710_000, "inr": 83_600_000, "isk": 138_000_000, "jod": 709_000, "jpy": 149_500_000,
        "krw": 1_350_000_000, "kwd": 307_000, "mxn": 18_400_000, "nok": 10_700_000,
        "nzd": 1_650_000, "omr": 384_500, "pln": 3_950_000, "sek": 10_450_000, "sgd": 1_340_000,
        "thb": 35_600_000, "tnd": 3_110_000, "try": 34_100_000, "twd": 32_300_000,
        "vnd": 25_100_000_000, "zar": 18_200_000,
    ]

    static var currencies: [String] { perDollar.keys.sorted() }

    /// Units of `buy` for one unit of `sell` after the spread, in 10^-8; nil for an unknown pair
    /// and for a currency with itself. `moved` takes off another ``moveBasisPoints``.
    static func rate(sell: String, buy: String, moved: Bool = false) -> Int128? {
        guard sell != buy, let from = perDollar[sell], let to = perDollar[buy] else { return nil }
        let kept = 10_000 - spreadBasisPoints - (moved ? moveBasisPoints : 0)
        return to * scale * kept / (from * 10_000)
    }

    /// The other side's minor units for `amount` minor units of `sell`, rounded half to even.
    static func bought(_ amount: Int64, sell: String, buy: String, rate: Int128) -> Int64? {
        Rounding.halfEven.divide(
            Int128(amount) * rate * Int128(Currencies.minorPerMajor(buy)),
            by: scale * Int128(Currencies.minorPerMajor(sell)))
    }

    /// What has to be sold to get `amount` minor units of `buy`, rounded half to even.
    static func sold(_ amount: Int64, sell: String, buy: String, rate: Int128) -> Int64? {
        Rounding.halfEven.divide(
            Int128(amount) * scale * Int128(Currencies.minorPerMajor(sell)),
            by: rate * Int128(Currencies.minorPerMajor(buy)))
    }

    /// The rate as decimal text with ``digits`` places.
    static func text(_ rate: Int128) -> String {
        let (whole, part) = rate.quotientAndRemainder(dividingBy: scale)
        let digits = String(part)
        return "\(whole)." + String(repeating: "0", count: Self.digits - digits.count) + digits
    }

    /// The rate that ``text(_:)`` wrote.
    static func rate(_ text: String) -> Int128? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == digits else { return nil }
        return Int128(String(parts[0] + parts[1]))
    }

    /// The rate that a decimal number or its text means, rounded half to even; nil for what is no
    /// positive number with ``digits`` places, or too large for any currency.
    static func rate(decimal text: String) -> Int128? {
        guard let decimal = JSONNumber(text)?.decimal, !decimal.isNegative, !decimal.isZero,
            decimal.digits.count <= 19, (-38...9).contains(decimal.exponent)
        else { return nil }
        let digits = decimal.digits.reduce(Int128(0)) { $0 * 10 + Int128($1) }
        let places = decimal.exponent + Self.digits
        let power = (0..<abs(places)).reduce(Int128(1)) { power, _ in power * 10 }
        let rate =
            places >= 0
            ? digits * power
            : Rounding.halfEven.divide(digits, by: power).map { Int128($0) } ?? 0
        return (1...rateMax).contains(rate) ? rate : nil
    }

    /// A billion units for one.
    private static let rateMax: Int128 = 1_000_000_000 * scale
}
