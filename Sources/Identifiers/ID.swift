/// What an identifier names; gives it its type and its prefix.
package protocol IDKind: Sendable {
    /// Prefix of the text form without the underscore, lower-case ASCII, e.g. `tnt`.
    static var prefix: String { get }
}

/// A platform identifier under a typed prefix: a ULID, that is 48 bits of wall milliseconds, then
/// 10 bits of the microseconds beyond them, then 70 random bits. What one process makes one after
/// the other sorts in that order, also within a millisecond.
///
/// In text `tnt_01JD3V5K8M…`: prefix, underscore, 26 characters of Crockford base 32. Postgres
/// stores the same 128 bits as `uuid`. Parsing is the only way in from outside.
package struct ID<Kind: IDKind>: Hashable, Sendable, Comparable {
    /// The first eight bytes, big-endian: 58 bits of time and 6 of randomness.
    package let high: UInt64
    /// The last eight bytes: randomness.
    package let low: UInt64

    /// Takes the bits as they are, e.g. from a database row.
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A new identifier at `microseconds` since 1970 with 70 bits drawn from `random`.
    package init(microseconds: UInt64, random: () -> UInt64) {
        let (milliseconds, beyond) = microseconds.quotientAndRemainder(dividingBy: 1_000)
        high = milliseconds << 16 | beyond << 6 | (random() & 0x3F)
        low = random()
    }

    /// Reads the text form; nil for another prefix, another length or a foreign character.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        let prefix = Array(Kind.prefix.utf8)
        guard bytes.count == prefix.count + 1 + ULID.characters,
            bytes.starts(with: prefix), bytes[prefix.count] == UInt8(ascii: "_"),
            let bits = ULID.decode(bytes[(prefix.count + 1)...])
        else { return nil }
        self.init(high: bits.high, low: bits.low)
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension ID: CustomStringConvertible {
    package var description: String {
        var prefix = Kind.prefix
        return prefix.withUTF8 { prefix in
            let count = prefix.count + 1 + ULID.characters
            return String(unsafeUninitializedCapacity: count) { text in
                _ = text.update(fromContentsOf: prefix)
                text[prefix.count] = UInt8(ascii: "_")
                ULID.write(
                    high: high, low: low,
                    to: UnsafeMutableBufferPointer(rebasing: text[(prefix.count + 1)..<count]))
                return count
            }
        }
    }

    /// The text form as bytes.
    package var utf8: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Kind.prefix.utf8.count + 1 + ULID.characters)
        append(to: &bytes)
        return bytes
    }

    /// Appends the text form.
    package func append(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: Kind.prefix.utf8)
        bytes.append(UInt8(ascii: "_"))
        ULID.encode(high: high, low: low, into: &bytes)
    }
}
