/// A request that fits an operation: what must come, and nothing else.
package struct MadeRequest: Sendable {
    /// Escaped, with its parameters, without a query.
    package let path: String
    package let query: [(name: String, value: String)]
    package let headers: [(name: String, value: String)]
    /// Nil for a request without a body.
    package let contentType: String?
    package let body: JSONValue?

    /// - Parameter known: values of path parameters that shall name something that is there.
    package init(
        _ operation: Operation, _ context: MakingContext, known: (String) -> String? = { _ in nil }
    ) {
        var path = operation.path
        var query: [(name: String, value: String)] = []
        var headers: [(name: String, value: String)] = []
        for parameter in operation.parameters where parameter.isRequired {
            let value = parameter.schema?.make(context, name: parameter.name) ?? "text"
            switch parameter.location {
            case .path:
                let text = known(parameter.name) ?? value.parameterText
                path.replace("{\(parameter.name)}", with: escaped(text))
            case .query: query += parameter.pairs(value)
            case .header: headers.append((parameter.name, value.parameterText))
            case .cookie: headers.append(("Cookie", "\(parameter.name)=\(value.parameterText)"))
            }
        }
        self.path = path
        self.query = query
        self.headers = headers
        let content = operation.requestBody?.content ?? []
        let media =
            operation.requestBody?.json ?? content.first { $0.type.contains("urlencoded") }
            ?? content.first
        contentType = media.map { $0.name.contains("*") ? "application/json" : $0.name }
        body = media?.body(context)
    }
}

extension Parameter {
    func pairs(_ value: JSONValue) -> [(name: String, value: String)] {
        switch value {
        case .array(let items) where style == .deepObject:
            return items.map { ("\(name)[]", $0.parameterText) }
        case .array(let items) where style == .form && explodes:
            return items.map { (name, $0.parameterText) }
        case .array(let items):
            return [(name, items.map(\.parameterText).joined(separator: String(style?.separator ?? ",")))]
        case .object(let object) where style == .deepObject:
            return object.members.map { ("\(name)[\($0.name)]", $0.value.parameterText) }
        case .object(let object) where style == .form && explodes:
            return object.members.map { ($0.name, $0.value.parameterText) }
        default: return [(name, isJSON ? JSONWriter.text(value) : value.parameterText)]
        }
    }
}

extension JSONValue {
    /// As it stands in a parameter.
    var parameterText: String {
        switch self {
        case .string(let text): text
        case .number(let number): number.text
        case .array(let items): items.map(\.parameterText).joined(separator: ",")
        case .null, .bool, .object: JSONWriter.text(self)
        }
    }
}

/// RFC 3986 unreserved characters stay.
private func escaped(_ text: String) -> String {
    text.utf8.map { byte in
        let isPlain =
            byte.isASCIIDigit || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || "-._~".utf8.contains(byte)
        return isPlain
            ? String(Unicode.Scalar(byte))
            : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
}
