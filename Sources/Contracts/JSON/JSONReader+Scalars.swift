// Words, numbers, space, and the making of errors.

extension JSONReader {
    @inline(__always)
    mutating func skipSpace() {
        while at < end {
            switch base[at] {
            case 0x20, 0x0A, 0x0D, 0x09: at += 1
            default: return
            }
        }
    }

    mutating func word(_ word: StaticString) throws(JSONError) {
        for position in 0..<word.utf8CodeUnitCount {
            guard at < end else { throw fault(.unexpectedEnd(expected: "\(word)")) }
            guard base[at] == word.utf8Start[position] else { throw unexpected("\(word)") }
            at += 1
        }
    }

    mutating func number() throws(JSONError) -> JSONNumber {
        let start = at
        if base[at] == UInt8(ascii: "-") { at += 1 }
        let integer = at
        try digits()
        if base[integer] == UInt8(ascii: "0"), at > integer + 1 {
            at = integer
            throw fault(.leadingZero)
        }
        if at < end, base[at] == UInt8(ascii: ".") {
            at += 1
            try digits()
        }
        if at < end, base[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < end, base[at] == UInt8(ascii: "+") || base[at] == UInt8(ascii: "-") { at += 1 }
            try digits()
        }
        return JSONNumber(checked: text(start..<at))
    }

    private mutating func digits() throws(JSONError) {
        let start = at
        while at < end, base[at].isASCIIDigit { at += 1 }
        guard at > start else { throw fault(.digitMissing) }
    }

    /// ASCII bytes as text.
    func text(_ range: Range<Int>) -> String {
        String(
            decoding: UnsafeBufferPointer(start: base + range.lowerBound, count: range.count),
            as: UTF8.self)
    }

    func unexpected(_ expected: String) -> JSONError {
        fault(.unexpected(base[at], expected: expected))
    }

    /// The error at the byte where reading stands. Counts lines only now.
    func fault(_ cause: JSONError.Cause) -> JSONError {
        var (line, column) = (1, 1)
        for offset in 0..<min(at, end) {
            if base[offset] == 0x0A {
                line += 1
                column = 1
            } else if base[offset] & 0xC0 != 0x80 {
                column += 1
            }
        }
        return JSONError(cause: cause, offset: at, line: line, column: column, pointer: .root)
    }
}

extension JSONError {
    /// The same error, seen from one level further out.
    func inside(_ token: String) -> JSONError {
        var outer = self
        outer.pointer.prepend(token)
        return outer
    }
}
