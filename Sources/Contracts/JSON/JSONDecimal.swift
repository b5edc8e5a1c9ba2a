/// The exact value of a JSON number: ± digits × 10^exponent, without leading or trailing zeros.
package struct JSONDecimal: Hashable, Sendable {
    package let isNegative: Bool
    /// 0…9 each, most significant first; empty for zero.
    package let digits: [UInt8]
    /// The power of ten of the last digit. Saturates beyond ±2^40: such exponents only compare.
    package let exponent: Int

    package init(_ number: JSONNumber) {
        var digits: [UInt8] = []
        var exponent = 0
        var isFraction = false
        var bytes = Array(number.text.utf8)[...]
        let negative = bytes.first == UInt8(ascii: "-")
        if negative { bytes.removeFirst() }
        while let byte = bytes.popFirst() {
            if byte == UInt8(ascii: ".") {
                isFraction = true
            } else if byte.isASCIIDigit {
                digits.append(byte - UInt8(ascii: "0"))
                if isFraction { exponent -= 1 }
            } else {
                exponent += JSONDecimal.exponent(bytes)
                break
            }
        }
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
        self.digits = Array(digits.drop { $0 == 0 })
        self.exponent = self.digits.isEmpty ? 0 : exponent
        isNegative = negative && !self.digits.isEmpty
    }

    package var isZero: Bool { digits.isEmpty }
    package var isInteger: Bool { exponent >= 0 }

    /// The value if it is an integer of 64 bits.
    package var int64: Int64? {
        guard exponent >= 0, digits.count + exponent <= 19 else { return nil }
        var value: Int64 = 0
        for digit in digits + Array(repeating: 0, count: exponent) {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, over) = product.subtractingReportingOverflow(Int64(digit))
            if overflow || over { return nil }
            value = sum  // Kept negative: the range reaches one further there.
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    /// The digits as one integer; nil beyond 18 of them.
    var mantissa: UInt64? {
        guard digits.count <= 18 else { return nil }
        return digits.reduce(0) { $0 * 10 + UInt64($1) }
    }

    /// Whether this is `divisor` times an integer. The divisor has at most 18 digits (checked
    /// when a schema is compiled) and is not zero.
    ///
    /// With a = d·10^e and b = c·10^f: for e < f it is not, since d does not end in 0; otherwise
    /// d·10^(e-f) must be 0 modulo c, which needs no number larger than 128 bits.
    package func isMultiple(of divisor: JSONDecimal) -> Bool {
        guard !isZero else { return true }
        guard exponent >= divisor.exponent, let modulus = divisor.mantissa else { return false }
        var remainder: UInt64 = 0
        for digit in digits {
            remainder = multiply(remainder, 10, modulo: modulus, adding: UInt64(digit))
        }
        let shift = power(10, exponent - divisor.exponent, modulo: modulus)
        return multiply(remainder, shift, modulo: modulus, adding: 0) == 0
    }

    private static func exponent(_ bytes: ArraySlice<UInt8>) -> Int {
        let bound = 1 << 40
        var value = 0
        for byte in bytes where byte.isASCIIDigit {
            value = min(value * 10 + Int(byte - UInt8(ascii: "0")), bound)
        }
        return bytes.first == UInt8(ascii: "-") ? -value : value
    }
}

extension JSONDecimal: Comparable {
    package static func < (left: JSONDecimal, right: JSONDecimal) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative
            ? right.isSmallerMagnitude(than: left) : left.isSmallerMagnitude(than: right)
    }

    private func isSmallerMagnitude(than other: JSONDecimal) -> Bool {
        if isZero || other.isZero { return isZero && !other.isZero }
        let (own, others) = (digits.count + exponent, other.digits.count + other.exponent)
        if own != others { return own < others }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}

private func multiply(_ a: UInt64, _ b: UInt64, modulo m: UInt64, adding c: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    let (sum, carry) = low.addingReportingOverflow(c)
    return m.dividingFullWidth((high + (carry ? 1 : 0), sum)).remainder
}

private func power(_ base: UInt64, _ exponent: Int, modulo m: UInt64) -> UInt64 {
    var (result, factor, rest) = (1 % m, base % m, exponent)
    while rest > 0 {
        if rest & 1 == 1 { result = multiply(result, factor, modulo: m, adding: 0) }
        factor = multiply(factor, factor, modulo: m, adding: 0)
        rest >>= 1
    }
    return result
}
