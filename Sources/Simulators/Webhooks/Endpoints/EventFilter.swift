/// Which events an endpoint wants: one type, all types below a name (`payment.*`), or all (`*`).
package struct EventFilter: Sendable, Hashable {
    package let text: String

    /// Nil for anything else than lower-case words joined by dots, the last one maybe a star.
    package init?(_ text: String) {
        guard text.utf8.count <= WebhookLimits.filterBytes else { return nil }
        let words = text.split(separator: ".", omittingEmptySubsequences: false)
        for (index, word) in words.enumerated() {
            if word == "*", index == words.count - 1 { continue }
            guard !word.isEmpty, word.utf8.allSatisfy(Self.isWordByte) else { return nil }
        }
        self.text = text
    }

    package func matches(_ type: String) -> Bool {
        guard text.hasSuffix("*") else { return type == text }
        return type.hasPrefix(text.dropLast())
    }

    /// The same as a pattern of SQL's LIKE, in which the underscore is a wildcard.
    var likePattern: String {
        let escaped = text.replacing("_", with: "\\_")
        return text.hasSuffix("*") ? escaped.dropLast() + "%" : escaped
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
            || byte == UInt8(ascii: "_")
    }
}
