/// Division of money, with the rounding named. All amounts are minor units.
enum Rounding: String, Sendable, Hashable {
    /// To the nearest, a tie to the even neighbour: no drift over many conversions.
    case halfEven = "half_even"
    /// To the nearest, a tie away from zero: as fees are printed.
    case halfUp = "half_up"

    /// `dividend / divisor`; nil when it does not fit 64 bits. `divisor` is positive.
    func divide(_ dividend: Int128, by divisor: Int128) -> Int64? {
        precondition(divisor > 0, "nothing to divide by")
        let magnitude = dividend.magnitude
        let (quotient, rest) = magnitude.quotientAndRemainder(dividingBy: divisor.magnitude)
        let twice = rest * 2
        let isUp: Bool =
            switch self {
            case .halfEven:
                twice > divisor.magnitude || (twice == divisor.magnitude && quotient % 2 == 1)
            case .halfUp: twice >= divisor.magnitude
            }
        let rounded = Int128(quotient) + (isUp ? 1 : 0)
        return Int64(exactly: dividend < 0 ? -rounded : rounded)
    }
}
