// Conditions behind `?`, RFC 9535 §2.3.5.
extension JSONPathParser {
    mutating func condition() throws(JSONPathError) -> JSONPath.Condition {
        try nested { parser throws(JSONPathError) in
            let found = try parser.joined("||") { parser throws(JSONPathError) in
                let all = try parser.joined("&&") { parser throws(JSONPathError) in
                    try parser.basic()
                }
                return all.count == 1 ? all[0] : .all(all)
            }
            return found.count == 1 ? found[0] : .any(found)
        }
    }

    private mutating func joined(
        _ sign: String,
        _ part: (inout JSONPathParser) throws(JSONPathError) -> JSONPath.Condition
    ) throws(JSONPathError) -> [JSONPath.Condition] {
        var parts = [try part(&self)]
        while true {
            let end = at
            skipSpace()
            guard take(sign) else {
                at = end
                return parts
            }
            skipSpace()
            parts.append(try part(&self))
        }
    }

    private mutating func basic() throws(JSONPathError) -> JSONPath.Condition {
        if take("!") {
            skipSpace()
            return .not(peek == "(" ? try inParentheses() : try test())
        }
        if peek == "(" { return try inParentheses() }
        guard let left = try operandOrNone() else { return try test() }
        skipSpace()
        if let sign = JSONPath.Comparison.allCases.first(where: { take($0.rawValue) }) {
            return try comparison(of: left, sign)
        }
        guard case .query(let query) = left else { throw fault("a value is compared with another") }
        return .exists(query)
    }

    private mutating func inParentheses() throws(JSONPathError) -> JSONPath.Condition {
        _ = take("(")
        skipSpace()
        let inner = try condition()
        skipSpace()
        guard take(")") else { throw fault("expected )") }
        return inner
    }

    /// Whether a query selects anything, or a text matches.
    private mutating func test() throws(JSONPathError) -> JSONPath.Condition {
        if let query = try query() { return .exists(query) }
        for (name, isWhole) in [("match(", true), ("search(", false)] where take(name) {
            let text = try argument { parser throws(JSONPathError) in try parser.operand() }
            guard take(",") else { throw fault("it takes a text and a regular expression") }
            let expression = try argument { parser throws(JSONPathError) in try parser.operand() }
            guard take(")") else { throw fault("expected )") }
            return .matches(text, .init(expression, isWhole: isWhole), isWhole: isWhole)
        }
        throw fault("a condition is a query, a comparison, match or search")
    }

    private mutating func comparison(
        of left: JSONPath.Operand, _ sign: JSONPath.Comparison
    ) throws(JSONPathError) -> JSONPath.Condition {
        skipSpace()
        let right = try operand()
        if case .query(let query) = left, !query.isSingular {
            throw fault("only queries of names and indexes can be compared")
        }
        return .compares(left, sign, right)
    }

    private mutating func operand() throws(JSONPathError) -> JSONPath.Operand {
        guard let operand = try operandOrNone() else {
            throw fault("a value, a query, length, count or value stands here")
        }
        if case .query(let query) = operand, !query.isSingular {
            throw fault("only queries of names and indexes have one value")
        }
        return operand
    }

    private mutating func operandOrNone() throws(JSONPathError) -> JSONPath.Operand? {
        if let query = try query() { return .query(query) }
        if let literal = try literal() { return .literal(literal) }
        if take("length(") {
            let inner = try argument { parser throws(JSONPathError) in try parser.operand() }
            guard take(")") else { throw fault("expected )") }
            return .length(inner)
        }
        for name in ["count(", "value("] where take(name) {
            let query = try argument { parser throws(JSONPathError) in
                guard let query = try parser.query() else { throw parser.fault("it takes a query") }
                return query
            }
            guard take(")") else { throw fault("expected )") }
            return name == "count(" ? .count(query) : .value(query)
        }
        return nil
    }

    private mutating func argument<Part>(
        _ read: (inout JSONPathParser) throws(JSONPathError) -> Part
    ) throws(JSONPathError) -> Part {
        skipSpace()
        let part = try nested(read)
        skipSpace()
        return part
    }

    /// Nil where none begins.
    private mutating func query() throws(JSONPathError) -> JSONPath.Query? {
        guard let sign = peek, sign == "@" || sign == "$" else { return nil }
        at += 1
        let segments = try segments()
        return JSONPath.Query(isRelative: sign == "@", segments: segments)
    }
}

extension JSONPath.Expression {
    init(_ operand: JSONPath.Operand, isWhole: Bool) {
        if case .literal(let value) = operand {
            self = .known(value.string.flatMap { Pattern(interoperable: $0, isWhole: isWhole) })
        } else {
            self = .operand(operand)
        }
    }
}

extension Pattern {
    /// Reads a regular expression of RFC 9485; nil for what is none. Its §5.3 says how one becomes
    /// ours: the point leaves out line ends only, and the whole is anchored.
    convenience init?(interoperable source: String, isWhole: Bool) {
        var translated = ""
        var isEscaped = false
        var isInClass = false
        for scalar in source.unicodeScalars {
            if scalar == ".", !isEscaped, !isInClass {
                translated += "[^\\n\\r]"
            } else {
                translated.unicodeScalars.append(scalar)
            }
            if !isEscaped, scalar == "[" { isInClass = true }
            if !isEscaped, scalar == "]" { isInClass = false }
            isEscaped = !isEscaped && scalar == "\\"
        }
        do throws(PatternError) {
            try self.init(isWhole ? "^(?:\(translated))$" : translated)
        } catch {
            return nil
        }
    }
}
