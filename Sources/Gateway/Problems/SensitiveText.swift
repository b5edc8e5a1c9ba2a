/// Texts that must not be repeated to anybody nor kept in a log, wherever a caller put them: a
/// card number in a member for something else, a key in the place of an id.
enum SensitiveText {
    /// What keys and tokens begin with: ours, production systems', and a JSON Web Token's `{"`.
    private static let prefixes = ["test_sk_", "test_mk_", "test_cs_", "test_ak_", "_live_", "whsec_", "eyJ"]

    /// ISO/IEC 7812-1: card numbers have 12 to 19 digits; people part them by spaces or hyphens.
    private static let cardDigitsMin = 12

    static func isFound(in text: String) -> Bool {
        hasCardNumber(text) || prefixes.contains { text.contains($0) }
    }

    private static func hasCardNumber(_ text: String) -> Bool {
        var digits = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case UInt8(ascii: " "), UInt8(ascii: "-"): break
            default: digits = 0
            }
            if digits >= cardDigitsMin { return true }
        }
        return false
    }
}
