/// A number as it was written. Nothing is rounded: `1.10`, `1E400` and 40 digits stay as they are.
///
/// `==` compares the text; ``isEqual(to:)`` and ``compare(_:_:)`` compare the values, exactly.
package struct JSONNumber: Hashable, Sendable {
    /// The source text, valid by RFC 8259 §6.
    package let text: String

    package init(_ value: some BinaryInteger) { text = String(value) }

    /// With three decimals, none below zero: microseconds as milliseconds, for example.
    package init(thousandths count: Int64) {
        let digits = String(count % 1_000)
        let padded = String(repeating: "0", count: 3 - digits.count) + digits
        text = "\(count / 1_000).\(padded)"
    }

    /// Takes text that is a JSON number from end to end; nil otherwise.
    package init?(_ text: String) {
        guard JSONNumber.isValid(text.utf8) else { return nil }
        self.text = text
    }

    /// Text that the parser has checked.
    init(checked text: String) { self.text = text }

    /// The value if it is an integer of 64 bits, however written: `12`, `12.0`, `1.2e1`.
    package var int64: Int64? {
        if let plain = plainInt64 { return plain }
        return JSONDecimal(self).int64
    }

    /// Whether the value is an integer, of any size (JSON Schema: `1.0` is one).
    package var isInteger: Bool { plainInt64 != nil || JSONDecimal(self).isInteger }

    /// The nearest Double, for statistics and drawing. Not for money.
    package var double: Double { Double(text) ?? .nan }

    /// The exact value.
    package var decimal: JSONDecimal { JSONDecimal(self) }

    package func isEqual(to other: JSONNumber) -> Bool {
        if text == other.text { return true }
        if let left = plainInt64, let right = other.plainInt64 { return left == right }
        return JSONDecimal(self) == JSONDecimal(other)
    }

    /// Whether `left` is smaller than `right` by value.
    package static func isLess(_ left: JSONNumber, than right: JSONNumber) -> Bool {
        if let left = left.plainInt64, let right = right.plainInt64 { return left < right }
        return JSONDecimal(left) < JSONDecimal(right)
    }

    /// The fast way: an optional minus and at most 18 digits, nothing else.
    var plainInt64: Int64? {
        var text = text
        return text.withUTF8 { bytes in
            let isNegative = bytes.first == UInt8(ascii: "-")
            let start = isNegative ? 1 : 0
            guard bytes.count - start <= 18 else { return nil }
            var value: Int64 = 0
            for position in start..<bytes.count {
                guard bytes[position].isASCIIDigit else { return nil }
                value = value &* 10 &+ Int64(bytes[position] &- UInt8(ascii: "0"))
            }
            return isNegative ? -value : value
        }
    }

    private static func isValid(_ bytes: String.UTF8View) -> Bool {
        var rest = Array(bytes)[...]
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        guard let first = rest.popFirst(), first.isASCIIDigit else { return false }
        if first != UInt8(ascii: "0") { rest = rest.drop { $0.isASCIIDigit } }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard rest.first?.isASCIIDigit == true else { return false }
            rest = rest.drop { $0.isASCIIDigit }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
                rest.removeFirst()
            }
            guard rest.first?.isASCIIDigit == true else { return false }
            rest = rest.drop { $0.isASCIIDigit }
        }
        return rest.isEmpty
    }
}

extension UInt8 {
    var isASCIIDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
