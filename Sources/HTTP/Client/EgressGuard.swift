/// Decides which addresses the platform may connect to on a user's behalf, so that a webhook URL
/// does not become a way into the operator's network.
///
/// Everything that is not public unicast is refused unless the operator allows its range. For
/// IPv6 only `2000::/3` is public; that alone refuses loopback, link-local, unique local,
/// multicast, IPv4-mapped and NAT64 addresses, and the table names them for the message.
package struct EgressGuard: Sendable {
    package struct Refusal: Error, Hashable, Sendable {
        package let address: IPAddress
        /// What the address is, e.g. `a private address`.
        package let kind: String
    }

    private let allowed: [AddressRange]

    /// - Parameter allowed: the operator's ranges (`--egress-allow`).
    package init(allowing allowed: [AddressRange] = []) {
        self.allowed = allowed
    }

    /// Throws for an address that must not be connected to.
    package func check(_ address: IPAddress) throws(Refusal) {
        if allowed.contains(where: { $0.contains(address) }) { return }
        let table = address.family == .v4 ? EgressGuard.special4 : EgressGuard.special6
        if let special = table.first(where: { $0.range.contains(address) }) {
            throw Refusal(address: address, kind: special.kind)
        }
        if address.family == .v6, !EgressGuard.public6.contains(address) {
            throw Refusal(address: address, kind: "not a public address")
        }
    }

    /// What can be told from the URL alone: an address, or a name for this machine. The addresses
    /// behind other names are checked with each call, because they may change.
    package func check(_ url: ClientURL) throws(Refusal) {
        switch url.host {
        case .address(let address): try check(address)
        case .name(let name) where ClientURL.isLocal(name): try check(.loopback)
        case .name: return
        }
    }

    /// IANA's IPv6 global unicast allocation.
    private static let public6 = AddressRange(literal: "2000::/3")

    /// IANA's IPv4 special-purpose registry, multicast and the reserved block.
    private static let special4: [(range: AddressRange, kind: String)] = [
        ("0.0.0.0/8", "an unspecified address"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "a carrier-grade NAT address"),
        ("127.0.0.0/8", "a loopback address"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a protocol assignment"),
        ("192.0.2.0/24", "a documentation address"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "a benchmarking address"),
        ("198.51.100.0/24", "a documentation address"),
        ("203.0.113.0/24", "a documentation address"),
        ("224.0.0.0/4", "a multicast address"),
        ("255.255.255.255/32", "the broadcast address"),
        ("240.0.0.0/4", "a reserved address"),
    ].map { (AddressRange(literal: $0.0), $0.1) }

    /// IANA's IPv6 special-purpose registry; forms that hide an IPv4 address come first.
    private static let special6: [(range: AddressRange, kind: String)] = [
        ("::ffff:0:0/96", "an IPv4-mapped address"),
        ("::1/128", "a loopback address"),
        ("::/128", "an unspecified address"),
        ("::/96", "an IPv4-compatible address"),
        ("64:ff9b::/96", "a NAT64 address"),
        ("64:ff9b:1::/48", "a NAT64 address"),
        ("100::/64", "a discard address"),
        ("2001::/32", "a Teredo address"),
        ("2001:db8::/32", "a documentation address"),
        ("2001::/23", "a protocol assignment"),
        ("2002::/16", "a 6to4 address"),
        ("3fff::/20", "a documentation address"),
        ("fc00::/7", "a unique local address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a site-local address"),
        ("ff00::/8", "a multicast address"),
    ].map { (AddressRange(literal: $0.0), $0.1) }
}
