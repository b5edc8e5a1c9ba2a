// Strings: eight bytes at a time while they are plain ASCII, escapes through a scratch buffer.

extension JSONReader {
    /// Reads from the opening quote to after the closing one.
    mutating func string() throws(JSONError) -> String {
        at += 1
        let start = at
        var isASCII = true
        while true {
            skipPlain()
            guard at < end else { throw fault(.unexpectedEnd(expected: "the end of a string")) }
            switch base[at] {
            case UInt8(ascii: "\""):
                let read = isASCII ? text(start..<at) : try checkedText(start..<at)
                at += 1
                return read
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            case 0..<0x20: throw fault(.controlCharacter(base[at]))
            default:
                isASCII = false
                at += 1
            }
        }
    }

    /// Goes to the next byte that is a quote, a backslash, a control or not ASCII.
    private mutating func skipPlain() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        while at + 8 <= end {
            let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            // Borrow tricks may also flag a byte after a true hit, never miss the first one.
            let hits =
                (word &- ones &* 0x20) | (quote &- ones) | (backslash &- ones) | word
            guard hits & highs == 0 else { break }
            at += 8
        }
        while at < end {
            let byte = base[at]
            guard byte >= 0x20, byte < 0x80, byte != 0x22, byte != 0x5C else { return }
            at += 1
        }
    }

    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        scratch.removeAll(keepingCapacity: true)
        var copied = start
        while true {
            skipPlain()
            guard at < end else { throw fault(.unexpectedEnd(expected: "the end of a string")) }
            switch base[at] {
            case UInt8(ascii: "\""):
                copy(copied..<at)
                guard let read = String(validating: scratch, as: UTF8.self) else {
                    throw invalidUTF8(start..<at)
                }
                at += 1
                return read
            case UInt8(ascii: "\\"):
                copy(copied..<at)
                try escape()
                copied = at
            case 0..<0x20: throw fault(.controlCharacter(base[at]))
            default: at += 1
            }
        }
    }

    private mutating func copy(_ range: Range<Int>) {
        scratch.append(
            contentsOf: UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
    }

    /// Reads one escape, from its backslash, into the scratch buffer.
    private mutating func escape() throws(JSONError) {
        let start = at
        guard at + 1 < end else {
            at = end
            throw fault(.unexpectedEnd(expected: "an escape"))
        }
        at += 2
        switch base[at - 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(base[at - 1])
        case UInt8(ascii: "b"): scratch.append(0x08)
        case UInt8(ascii: "f"): scratch.append(0x0C)
        case UInt8(ascii: "n"): scratch.append(0x0A)
        case UInt8(ascii: "r"): scratch.append(0x0D)
        case UInt8(ascii: "t"): scratch.append(0x09)
        case UInt8(ascii: "u"):
            guard let scalar = try unicodeEscape() else {
                at = start
                throw fault(.loneSurrogate)
            }
            scratch.append(contentsOf: UTF8.encode(scalar)!)  // Every scalar has a UTF-8 form.
        default:
            at -= 1
            throw fault(.unknownEscape(base[at]))
        }
    }

    /// The code point after `\u`, of both halves if it takes two; nil for half a pair.
    private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar? {
        let first = try fourHexDigits()
        guard first & 0xF800 == 0xD800 else { return Unicode.Scalar(first) }
        guard first < 0xDC00, at + 1 < end, base[at] == UInt8(ascii: "\\"),
            base[at + 1] == UInt8(ascii: "u")
        else { return nil }
        at += 2
        let second = try fourHexDigits()
        guard second & 0xFC00 == 0xDC00 else { return nil }
        return Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)
    }

    private mutating func fourHexDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard at < end else { throw fault(.unexpectedEnd(expected: "a hexadecimal digit")) }
            guard let digit = base[at].hexDigit else { throw fault(.badUnicodeEscape) }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }

    private mutating func checkedText(_ range: Range<Int>) throws(JSONError) -> String {
        let bytes = UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw invalidUTF8(range) }
        return text
    }

    /// The error at the first byte of `range` that is not UTF-8.
    private mutating func invalidUTF8(_ range: Range<Int>) -> JSONError {
        at = range.lowerBound
        var bytes = UnsafeBufferPointer(start: base + at, count: range.count).makeIterator()
        var decoder = UTF8()
        while case .scalarValue(let scalar) = decoder.decode(&bytes) {
            at += UTF8.width(scalar)
        }
        return fault(.invalidUTF8)
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit.
    var hexDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
