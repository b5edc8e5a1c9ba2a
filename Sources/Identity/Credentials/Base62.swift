import Runtime

/// Digits, upper case, lower case: nothing that a double click or a URL would split.
enum Base62 {
    static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    static func contains(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    /// Characters drawn evenly: bytes of 248 and above would favour the first eight.
    static func draw(_ count: Int, from random: some RandomSource) -> [UInt8] {
        var characters: [UInt8] = []
        characters.reserveCapacity(count)
        while characters.count < count {
            for byte in random.bytes(count) where byte < 248 && characters.count < count {
                characters.append(alphabet[Int(byte) % 62])
            }
        }
        return characters
    }

    /// Six characters, most significant first.
    static func encode(_ value: UInt32) -> [UInt8] {
        var rest = value
        var characters: [UInt8] = []
        for _ in 0..<Limits.checksumCharacters {
            characters.append(alphabet[Int(rest % 62)])
            rest /= 62
        }
        return characters.reversed()
    }
}

/// CRC-32 as in ISO 3309 and zlib. It finds typing errors; it protects against nobody.
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in
            value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
        }
    }

    static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { value, byte in table[Int((value ^ UInt32(byte)) & 0xFF)] ^ value >> 8 }
    }
}
