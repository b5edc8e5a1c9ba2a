/// The part of Markdown (CommonMark, with tables) that our own guides are written in, as HTML:
/// headings, paragraphs, lists, fenced code, tables; code, strong, emphasis and links within a line.
/// Text is escaped like all text; there is no way to raw HTML.
struct Markdown {
    private var lines: ArraySlice<Substring>
    /// Where a relative link leads; nil shows it as text.
    private let resolve: (String) -> String?

    static func html(_ text: String, resolve: @escaping (String) -> String?) -> HTML {
        var reader = Markdown(
            lines: text.split(separator: "\n", omittingEmptySubsequences: false)[...],
            resolve: resolve)
        var html = HTML()
        while let block = reader.nextBlock() { html.append(block) }
        return html
    }

    /// The first heading, which becomes the page's own, and what follows it.
    static func titled(_ text: String) -> (title: String, body: String) {
        guard text.hasPrefix("# "), let end = text.firstIndex(of: "\n") else { return ("", text) }
        return (String(text[text.index(text.startIndex, offsetBy: 2)..<end]), String(text[end...]))
    }

    // MARK: Blocks

    private mutating func nextBlock() -> HTML? {
        while let line = lines.first, line.allSatisfy(\.isWhitespace) { lines.removeFirst() }
        guard let line = lines.first else { return nil }
        if line.hasPrefix("```") { return fence() }
        if line.hasPrefix("#") { return heading() }
        if line.hasPrefix("|") { return table() }
        if Self.item(line) != nil { return list() }
        return paragraphBlock()
    }

    private mutating func fence() -> HTML {
        lines.removeFirst()
        var text: [Substring] = []
        while let line = lines.popFirst(), !line.hasPrefix("```") { text.append(line) }
        return copyable(text.joined(separator: "\n"), label: "Code")
    }

    private mutating func heading() -> HTML {
        guard let line = lines.popFirst() else { return HTML() }
        let level = line.prefix { $0 == "#" }.count
        let text = inline(line.dropFirst(level).drop { $0 == " " })
        // The page's own heading is its h1.
        return level <= 2 ? h2 { text } : h3 { text }
    }

    private mutating func table() -> HTML {
        var rows: [[Substring]] = []
        while let line = lines.first, line.hasPrefix("|") {
            lines.removeFirst()
            rows.append(Self.cells(line))
        }
        let body = rows.dropFirst().filter { row in
            !row.allSatisfy { cell in cell.allSatisfy { "-: ".contains($0) } }
        }
        let head = rows.first ?? []
        return div(.class("table-box"), .role("group"), .label("Table"), Attribute("tabindex", "0")) {
            Web.table {
                thead { tr { head.map { cell in th(Attribute("scope", "col")) { inline(cell) } } } }
                tbody { body.map { row in tr { row.map { cell in td { inline(cell) } } } } }
            }
        }
    }

    /// The cells of a row; a bar within code or behind a backslash does not end one.
    private static func cells(_ line: Substring) -> [Substring] {
        var cells: [Substring] = []
        var start = line.index(after: line.startIndex)
        var isCode = false
        var previous: Character = " "
        for place in line.indices.dropFirst() {
            let character = line[place]
            if character == "`" { isCode.toggle() }
            if character == "|", !isCode, previous != "\\" {
                cells.append(line[start..<place])
                start = line.index(after: place)
            }
            previous = character
        }
        return cells.map { Substring(String($0).trimmed) }
    }

    private mutating func list() -> HTML {
        var items: [HTML] = []
        let isOrdered = lines.first.flatMap(Self.item)?.isOrdered ?? false
        while let line = lines.first, let item = Self.item(line) {
            lines.removeFirst()
            var text = String(item.text)
            while let more = lines.first, more.hasPrefix("  "), Self.item(more) == nil {
                lines.removeFirst()
                text += " " + String(more).trimmed
            }
            items.append(li { inline(text[...]) })
        }
        return isOrdered ? ol { items } : ul { items }
    }

    /// What stands behind `- ` or `1. `; nil for another line.
    private static func item(_ line: Substring) -> (text: Substring, isOrdered: Bool)? {
        let text = line.drop { $0 == " " }
        if text.hasPrefix("- ") { return (text.dropFirst(2), false) }
        let digits = text.prefix { $0.isNumber }
        guard !digits.isEmpty, text.dropFirst(digits.count).hasPrefix(". ") else { return nil }
        return (text.dropFirst(digits.count + 2), true)
    }

    private mutating func paragraphBlock() -> HTML {
        var text: [Substring] = []
        while let line = lines.first, !line.allSatisfy(\.isWhitespace), !line.hasPrefix("```"),
            !line.hasPrefix("#"), !line.hasPrefix("|"), text.isEmpty || Self.item(line) == nil
        {
            text.append(line)
            lines.removeFirst()
        }
        let joined = text.joined(separator: " ")
        return paragraph { inline(joined[...]) }
    }

    // MARK: Within a line

    private func inline(_ text: Substring) -> HTML {
        var html = HTML()
        var rest = text
        var plain = ""
        func flush() {
            html.append(escaped: plain)
            plain = ""
        }
        while let character = rest.first {
            if let (piece, after) = span(rest) {
                flush()
                html.append(piece)
                rest = after
            } else {
                if character == "\\", rest.dropFirst().first == "|" { rest.removeFirst() }
                plain.append(rest.removeFirst())
            }
        }
        flush()
        return html
    }

    /// The piece that begins here, and what follows it; nil for plain text.
    private func span(_ text: Substring) -> (HTML, Substring)? {
        if text.hasPrefix("`"), let (inside, after) = Self.between(text, "`", "`") {
            return (code { String(inside) }, after)
        }
        if text.hasPrefix("**"), let (inside, after) = Self.between(text, "**", "**") {
            return (strong { inline(inside) }, after)
        }
        if text.hasPrefix("*"), let (inside, after) = Self.between(text, "*", "*"), !inside.hasPrefix(" ") {
            return (Element("em")() { inline(inside) }, after)
        }
        if text.hasPrefix("["), let (label, tail) = Self.between(text, "[", "]"), tail.hasPrefix("("),
            let (target, after) = Self.between(tail, "(", ")")
        {
            guard let url = resolve(String(target)) else { return (inline(label), after) }
            return (link(.href(url)) { inline(label) }, after)
        }
        return nil
    }

    private static func between(
        _ text: Substring, _ open: String, _ close: String
    ) -> (inside: Substring, after: Substring)? {
        let inner = text.dropFirst(open.count)
        guard let end = inner.firstRange(of: close), end.lowerBound > inner.startIndex else { return nil }
        return (inner[..<end.lowerBound], inner[end.upperBound...])
    }
}
