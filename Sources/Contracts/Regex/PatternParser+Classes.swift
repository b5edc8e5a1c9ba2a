// Character classes and the escapes that they share with the rest of a pattern.

extension PatternParser {
    enum Escape {
        case one(Unicode.Scalar)
        case many(ScalarSet)
    }

    /// Reads a class from after its `[`.
    mutating func characterClass() throws(PatternError) -> ScalarSet {
        let isInverted = take("^")
        var set = ScalarSet()
        while true {
            guard peek != nil else { throw fault("there is a \"[\" without its \"]\"") }
            if take("]") { return isInverted ? set.inverted() : set }
            guard let low = try classMember(into: &set) else { continue }
            guard peek == "-", at + 1 < scalars.count, scalars[at + 1] != "]" else {
                set.insert(low)
                continue
            }
            at += 1
            guard let high = try classMember(into: &set) else {
                set.insert(low)  // `[a-\d]`: annex B takes all three literally.
                set.insert("-")
                continue
            }
            guard low.value <= high.value else { throw fault("a range in a class is out of order") }
            set.insert(low.value...high.value)
        }
    }

    /// One code point of a class; nil if it was a whole set, which is added at once.
    private mutating func classMember(into set: inout ScalarSet) throws(PatternError) -> Unicode
        .Scalar?
    {
        guard let scalar = peek else { throw fault("there is a \"[\" without its \"]\"") }
        at += 1
        guard scalar == "\\" else { return scalar }
        if take("b") { return "\u{8}" }
        if take("-") { return "-" }
        switch try escape() {
        case .one(let scalar): return scalar
        case .many(let many):
            set.insert(many)
            return nil
        }
    }

    /// Reads an escape from after its backslash.
    mutating func escape() throws(PatternError) -> Escape {
        guard let scalar = peek else { throw fault("the pattern ends after a backslash") }
        at += 1
        switch scalar {
        case "d": return .many(.digits)
        case "D": return .many(ScalarSet.digits.inverted())
        case "w": return .many(.word)
        case "W": return .many(ScalarSet.word.inverted())
        case "s": return .many(.space)
        case "S": return .many(ScalarSet.space.inverted())
        case "p", "P": return .many(try property(isInverted: scalar == "P"))
        case "t": return .one("\t")
        case "n": return .one("\n")
        case "r": return .one("\r")
        case "f": return .one("\u{C}")
        case "v": return .one("\u{B}")
        case "0": return .one("\0")
        case "c": return .one(try control())
        case "x": return .one(try hexadecimal(2))
        case "u": return .one(try unicode())
        case "a"..."z", "A"..."Z", "1"..."9":
            at -= 1
            throw fault("there is no escape \\\(scalar)")
        default: return .one(scalar)
        }
    }

    private mutating func property(isInverted: Bool) throws(PatternError) -> ScalarSet {
        guard take("{") else { throw fault("\\p needs a name in braces") }
        var name = String.UnicodeScalarView()
        while let scalar = peek, scalar != "}" {
            name.append(scalar)
            at += 1
        }
        guard take("}") else { throw fault("\\p needs a name in braces") }
        let written = String(name)
        let value = written.split(separator: "=").last.map(String.init) ?? ""
        guard let categories = GeneralCategories(value, isInverted: isInverted) else {
            throw fault("\\p{\(written)} is not supported; general categories are")
        }
        var set = ScalarSet()
        set.insert(categories)
        return set
    }

    private mutating func control() throws(PatternError) -> Unicode.Scalar {
        guard let letter = peek, letter.isASCII, letter.properties.isAlphabetic else {
            throw fault("\\c needs a letter")
        }
        at += 1
        return Unicode.Scalar(UInt8(letter.value & 31))
    }

    private mutating func unicode() throws(PatternError) -> Unicode.Scalar {
        guard take("{") else { return try surrogatesJoined(try hexadecimalValue(4)) }
        var value: UInt32 = 0
        var digits = 0
        while let digit = hexDigit {
            value = min(value << 4 | digit, 0x110000)
            digits += 1
        }
        guard digits > 0, take("}"), let scalar = Unicode.Scalar(value) else {
            throw fault("\\u{…} names no code point")
        }
        return scalar
    }

    private mutating func surrogatesJoined(_ first: UInt32) throws(PatternError) -> Unicode.Scalar {
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take("\\"), take("u") else { throw fault("\\u names half a pair") }
        let second = try hexadecimalValue(4)
        guard second & 0xFC00 == 0xDC00,
            let scalar = Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)
        else { throw fault("\\u names half a pair") }
        return scalar
    }

    private mutating func hexadecimal(_ count: Int) throws(PatternError) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(try hexadecimalValue(count)) else {
            throw fault("an escape names no code point")
        }
        return scalar
    }

    private mutating func hexadecimalValue(_ count: Int) throws(PatternError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = hexDigit else { throw fault("an escape lacks a hexadecimal digit") }
            value = value << 4 | digit
        }
        return value
    }

    /// The value of the next hexadecimal digit, which is taken; nil and nothing taken if it is
    /// none.
    private var hexDigit: UInt32? {
        mutating get {
            guard let scalar = peek, scalar.isASCII, let digit = UInt8(scalar.value).hexDigit else {
                return nil
            }
            at += 1
            return UInt32(digit)
        }
    }
}
