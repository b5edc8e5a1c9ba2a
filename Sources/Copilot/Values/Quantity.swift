/// A decimal number as people write it: exact, never a binary fraction.
package struct Quantity: Hashable, Sendable {
    /// All digits; the value is `digits / 10^scale`.
    package var digits: Int
    package var scale: Int
    /// One point before exactly three digits: a thousand in one country, a fraction in another.
    package var isUnclear = false

    package init(_ digits: Int, scale: Int = 0) {
        (self.digits, self.scale) = (digits, scale)
    }

    /// Reads `1,234.50`, `1.234,50`, `1'000`, `19,90`. Nil for more than 15 digits.
    package init?(written text: String) {
        let parts = text.split(omittingEmptySubsequences: false) { ",.'".contains($0) }
        let separators = text.filter { ",.'".contains($0) }
        let joined = parts.joined()
        guard joined.count <= Limits.amountDigitsMax, let digits = Int(joined) else { return nil }
        self.init(digits)
        guard let last = separators.last, let tail = parts.last else { return }
        let differs = Set(separators).count > 1
        let isDecimal =
            last != "'"
            && (separators.count == 1 ? (last == "." || tail.count != 3) : differs)
        if isDecimal { scale = tail.count }
        isUnclear = separators == "." && tail.count == 3
    }

    /// The number in a unit of `10^-minor`; nil if it has finer parts, or is beyond 64 bits.
    package func minorUnits(_ minor: Int) -> Int? {
        if scale > minor {
            guard let divisor = Self.power(scale - minor) else { return digits == 0 ? 0 : nil }
            return digits.isMultiple(of: divisor) ? digits / divisor : nil
        }
        guard let factor = Self.power(minor - scale) else { return nil }
        let (product, isTooMuch) = digits.multipliedReportingOverflow(by: factor)
        return isTooMuch ? nil : product
    }

    /// The value if it is whole.
    package var whole: Int? { minorUnits(0) }

    /// The product; nil if it has more digits than an amount may have.
    package func times(_ factor: Int) -> Quantity? {
        Self.product(digits, factor).map { Quantity($0, scale: scale) }
    }

    /// `times / per` of the number, to three more places than it has; nil if that is too fine.
    func part(_ times: Int, of per: Int) -> Quantity? {
        guard per > 0, let fine = Self.product(digits, 1000),
            let product = Self.product(fine, times)
        else { return nil }
        return Quantity(product / per, scale: scale + 3).reduced
    }

    /// Ten to a power; nil beyond 64 bits.
    static func power(_ exponent: Int) -> Int? {
        exponent > 18 ? nil : (0..<exponent).reduce(1) { value, _ in value * 10 }
    }

    /// A product within the bound of amounts.
    static func product(_ a: Int, _ b: Int) -> Int? {
        let (product, isTooMuch) = a.multipliedReportingOverflow(by: b)
        return isTooMuch || product > Limits.numberMax ? nil : product
    }
}
