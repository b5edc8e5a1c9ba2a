/// An e-mail address that could be delivered to; whether it exists only a message can tell.
package struct Email: Sendable, Hashable {
    /// As typed.
    package let text: String

    /// Checks length and shape: one `@` with something before it, a domain with a dot after it, no
    /// spaces or control characters. RFC 5321 allows more in quotes, which nobody types.
    package init(_ text: String) throws(TenancyError) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let isPrintable = text.unicodeScalars.allSatisfy {
            $0.value > 0x20 && $0.value != 0x7F && !$0.properties.isWhitespace
        }
        guard parts.count == 2, isPrintable, text.utf8.count <= Limits.emailBytes,
            // RFC 5321 §4.5.3.1.1.
            (1...64).contains(parts[0].utf8.count), Self.isDomain(parts[1])
        else {
            throw .invalid(member: "email", rule: "an address such as `ada@example.com`")
        }
        self.text = text
    }

    /// What the directory hashes: one mailbox has one entry however it is typed.
    package var normalized: String { text.lowercased() }

    private static func isDomain(_ domain: Substring) -> Bool {
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            }
    }
}
