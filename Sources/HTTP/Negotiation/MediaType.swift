/// A media type such as `application/json; charset=utf-8` (RFC 9110 §8.3.1).
package struct MediaType: Equatable, Sendable {
    /// `application/json`, in lower case.
    package let essence: String
    /// In order, names in lower case.
    package let parameters: [(name: String, value: String)]

    /// Nil when `text` is not `type/subtype` with well-formed parameters.
    package init?(_ text: String) {
        let parts = ListSyntax.members(of: text, separator: UInt8(ascii: ";"))
        guard let essence = parts.first?.lowercased() else { return nil }
        let halves = essence.utf8.split(separator: .slash, omittingEmptySubsequences: false)
        guard halves.count == 2,
            halves.allSatisfy({ !$0.isEmpty && $0.allSatisfy(ByteClass.isToken) })
        else { return nil }
        var parameters: [(name: String, value: String)] = []
        for part in parts.dropFirst() {
            guard let parameter = MediaType.parameter(part) else { return nil }
            parameters.append(parameter)
        }
        self.essence = essence
        self.parameters = parameters
    }

    package func parameter(_ name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    /// `application/json` or anything `+json`.
    package var isJSON: Bool { essence == "application/json" || essence.hasSuffix("+json") }

    /// Whether compression pays: text, JSON, XML, scripts, SVG. Not for event streams: they are
    /// thin and stay open for hours, and a compressor holds a quarter of a megabyte.
    package var isLikeText: Bool {
        if essence == "text/event-stream" { return false }
        return essence.hasPrefix("text/") || isJSON || essence.hasSuffix("+xml")
            || [
                "application/xml", "application/javascript", "application/yaml",
                "application/x-ndjson", "application/openmetrics-text",
            ].contains(essence)
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.essence == right.essence
            && left.parameters.elementsEqual(right.parameters) { $0 == $1 }
    }

    /// `name=token` or `name="quoted"`.
    static func parameter(_ text: String) -> (name: String, value: String)? {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty,
            halves[0].utf8.allSatisfy(ByteClass.isToken)
        else { return nil }
        let value = halves[1]
        let name = halves[0].lowercased()
        if value.first == "\"" {
            return unquoted(value).map { (name, $0) }
        }
        guard !value.isEmpty, value.utf8.allSatisfy(ByteClass.isToken) else { return nil }
        return (name, String(value))
    }

    private static func unquoted(_ text: Substring) -> String? {
        var value = ""
        var isEscaped = false
        var rest = text.dropFirst()
        while let character = rest.popFirst() {
            if isEscaped {
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
                continue
            } else if character == "\"" {
                return rest.isEmpty ? value : nil
            }
            value.append(character)
        }
        return nil
    }
}

/// What media types a client takes (RFC 9110 §12.5.1).
package struct Accept: Sendable {
    private let ranges: [(value: String, specificity: Int, quality: Int)]

    /// No field, or none that can be read, takes everything.
    package init(_ fields: HeaderFields) {
        ranges = fields.list("accept").compactMap(Preference.init).map { preference in
            let specificity =
                preference.value == "*/*" ? 0 : preference.value.hasSuffix("/*") ? 1 : 2
            return (preference.value, specificity, preference.quality)
        }
    }

    /// The offer that the client wants most, the earlier of equals; nil when it takes none.
    package func best(of offers: [String]) -> String? {
        var best: (offer: String, quality: Int)?
        for offer in offers {
            let quality = quality(of: offer)
            if quality > best?.quality ?? 0 { best = (offer, quality) }
        }
        return best?.offer
    }

    /// The weight that the most specific matching range gives.
    private func quality(of offer: String) -> Int {
        guard !ranges.isEmpty else { return 1_000 }
        let type = offer.prefix { $0 != "/" } + "/*"
        let matching = ranges.filter { $0.value == offer || $0.value == type || $0.value == "*/*" }
        return matching.max { $0.specificity < $1.specificity }?.quality ?? 0
    }
}
