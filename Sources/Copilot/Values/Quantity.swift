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

    /// The number in a unit of `10^-minor`; nil if it has finer parts.
    package func minorUnits(_ minor: Int) -> Int? {
        if scale <= minor { return digits * Self.power(minor - scale) }
        let divisor = Self.power(scale - minor)
        return digits.isMultiple(of: divisor) ? digits / divisor : nil
    }

    /// The value if it is whole.
    package var whole: Int? { minorUnits(0) }

    package func times(_ factor: Int) -> Quantity {
        var product = self
        product.digits = digits.multipliedReportingOverflow(by: factor).partialValue
        product.isUnclear = false
        return product
    }

    static func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { value, _ in value * 10 } }
}
