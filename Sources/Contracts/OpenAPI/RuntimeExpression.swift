/// A value of a call, as contracts name it (OpenAPI 3.1 §4.8.20.4): `$url`, `$method`,
/// `$statusCode`, `$request.header.x`, `$request.query.x`, `$request.path.x`, `$request.body#/x`,
/// and the same of `$response` but for query and path.
package enum RuntimeExpression: Hashable, Sendable {
    case url, method, statusCode
    case request(Source)
    case response(Source)

    package enum Source: Hashable, Sendable {
        case header(String)
        case query(String)
        case path(String)
        case body(JSONPointer)
    }

    /// Nil for what is no expression.
    package init?(_ text: some StringProtocol) {
        let text = String(text)
        switch text {
        case "$url": self = .url
        case "$method": self = .method
        case "$statusCode": self = .statusCode
        default:
            if let source = Source(text, behind: "$request.") {
                self = .request(source)
            } else if let source = Source(text, behind: "$response."), source.isOfAnswers {
                self = .response(source)
            } else {
                return nil
            }
        }
    }
}

extension RuntimeExpression.Source {
    fileprivate init?(_ text: String, behind start: String) {
        guard text.hasPrefix(start) else { return nil }
        let text = text.dropFirst(start.count)
        if text == "body" {
            self = .body(.root)
        } else if text.hasPrefix("body#") {
            guard let pointer = JSONPointer(String(text.dropFirst(5))) else { return nil }
            self = .body(pointer)
        } else {
            let sides = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, !sides[1].isEmpty else { return nil }
            let name = String(sides[1])
            switch sides[0] {
            case "header": self = .header(name)
            case "query": self = .query(name)
            case "path": self = .path(name)
            default: return nil
            }
        }
    }

    fileprivate var isOfAnswers: Bool {
        switch self {
        case .header, .body: true
        case .query, .path: false
        }
    }
}

/// Text with expressions in braces: the URL of a callback.
package struct RuntimeTemplate: Hashable, Sendable {
    package enum Part: Hashable, Sendable {
        case text(String)
        case expression(RuntimeExpression)
    }

    package let parts: [Part]
    /// As the contract writes it.
    package let text: String

    /// An expression may stand alone, without braces. Nil where a brace is not closed, or holds
    /// what is no expression, and for more than `Limits.templatePartsMax` parts.
    package init?(_ text: String) {
        self.text = text
        if let alone = RuntimeExpression(text) {
            parts = [.expression(alone)]
            return
        }
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}"),
                let expression = RuntimeExpression(rest[rest.index(after: open)..<close]),
                parts.count <= Limits.templatePartsMax
            else { return nil }
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(.expression(expression))
            rest = rest[rest.index(after: close)...]
        }
        guard !rest.contains("}") else { return nil }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        guard parts.count <= Limits.templatePartsMax else { return nil }
        self.parts = parts
    }
}
