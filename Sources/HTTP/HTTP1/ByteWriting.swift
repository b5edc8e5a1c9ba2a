extension [UInt8] {
    /// Appends ASCII without making a `String`.
    @inline(__always)
    mutating func append(literal text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends a number that is not negative in decimal digits.
    mutating func append(decimal number: Int) {
        precondition(number >= 0, "lengths and counts are not negative")
        guard number >= 10 else { return append(0x30 + UInt8(number)) }
        // 19 digits at most, written from the last on.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var (rest, start) = (number, 20)
            repeat {
                start -= 1
                digits[start] = 0x30 + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
        }
    }

    /// Appends a number that is not negative in lower-case hexadecimal digits.
    mutating func append(hexadecimal number: Int) {
        precondition(number >= 0, "lengths and counts are not negative")
        if number >= 16 { append(hexadecimal: number >> 4) }
        let digit = UInt8(number & 15)
        append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }

    /// Appends a number below 100 in two digits.
    mutating func append(twoDigits number: Int) {
        append(0x30 + UInt8(number / 10))
        append(0x30 + UInt8(number % 10))
    }
}
