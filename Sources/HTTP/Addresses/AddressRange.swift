/// A range of addresses in CIDR form, e.g. `10.0.0.0/8` or `::1/128`.
package struct AddressRange: Hashable, Sendable {
    package let base: IPAddress
    package let prefixBits: Int

    /// Nil when `text` is no address, slash, prefix length, or has bits set behind the prefix
    /// (which is more often a mistake than a wish). An address alone is a range of one.
    package init?(_ text: some StringProtocol) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let base = halves.first.flatMap({ IPAddress($0) }), halves.count <= 2 else {
            return nil
        }
        var prefixBits = base.bitCount
        if halves.count == 2 {
            guard halves[1].utf8.allSatisfy(ByteClass.isDigit), let bits = Int(halves[1]),
                bits <= base.bitCount
            else { return nil }
            prefixBits = bits
        }
        self.base = base
        self.prefixBits = prefixBits
        guard base.bits & ~mask == 0 else { return nil }
    }

    /// Ranges of the platform's own tables; a malformed one is our mistake.
    init(literal text: String) {
        guard let range = AddressRange(text) else { preconditionFailure("no range: \(text)") }
        self = range
    }

    package func contains(_ address: IPAddress) -> Bool {
        address.family == base.family && address.bits & mask == base.bits
    }

    private var mask: UInt128 {
        let all: UInt128 = base.family == .v4 ? 0xFFFF_FFFF : .max
        return prefixBits == 0 ? 0 : all << UInt128(base.bitCount - prefixBits) & all
    }
}

extension AddressRange: CustomStringConvertible {
    package var description: String { "\(base)/\(prefixBits)" }
}
