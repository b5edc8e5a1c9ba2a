import Glibc

extension IPAddress {
    /// Reads the one canonical spelling of IPv4, four decimal parts without leading zeros, or any
    /// spelling of IPv6 without brackets and zone. Octal, hexadecimal and short IPv4 forms, which
    /// resolvers read as addresses, are refused.
    package init?(_ text: some StringProtocol) {
        if text.utf8.contains(.colon) {
            self.init(sixGroups: String(text))
        } else {
            self.init(dotted: Array(text.utf8))
        }
    }

    private init?(dotted text: [UInt8]) {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy(ByteClass.isDigit),
                part.count == 1 || part.first != UInt8(ascii: "0")
            else { return nil }
            let value = part.reduce(UInt32(0)) { $0 * 10 + UInt32($1 &- 0x30) }
            guard value <= 255 else { return nil }
            bits = bits << 8 | value
        }
        self.init(v4: bits)
    }

    private init?(sixGroups text: String) {
        var address = in6_addr()
        guard !text.utf8.contains(0), inet_pton(AF_INET6, text, &address) == 1 else { return nil }
        self.init(networkOrder: withUnsafeBytes(of: address, Array.init))
    }
}
