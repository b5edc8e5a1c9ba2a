package import Runtime

/// A sandbox's name in the DNS: `{slug}.D` and `{contract}--{slug}.D`.
package struct Slug: Sendable, Hashable {
    package let text: String

    /// Takes one that a user chose: lower-case letters, digits and single hyphens inside.
    package init(_ text: String) throws(TenancyError) {
        guard text.utf8.count <= Limits.slugBytes else {
            throw .invalid(member: "slug", rule: "at most \(Limits.slugBytes) characters")
        }
        guard DNSLabel.isValid(text) else {
            throw .invalid(
                member: "slug",
                rule: "lower-case letters, digits and hyphens; no hyphen at an end, no two in a row")
        }
        guard !Self.reserved.contains(text) else {
            throw .invalid(member: "slug", rule: "not one of the reserved names")
        }
        self.text = text
    }

    /// Two words and four characters, e.g. `amber-harbor-7k2p`.
    package init(drawnFrom random: some RandomSource) {
        let bits = random.next()
        let first = SlugWords.first[Int(bits & 63)]
        let second = SlugWords.second[Int(bits >> 6 & 63)]
        var text = "\(first)-\(second)-"
        for index in 0..<4 {
            text.unicodeScalars.append(Self.alphabet[Int(bits >> (12 + 5 * index) & 31)])
        }
        self.text = text
    }

    package static let reserved: Set<String> = ["auth", "portal", "api", "www", "admin"]

    /// Crockford's base 32 in lower case: no `i l o u`, so that it can be read out.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".unicodeScalars)
}

/// The name of a contract as it stands in hosts and paths.
package enum ContractName {
    /// Routes of the platform on a sandbox's own host, and the flags of its objects.
    package static let platform = "sandbox"
    package static let reserved: Set<String> = [platform, "_otlp", "_inbox"]

    package static func isValid(_ text: String) -> Bool {
        text.utf8.count <= Limits.contractNameBytes && DNSLabel.isValid(text)
            && !reserved.contains(text)
    }
}

enum DNSLabel {
    static func isValid(_ text: String) -> Bool {
        let hyphen = UInt8(ascii: "-")
        var previous = hyphen
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case hyphen where previous != hyphen: break
            default: return false
            }
            previous = byte
        }
        return previous != hyphen
    }
}
