// Formats that are little languages of their own.

/// Relative JSON Pointer §3: a number without superfluous zeros, then `#` or a pointer.
func isRelativeJSONPointer(_ bytes: FormatBytes) -> Bool {
    let digits = bytes.prefix(while: \.isASCIIDigit)
    guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0") else {
        return false
    }
    let rest = bytes[digits.endIndex...]
    if rest.elementsEqual([UInt8(ascii: "#")]) { return true }
    return JSONPointer(String(decoding: rest, as: UTF8.self)) != nil
}

/// RFC 3339 appendix A: weeks alone, or years to seconds with nothing left out in between.
func isDuration(_ bytes: FormatBytes) -> Bool {
    guard bytes.first == UInt8(ascii: "P") else { return false }
    let rest = bytes.dropFirst()
    let date = rest.prefix { $0 != UInt8(ascii: "T") }
    guard let units = durationUnits(date) else { return false }
    if date.endIndex == rest.endIndex {
        return units == "W" || !units.isEmpty && "YMD".contains(units)
    }
    guard let times = durationUnits(rest[(date.endIndex + 1)...]) else { return false }
    return "YMD".contains(units) && !times.isEmpty && "HMS".contains(times)
}

/// The letters behind the numbers; nil if something else stands there.
private func durationUnits(_ bytes: FormatBytes) -> String? {
    var units = ""
    var rest = bytes
    while !rest.isEmpty {
        let digits = rest.prefix(while: \.isASCIIDigit)
        guard !digits.isEmpty, digits.endIndex < rest.endIndex else { return nil }
        units.unicodeScalars.append(Unicode.Scalar(rest[digits.endIndex]))
        rest = rest[(digits.endIndex + 1)...]
    }
    return units
}

/// RFC 6570 §2: literals, and expressions in braces.
func isURITemplate(_ bytes: FormatBytes) -> Bool {
    var rest = bytes
    while let byte = rest.first {
        switch byte {
        case UInt8(ascii: "{"):
            guard let close = rest.firstIndex(of: UInt8(ascii: "}")),
                isExpression(rest[(rest.startIndex + 1)..<close])
            else { return false }
            rest = rest[(close + 1)...]
        case UInt8(ascii: "%"):
            guard isEscape(rest.prefix(3)) else { return false }
            rest = rest.dropFirst(3)
        case 0...0x20, 0x7F: return false
        default:
            if "\"<>\\^`|}".utf8.contains(byte) { return false }
            rest = rest.dropFirst()
        }
    }
    return true
}

private func isExpression(_ bytes: FormatBytes) -> Bool {
    let hasOperator = bytes.first.map { "+#./;?&=,!@|".utf8.contains($0) } ?? false
    let list = hasOperator ? bytes.dropFirst() : bytes
    return list.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        .allSatisfy { isVariable($0) }
}

/// A name, then nothing, `*` or `:` with a length below 10,000.
private func isVariable(_ bytes: FormatBytes) -> Bool {
    var name = bytes
    if name.last == UInt8(ascii: "*") {
        name = name.dropLast()
    } else if let colon = name.firstIndex(of: UInt8(ascii: ":")) {
        let length = name[(colon + 1)...]
        guard (1...4).contains(length.count), length.allSatisfy(\.isASCIIDigit),
            length.first != UInt8(ascii: "0")
        else { return false }
        name = name[..<colon]
    }
    return name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        .allSatisfy { part in
            var rest = part
            while let byte = rest.first {
                if byte == UInt8(ascii: "%") {
                    guard isEscape(rest.prefix(3)) else { return false }
                    rest = rest.dropFirst(3)
                } else {
                    guard isAlphanumeric(byte) || byte == UInt8(ascii: "_") else { return false }
                    rest = rest.dropFirst()
                }
            }
            return !part.isEmpty
        }
}

private func isEscape(_ bytes: FormatBytes) -> Bool {
    bytes.count == 3 && bytes.dropFirst().allSatisfy { $0.hexDigit != nil }
}

/// Whether the text is a pattern, be it one that our engine refuses to run.
func isPattern(_ text: String) -> Bool {
    do throws(PatternError) {
        _ = try Pattern(text)
        return true
    } catch {
        return error.isUnsupported
    }
}
