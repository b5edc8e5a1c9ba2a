/// Reads the text of a query, RFC 9535 §2.
struct JSONPathParser {
    let scalars: [Unicode.Scalar]
    var at = 0
    /// Filters, parentheses and functions around the place.
    private var depth = 0

    init(_ source: String) throws(JSONPathError) {
        guard source.utf8.count <= Limits.jsonPathBytesMax else {
            throw JSONPathError(
                reason: "a query has at most \(Limits.jsonPathBytesMax) bytes", offset: nil)
        }
        scalars = Array(source.unicodeScalars)
    }

    mutating func whole() throws(JSONPathError) -> JSONPath.Query {
        guard take("$") else { throw fault("a query begins with $") }
        let query = JSONPath.Query(isRelative: false, segments: try segments())
        guard at == scalars.count else { throw fault("nothing can stand here") }
        return query
    }

    /// Everything behind `$` or `@`.
    mutating func segments() throws(JSONPathError) -> [JSONPath.Segment] {
        var found: [JSONPath.Segment] = []
        while true {
            let end = at
            skipSpace()
            guard let segment = try segment() else {
                at = end
                return found
            }
            found.append(segment)
        }
    }

    private mutating func segment() throws(JSONPathError) -> JSONPath.Segment? {
        if peek == "[" { return .init(isDescendant: false, selectors: try bracketed()) }
        guard take(".") else { return nil }
        let isDescendant = take(".")
        if isDescendant, peek == "[" {
            return .init(isDescendant: true, selectors: try bracketed())
        }
        if take("*") { return .init(isDescendant: isDescendant, selectors: [.wildcard]) }
        return .init(isDescendant: isDescendant, selectors: [.name(try shorthand())])
    }

    private mutating func shorthand() throws(JSONPathError) -> String {
        var name = String.UnicodeScalarView()
        while let next = peek, next.isNameStart || !name.isEmpty && next.isDigit {
            name.append(next)
            at += 1
        }
        guard !name.isEmpty else { throw fault("a name, * or [ stands behind a point") }
        return String(name)
    }

    private mutating func bracketed() throws(JSONPathError) -> [JSONPath.Selector] {
        _ = take("[")
        var selectors: [JSONPath.Selector] = []
        repeat {
            skipSpace()
            selectors.append(try selector())
            skipSpace()
        } while take(",")
        guard take("]") else { throw fault("expected , or ]") }
        return selectors
    }

    private mutating func selector() throws(JSONPathError) -> JSONPath.Selector {
        switch peek {
        case "*":
            at += 1
            return .wildcard
        case "'", "\"": return .name(try text())
        case "?":
            at += 1
            skipSpace()
            return .filter(try condition())
        default: return try indexOrSlice()
        }
    }

    private mutating func indexOrSlice() throws(JSONPathError) -> JSONPath.Selector {
        let start = try integer()
        let end = at
        skipSpace()
        guard take(":") else {
            at = end
            guard let start else {
                throw fault("a name in quotes, an index, *, : or ? stands here")
            }
            return .index(start)
        }
        skipSpace()
        let stop = try integer()
        skipSpace()
        var step = 1
        if take(":") {
            skipSpace()
            step = try integer() ?? 1
        }
        return .slice(start: start, end: stop, step: step)
    }

    /// Nil where no number begins.
    private mutating func integer() throws(JSONPathError) -> Int? {
        let begin = at
        _ = take("-")
        while let next = peek, next.isDigit { at += 1 }
        guard at > begin else { return nil }
        let text = written(from: begin)
        let digits = text.drop { $0 == "-" }
        // RFC 9535 §2.1: what JSON's readers agree on.
        guard let value = Int(text), abs(value) < 1 << 53, text != "-0",
            digits.count == 1 || digits.first != "0"
        else { throw fault("\(text) is no index") }
        return value
    }

    // MARK: Characters

    var peek: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

    mutating func take(_ wanted: String) -> Bool {
        let wanted = Array(wanted.unicodeScalars)
        guard scalars[at...].starts(with: wanted) else { return false }
        at += wanted.count
        return true
    }

    mutating func skipSpace() {
        while let next = peek, [" ", "\t", "\n", "\r"].contains(next) { at += 1 }
    }

    func written(from begin: Int) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[begin..<at])
        return String(text)
    }

    func fault(_ reason: String) -> JSONPathError { JSONPathError(reason: reason, offset: at) }

    /// Reads what may hold itself.
    mutating func nested<Part>(
        _ read: (inout JSONPathParser) throws(JSONPathError) -> Part
    ) throws(JSONPathError) -> Part {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Limits.jsonPathDepthMax else { throw fault("filters are nested too deep") }
        return try read(&self)
    }
}

extension Unicode.Scalar {
    fileprivate var isNameStart: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_" || value >= 0x80
    }

    var isDigit: Bool { ("0"..."9").contains(self) }
}
