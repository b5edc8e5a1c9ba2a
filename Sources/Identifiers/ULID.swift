/// The text form of 128 bits: 26 characters of Crockford base 32, most significant first.
///
/// Source: the ULID specification. 26 × 5 = 130 bits, so the first character is at most `7`.
package enum ULID {
    /// Characters of the text form.
    package static let characters = 26

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// Value of each ASCII character, 0xFF for those outside the alphabet. Upper case only: an
    /// identifier has one spelling, so that comparing texts equals comparing identifiers.
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() {
            table[Int(character)] = UInt8(value)
        }
        return table
    }()

    package static func encode(high: UInt64, low: UInt64, into bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: characters) { text in
            write(high: high, low: low, to: text)
            bytes.append(contentsOf: UnsafeBufferPointer(text))
        }
    }

    /// Writes the text form into memory for exactly its characters.
    static func write(high: UInt64, low: UInt64, to text: UnsafeMutableBufferPointer<UInt8>) {
        alphabet.withUnsafeBufferPointer { alphabet in
            var (high, low) = (high, low)
            // From the last character on, five bits at a time.
            for index in stride(from: characters - 1, through: 0, by: -1) {
                text[index] = alphabet[Int(low & 31)]
                low = low >> 5 | high << 59
                high >>= 5
            }
        }
    }

    /// The bits, or nil for a foreign character, another length or more than 128 bits.
    package static func decode(_ text: some Collection<UInt8>) -> (high: UInt64, low: UInt64)? {
        guard text.count == characters, let first = text.first, values[Int(first)] <= 7 else {
            return nil
        }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for character in text {
            let value = values[Int(character)]
            guard value != 0xFF else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | UInt64(value)
        }
        return (high, low)
    }
}
