/// Turns WireMock's response templates, which are Handlebars with helpers of its own, into ours. What
/// has no counterpart is left as it stands and refused with its place when the rule is read.
struct WireMockTemplate {
    /// The operation's path, whose parts `request.pathSegments` counts.
    let path: String

    func translated(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstRange(of: "{{") {
            result += rest[..<open.upperBound]
            rest = rest[open.upperBound...]
            guard let close = rest.firstRange(of: "}}") else { break }
            result += place(String(rest[..<close.lowerBound])) + "}}"
            rest = rest[close.upperBound...]
        }
        return result + rest
    }

    private func place(_ inside: String) -> String {
        let words = inside.split(separator: " ").map(String.init)
        switch words.first {
        case "jsonPath":
            guard words.count == 3, words[1] == "request.body",
                let tokens = JSONPathText.tokens(String(words[2].dropFirst().dropLast()))
            else { return inside }
            return (["request", "body"] + tokens).joined(separator: ".")
        case "randomValue": return words.dropFirst() == ["type='UUID'"] ? "uuid" : inside
        case "randomInt":
            let bounds = words.dropFirst().map { $0.split(separator: "=").last.map(String.init) ?? "" }
            return bounds.count == 2 && words[1].hasPrefix("lower=") && words[2].hasPrefix("upper=")
                ? "random \(bounds[0]) (subtract \(bounds[1]) 1)" : inside
        case "now": return now(inside)
        default: return words.map(name).joined(separator: " ")
        }
    }

    /// `now offset='3 days' format='yyyy-MM-dd'`.
    private func now(_ inside: String) -> String {
        var text = inside.replacing("format='yyyy-MM-dd'", with: "format='date'")
        guard let option = text.firstRange(of: "offset='") else { return text }
        let value = text[option.upperBound...].prefix { $0 != "'" }
        let parts = value.split(separator: " ")
        let units = [
            "day": "P#D", "hour": "PT#H", "minute": "PT#M", "second": "PT#S",
        ]
        guard parts.count == 2, let count = Int(parts[0]),
            let unit = units[parts[1].hasSuffix("s") ? String(parts[1].dropLast()) : String(parts[1])]
        else { return text }
        let duration = (count < 0 ? "-" : "") + unit.replacing("#", with: "\(count.magnitude)")
        text.replaceSubrange(value.startIndex..<value.endIndex, with: duration)
        return text
    }

    private func name(_ word: String) -> String {
        if word.hasPrefix("request.pathSegments.") {
            let parts = path.split(separator: "/")
            let index = Int(word.dropFirst(21).filter { $0 != "[" && $0 != "]" })
            guard let index, parts.indices.contains(index) else { return word }
            return parts[index].hasPrefix("{")
                ? "request.path.\(parts[index].dropFirst().dropLast())" : "'\(parts[index])'"
        }
        for prefix in ["request.query.", "request.headers."] where word.hasPrefix(prefix) {
            let name = word.dropFirst(prefix.count).prefix { $0 != "." }
            return prefix + name
        }
        return word
    }
}
