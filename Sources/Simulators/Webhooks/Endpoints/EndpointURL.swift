package import HTTP

/// Which URLs deliveries may go to. What can be told from the URL alone is refused when an endpoint
/// is made; every delivery checks the addresses behind the name again, because they may change.
package struct EndpointURLRule: Sendable {
    private let egress: EgressGuard
    /// Base domain of the sandboxes.
    private let domain: String

    package init(egress: EgressGuard, domain: String) {
        self.egress = egress
        self.domain = domain
    }

    /// Whether it is the inbox of the sandbox `slug`, which deliveries reach without the network.
    /// Every other URL is held against the guard and the tenant's list.
    func isInbox(
        _ text: String, of slug: String, denying denied: DeniedHosts
    ) throws(WebhookError) -> Bool {
        let url: ClientURL
        do throws(ClientURL.Fault) {
            guard text.utf8.count <= WebhookLimits.urlBytes else { throw .badByte }
            url = try ClientURL(text)
        } catch {
            throw .invalid(
                pointer: "/url", rule: "url",
                expected: "an absolute http or https URL without user, fragment or odd address")
        }
        if case .name(let name) = url.host, name == "\(slug).\(domain)",
            url.target == "/_inbox" || url.target.hasPrefix("/_inbox/")
        {
            return true
        }
        try check(url, denied)
        return false
    }

    private func check(_ url: ClientURL, _ denied: DeniedHosts) throws(WebhookError) {
        do throws(EgressGuard.Refusal) {
            try egress.check(url)
        } catch {
            throw .invalid(
                pointer: "/url", rule: "egress",
                expected: "a public address; \(error.address) is \(error.kind), which only the "
                    + "operator can allow (--egress-allow)")
        }
        do throws(DeniedHosts.Refusal) {
            try denied.check(url.host)
        } catch {
            throw .invalid(
                pointer: "/url", rule: "denied_hosts",
                expected: "a host that the tenant's deny list does not name; it has \(error.entry)")
        }
    }
}
