/// Texts that must not be repeated to anybody nor kept in a log, wherever a caller put them: a
/// card number in a member for something else, a key in the place of an id.
enum SensitiveText {
    /// What keys and tokens begin with: ours, production systems', and a JSON Web Token's `{"`.
    private static let prefixes = ["test_sk_", "test_mk_", "test_cs_", "test_ak_", "_live_", "whsec_", "eyJ"]
        .map { Array($0.utf8) }

    /// ISO/IEC 7812-1: card numbers have 12 to 19 digits; people part them by spaces or hyphens.
    static let cardDigitsMin = 12

    static func isFound(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { isFound(in: $0) }
    }

    /// One pass: the path of every call is looked at.
    static func isFound(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var digits = 0
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                if digits >= cardDigitsMin { return true }
            case UInt8(ascii: " "), UInt8(ascii: "-"): break
            case UInt8(ascii: "t"), UInt8(ascii: "_"), UInt8(ascii: "w"), UInt8(ascii: "e"):
                digits = 0
                if hasSecondLetter(bytes, behind: index), beginsSecret(bytes[index...]) { return true }
            default: digits = 0
            }
        }
        return false
    }

    /// Whether a word holds one of the prefixes and enough behind it to be more than a placeholder.
    static func isSecret(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.count > placeholderCharactersMax else { return false }
        return word.indices.contains { index in
            prefixes.contains { prefix in
                prefix.first == word[index] && word[index...].starts(with: prefix)
                    && word.endIndex - index >= prefix.count + placeholderCharactersMax
            }
        }
    }

    private static let placeholderCharactersMax = 8

    /// Keys that open something, ours or a production system's, long enough to be real.
    private static let productionPrefixes = ["sk_live_", "rk_live_"].map { Array($0.utf8) }
    private static let keyPrefixes =
        ["test_sk_", "test_mk_", "test_cs_", "test_ak_"].map { Array($0.utf8) } + productionPrefixes
    private static let keyCharactersMin = 16

    /// Whether a whole key stands in the text; a placeholder such as `test_sk_…` is none.
    static func holdsKey(_ text: String) -> Bool { holdsKey(text, of: keyPrefixes) }

    /// The same for a production system's.
    static func holdsProductionKey(_ text: String) -> Bool { holdsKey(text, of: productionPrefixes) }

    private static func holdsKey(_ text: String, of prefixes: [[UInt8]]) -> Bool {
        guard isFound(in: text) else { return false }
        let bytes = Array(text.utf8)
        return bytes.indices.contains { index in
            let rest = bytes[index...]
            return prefixes.contains { prefix in
                rest.starts(with: prefix)
                    && rest.dropFirst(prefix.count).prefix(keyCharactersMin).count(where: isKeyCharacter)
                        == keyCharactersMin
            }
        }
    }

    /// Whether it could be a JSON Web Token: three parts, the first one an object.
    static func holdsToken(_ text: String) -> Bool {
        text.contains("eyJ") && text.utf8.count(where: { $0 == UInt8(ascii: ".") }) >= 2
    }

    private static func isKeyCharacter(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }

    /// As ``isSecret(_:)``, from a byte on: our own hints are full of placeholders.
    private static func beginsSecret(_ bytes: UnsafeBufferPointer<UInt8>.SubSequence) -> Bool {
        prefixes.contains { prefix in
            bytes.first == prefix.first && bytes.starts(with: prefix)
                && bytes.dropFirst(prefix.count).prefix(placeholderCharactersMax)
                    .count(where: isPartOfWord) == placeholderCharactersMax
        }
    }

    /// The second letters of the prefixes: most words end the look there.
    @inline(__always)
    private static func hasSecondLetter(
        _ bytes: UnsafeBufferPointer<UInt8>, behind index: Int
    ) -> Bool {
        guard index + 1 < bytes.count else { return false }
        switch bytes[index + 1] {
        case UInt8(ascii: "e"), UInt8(ascii: "l"), UInt8(ascii: "h"), UInt8(ascii: "y"): return true
        default: return false
        }
    }

    /// What keys and tokens are made of, and the words around them.
    static func isPartOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "~"),
            UInt8(ascii: "+"):
            true
        default: false
        }
    }
}
