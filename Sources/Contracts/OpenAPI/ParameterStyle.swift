/// How a parameter's value is written (OpenAPI 3.1 §4.8.12.3; `collectionFormat` of 2.0).
package enum ParameterStyle: String, Sendable {
    case simple, label, matrix, form, spaceDelimited, pipeDelimited, deepObject
    /// 2.0 only.
    case tabDelimited

    /// What stands between elements that share one text.
    var separator: Character {
        switch self {
        case .spaceDelimited: " "
        case .pipeDelimited: "|"
        case .tabDelimited: "\t"
        case .simple, .label, .matrix, .form, .deepObject: ","
        }
    }

    /// Of `collectionFormat`; `multi` is `form`, exploded.
    init?(collectionFormat: String) {
        switch collectionFormat {
        case "csv": self = .simple
        case "ssv": self = .spaceDelimited
        case "tsv": self = .tabDelimited
        case "pipes": self = .pipeDelimited
        case "multi": self = .form
        default: return nil
        }
    }
}

// Values of objects, and of styles that few contracts use.
extension Parameter {
    /// Whether its value has to be put together by `spelled`.
    var isSpelled: Bool {
        isObject || style == .deepObject || style == .label || style == .matrix || isJSON
    }

    /// What came in the query; nil for nothing.
    func spelled(_ query: [(name: String, value: String)]) -> JSONValue? {
        if style == .deepObject {
            let own = query.filter { $0.name == name || $0.name.hasPrefix(name + "[") }
            guard !own.isEmpty else { return nil }
            return FormDocument(own).member(name, for: schema)
        }
        if isObject, explodes {
            let members = memberNames
            let own = query.filter { members.contains($0.name) }
            return own.isEmpty ? nil : FormDocument(own).value(for: schema)
        }
        return query.first { $0.name == name }.map { spelled($0.value) }
    }

    /// The value that one text stands for.
    func spelled(_ text: String) -> JSONValue {
        if isJSON {
            do {
                return try JSONParser.parse(text)
            } catch {
                return .string(text)
            }
        }
        var text = text[...]
        if style == .label, text.first == "." { text.removeFirst() }
        if style == .matrix, text.first == ";" { text.removeFirst() }
        let separator: Character =
            style == .label && explodes ? "." : style == .matrix && explodes ? ";" : style?.separator ?? ","
        var parts = text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
        if style == .matrix, !isObject || !explodes {
            parts = parts.map { $0.hasPrefix(name + "=") ? String($0.dropFirst(name.count + 1)) : $0 }
        }
        if isObject { return members(parts) }
        if takesList { return .array(parts.map { JSONValue(parameter: $0, types: itemTypes) }) }
        return JSONValue(parameter: parts.joined(separator: String(separator)), types: types)
    }

    /// `a=1`, `b=2` when exploded, else `a`, `1`, `b`, `2`.
    private func members(_ parts: [String]) -> JSONValue {
        var pairs: [(name: String, value: String)] = []
        if explodes {
            for part in parts {
                let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                pairs.append((String(sides[0]), sides.count > 1 ? String(sides[1]) : ""))
            }
        } else {
            for start in stride(from: 0, to: parts.count - 1, by: 2) {
                pairs.append((parts[start], parts[start + 1]))
            }
        }
        return FormDocument(pairs).value(for: schema)
    }
}
