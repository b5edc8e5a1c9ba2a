/// Reads the syntax of a pattern: alternatives, sequences, quantifiers, groups.
struct PatternParser {
    let scalars: [Unicode.Scalar]
    var at = 0
    private var depth = 0

    init(_ source: String) { scalars = Array(source.unicodeScalars) }

    mutating func pattern() throws(PatternError) -> PatternNode {
        let node = try alternatives()
        guard at == scalars.count else { throw fault("there is a \")\" without its \"(\"") }
        return node
    }

    private mutating func alternatives() throws(PatternError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Limits.patternDepthMax else { throw fault("groups are nested too deep") }
        var found = [try sequence()]
        while take("|") { found.append(try sequence()) }
        return found.count == 1 ? found[0] : .choice(found)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var parts: [PatternNode] = []
        while let next = peek, next != "|", next != ")" {
            parts.append(try quantified())
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
    }

    private mutating func quantified() throws(PatternError) -> PatternNode {
        let start = at
        let part = try atom()
        guard let (least, most) = try quantifier() else { return part }
        if case .assertion = part {
            at = start
            throw fault("an anchor cannot be repeated")
        }
        _ = take("?")  // Lazy: the same texts match.
        return .repetition(part, least: least, most: most)
    }

    private mutating func quantifier() throws(PatternError) -> (least: Int, most: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = at
        guard take("{") else { return nil }
        guard let least = try count() else {
            at = start  // Not a quantifier: ECMA-262 annex B takes the brace literally.
            return nil
        }
        var most: Int? = least
        if take(",") { most = try count() }
        guard take("}") else {
            at = start
            return nil
        }
        if let most, most < least { throw fault("a quantifier's bounds are out of order") }
        return (least, most)
    }

    private mutating func count() throws(PatternError) -> Int? {
        var value: Int?
        while let digit = peek?.value, digit >= 0x30, digit <= 0x39 {
            value = (value ?? 0) * 10 + Int(digit - 0x30)
            guard value! <= Limits.patternInstructionsMax else {
                throw fault("a quantifier is larger than \(Limits.patternInstructionsMax)")
            }
            at += 1
        }
        return value
    }

    private mutating func atom() throws(PatternError) -> PatternNode {
        guard let scalar = peek else { throw fault("the pattern ends too early") }
        switch scalar {
        case "^":
            at += 1
            return .assertion(.start)
        case "$":
            at += 1
            return .assertion(.end)
        case ".":
            at += 1
            return .set(.any)
        case "(":
            at += 1
            return try group()
        case "[":
            at += 1
            return .set(try characterClass())
        case "\\":
            at += 1
            return try escapedAtom()
        case "*", "+", "?": throw fault("there is nothing to repeat")
        default:
            if scalar == "{", try quantifier() != nil { throw fault("there is nothing to repeat") }
            at += 1
            return .set(ScalarSet([scalar.value...scalar.value]))
        }
    }

    private mutating func group() throws(PatternError) -> PatternNode {
        if take("?") {
            if take("<") {
                if peek == "=" || peek == "!" { throw unsupported("lookbehind") }
                while let scalar = peek, scalar != ">", scalar != ")" { at += 1 }
                guard take(">") else { throw fault("a group's name does not end") }
            } else if peek == "=" || peek == "!" {
                throw unsupported("lookahead")
            } else if !take(":") {
                throw fault("there is no such kind of group")
            }
        }
        let inner = try alternatives()
        guard take(")") else { throw fault("there is a \"(\" without its \")\"") }
        return inner
    }

    private mutating func escapedAtom() throws(PatternError) -> PatternNode {
        guard let scalar = peek else { throw fault("the pattern ends after a backslash") }
        switch scalar {
        case "b":
            at += 1
            return .assertion(.wordBoundary)
        case "B":
            at += 1
            return .assertion(.noWordBoundary)
        case "1"..."9", "k": throw unsupported("backreferences")
        default:
            return switch try escape() {
            case .one(let scalar): .set(ScalarSet([scalar.value...scalar.value]))
            case .many(let set): .set(set)
            }
        }
    }

    var peek: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        at += 1
        return true
    }

    func fault(_ reason: String) -> PatternError { PatternError(reason: reason, offset: at) }

    /// For what other engines take.
    func unsupported(_ construct: String) -> PatternError {
        PatternError(reason: "\(construct): not supported", offset: at, isUnsupported: true)
    }
}
