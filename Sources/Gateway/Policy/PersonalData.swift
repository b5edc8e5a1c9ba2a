import Identity

/// Finds what could be somebody's data in texts, and makes up other data of the same form. Only
/// whole values are looked at: a mention inside of prose is the caller's own text.
enum PersonalData: String, Sendable {
    case email, phone
    case iban
    case socialSecurityNumber = "us_ssn"

    /// The kind of data that the text is; nil for what is no personal data, or is reserved for
    /// examples.
    init?(_ text: String) {
        guard (7...254).contains(text.utf8.count) else { return nil }
        if Self.isEmail(text) {
            self = .email
        } else if Self.isPhone(text) {
            self = .phone
        } else if Self.isIBAN(text) {
            self = .iban
        } else if Self.isSocialSecurityNumber(text) {
            self = .socialSecurityNumber
        } else {
            return nil
        }
    }

    /// Made up from the text, so that one person stays one person: the same in each call.
    func masked(_ text: String) -> String {
        switch self {
        case .email:
            let digest = SHA256Hasher.digest(Array(text.lowercased().utf8)).bytes.prefix(5)
            let name = digest.map { byte in
                let hex = String(byte, radix: 16)
                return hex.count == 1 ? "0" + hex : hex
            }
            return "person-\(name.joined())@example.com"
        case .phone: return Self.zeroed(text, from: 3)
        case .iban: return text.prefix(2) + Self.zeroed(String(text.dropFirst(2)), from: 0)
        case .socialSecurityNumber: return "000-00-0000"
        }
    }

    /// Digits from the `first` character on become zeros, letters too.
    private static func zeroed(_ text: String, from first: Int) -> String {
        String(
            text.enumerated().map { index, character in
                index >= first && (character.isNumber || character.isLetter) ? "0" : character
            })
    }

    // MARK: What data looks like

    /// RFC 2606 and RFC 6761 reserve these for examples.
    private static let reservedDomains = [
        "example.com", "example.net", "example.org", "example", "test", "invalid", "localhost",
    ]

    private static func isEmail(_ text: String) -> Bool {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty, halves[1].contains("."),
            !text.contains(where: { $0.isWhitespace })
        else { return false }
        let domain = halves[1].lowercased()
        return !reservedDomains.contains { domain == $0 || domain.hasSuffix("." + $0) }
    }

    /// E.164 with a plus, as people write it. Ranges for fiction are nobody's: 555-0100 to 0199 in
    /// North America, 7700 900000 to 900999 in Britain.
    private static func isPhone(_ text: String) -> Bool {
        guard text.hasPrefix("+"),
            text.dropFirst().allSatisfy({ ("0"..."9").contains($0) || " -()".contains($0) })
        else { return false }
        let digits = text.filter { ("0"..."9").contains($0) }
        guard (8...15).contains(digits.count) else { return false }
        let isNorthAmerican = digits.count == 11 && digits.hasPrefix("1")
        if isNorthAmerican, digits.dropFirst(4).hasPrefix("55501") { return false }
        return !digits.hasPrefix("447700900")
    }

    /// Published as examples by the registry of ISO 13616 and banks; none leads to an account.
    private static let publishedIBANs: Set<String> = [
        "GB29NWBK60161331926819", "GB82WEST12345698765432", "DE89370400440532013000",
        "FR1420041010050500013M02606", "NL91ABNA0417164300", "ES9121000418450200051332",
        "SE4550000000058398257466", "CH9300762011623852957",
    ]

    /// ISO 13616: two letters, two check digits, the remainder of 97 is 1.
    private static func isIBAN(_ text: String) -> Bool {
        let compact = text.utf8.filter { $0 != UInt8(ascii: " ") }
        guard (15...34).contains(compact.count),
            compact.prefix(2).allSatisfy({ (0x41...0x5A).contains($0) }),
            compact.dropFirst(2).prefix(2).allSatisfy({ (0x30...0x39).contains($0) }),
            !publishedIBANs.contains(String(decoding: compact, as: UTF8.self))
        else { return false }
        var remainder = 0
        for byte in compact.dropFirst(4) + compact.prefix(4) {
            switch byte {
            case 0x30...0x39: remainder = (remainder * 10 + Int(byte - 0x30)) % 97
            case 0x41...0x5A: remainder = (remainder * 100 + Int(byte - 0x41) + 10) % 97
            default: return false
            }
        }
        return remainder == 1
    }

    /// Three, two and four digits; areas 000, 666 and from 900 on were never given out.
    private static func isSocialSecurityNumber(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [3, 2, 4],
            parts.joined().allSatisfy({ ("0"..."9").contains($0) })
        else { return false }
        return parts[0] != "000" && parts[0] != "666" && parts[0] < "900" && parts[1] != "00"
            && parts[2] != "0000"
    }
}
