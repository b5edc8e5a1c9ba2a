// Texts, numbers and the three words.
extension JSONPathParser {
    /// A text in single or double quotes.
    mutating func text() throws(JSONPathError) -> String {
        let quote = peek
        at += 1
        var text = String.UnicodeScalarView()
        while let next = peek {
            at += 1
            if next == quote { return String(text) }
            guard next.value >= 0x20 else {
                at -= 1
                throw fault("a control character in a text is written \\u00XX")
            }
            text.append(next == "\\" ? try escaped(quote) : next)
        }
        throw fault("the text does not end")
    }

    private mutating func escaped(
        _ quote: Unicode.Scalar?
    ) throws(JSONPathError) -> Unicode.Scalar {
        guard let next = peek else { throw fault("the text does not end") }
        at += 1
        switch next {
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "/", "\\": return next
        case "u": return try codePoint()
        default:
            guard next == quote else {
                at -= 1
                throw fault("there is no escape \\\(next)")
            }
            return next
        }
    }

    private mutating func codePoint() throws(JSONPathError) -> Unicode.Scalar {
        let first = try hexUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800...0xDBFF).contains(first), take("\\u") else {
            throw fault("half a surrogate pair")
        }
        let second = try hexUnit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw fault("half a surrogate pair") }
        return scalar
    }

    private mutating func hexUnit() throws(JSONPathError) -> UInt32 {
        let begin = at
        while at < begin + 4, let next = peek, next.properties.isASCIIHexDigit { at += 1 }
        guard at == begin + 4, let unit = UInt32(written(from: begin), radix: 16) else {
            throw fault("four hexadecimal digits stand behind \\u")
        }
        return unit
    }

    /// Nil where none begins.
    mutating func literal() throws(JSONPathError) -> JSONValue? {
        switch peek {
        case "'", "\"": return .string(try text())
        case "-": return .number(try number())
        case let next? where next.isDigit: return .number(try number())
        default:
            if take("true") { return .bool(true) }
            if take("false") { return .bool(false) }
            return take("null") ? .null : nil
        }
    }

    private mutating func number() throws(JSONPathError) -> JSONNumber {
        let begin = at
        while let next = peek, next.isDigit || ["-", "+", ".", "e", "E"].contains(next) { at += 1 }
        guard let number = JSONNumber(written(from: begin)) else {
            throw fault("\(written(from: begin)) is no number")
        }
        return number
    }
}
