// The core schema of YAML 1.2 (§10.3.2).

struct YAMLScalarFault: Error {
    let reason: String
}

extension YAMLScalar {
    /// What the scalar stands for, by its tag or, if it is plain and has none, by its form.
    func value(tag: String?) throws(YAMLScalarFault) -> JSONValue {
        guard let tag else { return isPlain ? try plainValue() : .string(text) }
        let prefix = "tag:yaml.org,2002:"
        guard tag.hasPrefix(prefix) else {
            if tag == "!" { return .string(text) }
            throw YAMLScalarFault(reason: "the tag \(tag) is not supported")
        }
        let name = tag.dropFirst(prefix.count)
        if name == "str" { return .string(text) }
        let value = try plainValue()
        switch (name, value) {
        case ("int", .number(let number)) where number.isInteger: return value
        case ("float", .number), ("bool", .bool), ("null", .null): return value
        case ("int", _), ("float", _), ("bool", _), ("null", _):
            throw YAMLScalarFault(reason: "\(JSONValue.string(text).shown) is no \(name)")
        default: throw YAMLScalarFault(reason: "the tag \(tag) is not supported")
        }
    }

    private func plainValue() throws(YAMLScalarFault) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        case ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
            "-.Inf", "-.INF":
            throw YAMLScalarFault(reason: "\(text) is a number that JSON does not have")
        default: break
        }
        guard let first = text.utf8.first,
            first.isASCIIDigit || "+-.".utf8.contains(first)
        else { return .string(text) }
        if text.hasPrefix("0x") || text.hasPrefix("0o") {
            return try number(radix: text.hasPrefix("0x") ? 16 : 8)
        }
        return decimal.map { .number($0) } ?? .string(text)
    }

    private func number(radix: Int) throws(YAMLScalarFault) -> JSONValue {
        let digits = text.dropFirst(2)
        let isNumber = !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isHexDigit }
        guard isNumber, radix == 16 || !digits.contains(where: { $0 > "7" }) else {
            return .string(text)
        }
        guard let value = UInt64(digits, radix: radix) else {
            throw YAMLScalarFault(reason: "\(text) has more than 64 bits")
        }
        return .int(value)
    }

    /// The text as JSON writes it: without `+` and superfluous zeros, with a digit on both sides
    /// of the point. nil if it is no number.
    private var decimal: JSONNumber? {
        if let number = JSONNumber(text) { return number }
        var rest = Substring(text)
        var written = ""
        if rest.first == "-" || rest.first == "+" {
            if rest.removeFirst() == "-" { written = "-" }
        }
        let whole = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest[whole.endIndex...]
        var fraction: Substring = ""
        if rest.first == "." {
            fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            rest = rest[fraction.endIndex...]
        }
        if whole.isEmpty && fraction.isEmpty { return nil }
        let digits = whole.drop { $0 == "0" }
        written += digits.isEmpty ? "0" : String(digits)
        if !fraction.isEmpty { written += "." + fraction }
        return JSONNumber(written + rest)
    }
}
