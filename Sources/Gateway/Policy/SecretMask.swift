import Contracts
import HTTP

/// Makes texts fit to be kept: digits of what could be a card's number, and words that look like
/// keys or tokens, become asterisks. For what is written down about a call; what a call itself
/// stores is refused instead, see the policy step.
enum SecretMask {
    static func masked(_ text: String) -> String {
        guard SensitiveText.isFound(in: text) else { return text }
        return maskedDigits(maskedWords(text))
    }

    /// As ``masked(_:)``, for UTF-8.
    static func masked(utf8 bytes: [UInt8]) -> [UInt8] {
        let isHarmless = bytes.withUnsafeBufferPointer { !SensitiveText.isFound(in: $0) }
        return isHarmless ? bytes : Array(masked(String(decoding: bytes, as: UTF8.self)).utf8)
    }

    /// A path as it came; where something hides behind percent signs, decoded and masked.
    static func masked(path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard mayBeNeeded(path: path) else { return path }
        let decoded = decoded(path)
        let masked = masked(decoded)
        return masked == decoded ? path : Array(masked.utf8)[...]
    }

    /// Whether a path, as it came, could hide what must not be kept.
    static func mayBeNeeded(path: ArraySlice<UInt8>) -> Bool {
        path.withUnsafeBufferPointer { bytes in
            bytes.contains(UInt8(ascii: "%")) || SensitiveText.isFound(in: bytes)
        }
    }

    /// What cannot be decoded hides nothing.
    private static func decoded(_ path: ArraySlice<UInt8>) -> String {
        do throws(EncodingFault) {
            return try PercentEncoding.decodeText(path)
        } catch {
            return String(decoding: path, as: UTF8.self)
        }
    }

    /// Every text of a value, and every name.
    static func masked(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool, .number: value
        case .string(let text): .string(masked(storable(text)))
        case .array(let items): .array(items.map { masked($0) })
        case .object(let object): .object(masked(object))
        }
    }

    /// Fields of a message that is kept, but for those that its signature is checked with.
    static func masked(_ fields: HeaderFields) -> HeaderFields {
        var masked = HeaderFields()
        for field in fields {
            let isSigned = signatureFields.contains(field.name.lowercased())
            masked.append(field.name, isSigned ? field.value : self.masked(field.value))
        }
        return masked
    }

    private static let signatureFields: Set<String> = [
        "webhook-id", "webhook-timestamp", "webhook-signature", "stripe-signature",
    ]

    /// Members whose names say that they hold a secret are masked whole.
    static func masked(_ object: JSONObject) -> JSONObject {
        JSONObject(
            object.members.map { member in
                let value = isSecret(named: member.name) ? .string("***") : masked(member.value)
                return JSONObject.Member(name: masked(storable(member.name)), value: value)
            })
    }

    /// Postgres' texts have no U+0000.
    static func storable(_ text: String) -> String {
        StorableText.isStorable(text) ? text : text.replacing("\0", with: "\u{FFFD}")
    }

    private static let secretNames = [
        "authorization", "cookie", "password", "passwd", "secret", "api_key", "api-key", "apikey",
        "token", "credential",
    ].map { Array($0.utf8) }

    private static func isSecret(named name: String) -> Bool {
        var name = name
        return name.withUTF8 { isSecret(named: $0) }
    }

    /// In letters of either case. One pass: every attribute of every span comes by here.
    static func isSecret(named name: UnsafeBufferPointer<UInt8>) -> Bool {
        name.indices.dropLast().contains { start in
            // How the words begin: most places are done with here.
            switch (lowercased(name[start]), lowercased(name[start + 1])) {
            case (UInt8(ascii: "a"), UInt8(ascii: "u")), (UInt8(ascii: "a"), UInt8(ascii: "p")),
                (UInt8(ascii: "c"), UInt8(ascii: "o")), (UInt8(ascii: "c"), UInt8(ascii: "r")),
                (UInt8(ascii: "p"), UInt8(ascii: "a")), (UInt8(ascii: "s"), UInt8(ascii: "e")),
                (UInt8(ascii: "t"), UInt8(ascii: "o")):
                let rest = name[start...]
                return secretNames.contains { $0.count <= rest.count && isBegun(rest, by: $0) }
            default: return false
            }
        }
    }

    private static func isBegun(
        _ text: UnsafeBufferPointer<UInt8>.SubSequence, by word: [UInt8]
    ) -> Bool {
        zip(text, word).allSatisfy { lowercased($0) == $1 }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }

    // MARK: Texts

    /// Digits of texts in which a number of a card's length stands; short numbers are left.
    private static func maskedDigits(_ text: String) -> String {
        var bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            guard isDigit(bytes[start]) else {
                start += 1
                continue
            }
            var (end, digits) = (start, 0)
            while end < bytes.count, isDigit(bytes[end]) || bytes[end] == 0x20 || bytes[end] == 0x2D {
                if isDigit(bytes[end]) { digits += 1 }
                end += 1
            }
            if digits >= SensitiveText.cardDigitsMin {
                for index in start..<end where isDigit(bytes[index]) { bytes[index] = 0x2A }
            }
            start = end
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whole words in which a secret begins. By bytes: every refusal of a credential comes by here.
    private static func maskedWords(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var start = 0
        for end in 0...bytes.count {
            if end < bytes.count, SensitiveText.isPartOfWord(bytes[end]) { continue }
            let word = bytes[start..<end]
            if SensitiveText.isSecret(word) {
                result.append(contentsOf: "***".utf8)
            } else {
                result.append(contentsOf: word)
            }
            if end < bytes.count { result.append(bytes[end]) }
            start = end + 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
