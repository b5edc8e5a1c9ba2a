/// What the processor keeps: 2.9 % and 0.30 of the major unit for a payment, 1 % more when the
/// money is exchanged, 15.00 for a chargeback. Fees round half up.
enum Fees {
    private static let percentBasisPoints: Int128 = 290
    private static let crossCurrencyBasisPoints: Int128 = 100
    private static let fixedHundredths: Int128 = 30
    private static let disputeHundredths: Int128 = 1_500
    /// Fixed parts are a hundred times as many units in currencies without minor units.
    private static let scaleWithoutMinorUnits: Int128 = 100

    /// The fee for a captured amount in the settlement currency, never more than the amount.
    static func payment(_ amount: Int64, _ currency: String, isExchanged: Bool = false) -> Int64 {
        let points = percentBasisPoints + (isExchanged ? crossCurrencyBasisPoints : 0)
        let share = Rounding.halfUp.divide(Int128(amount) * points, by: 10_000) ?? amount
        return min(amount, share + fixed(fixedHundredths, currency))
    }

    static func dispute(_ currency: String) -> Int64 { fixed(disputeHundredths, currency) }

    private static func fixed(_ hundredths: Int128, _ currency: String) -> Int64 {
        let perMajor = Int128(Currencies.minorPerMajor(currency))
        let units = perMajor == 1 ? hundredths * scaleWithoutMinorUnits : hundredths * perMajor
        return Rounding.halfUp.divide(units, by: 100) ?? 0
    }
}
