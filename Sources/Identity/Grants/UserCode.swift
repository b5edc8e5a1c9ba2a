import Runtime

/// What a device shows and somebody types: eight consonants, which spell no words, in two groups
/// (RFC 8628 § 6.1): 20^8, some 34 bits, for fifteen minutes.
package struct UserCode: Sendable, Hashable {
    private static let alphabet = Array("BCDFGHJKLMNPQRSTVWXZ".utf8)
    private static let characters = 8

    /// Upper case, without the hyphen.
    package let stored: String

    init(random: any RandomSource) {
        var text: [UInt8] = []
        while text.count < Self.characters {
            // 240 = 12 × 20: bytes above would favour the first letters.
            for byte in random.bytes(Self.characters)
            where byte < 240 && text.count < Self.characters {
                text.append(Self.alphabet[Int(byte) % Self.alphabet.count])
            }
        }
        stored = String(decoding: text, as: UTF8.self)
    }

    /// What somebody typed: case, spaces and hyphens do not matter. Nil when it cannot be a code.
    package init?(typed text: String) {
        let letters = text.uppercased().utf8.filter {
            $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ")
        }
        guard letters.count == Self.characters, letters.allSatisfy(Self.alphabet.contains) else {
            return nil
        }
        stored = String(decoding: letters, as: UTF8.self)
    }

    /// As a device shows it: `BCDF-GHJK`.
    package var shown: String { "\(stored.prefix(4))-\(stored.suffix(4))" }
}
