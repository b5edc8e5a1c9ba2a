package import Access
import Contracts
package import HTTP
import Observability
package import Tenancy

/// The way out of the platform for a tenant's own calls. Whatever leaves by it passes the operator's
/// guard and the tenant's list of denied hosts, which the client checks with every call.
package struct Outbound: Sendable {
    let client: HTTPClient
    let egress: EgressGuard
    let deniedHosts: DeniedHostStore
    /// Seal credentials of upstreams.
    let keys: MasterKeys

    /// `client` is behind `egress` too.
    package init(
        client: HTTPClient, egress: EgressGuard, deniedHosts: DeniedHostStore, keys: MasterKeys
    ) {
        self.client = client
        self.egress = egress
        self.deniedHosts = deniedHosts
        self.keys = keys
    }

    func denied(_ access: TenantAccess) async throws(Refusal) -> DeniedHosts {
        do throws(TenancyError) {
            return try await deniedHosts.hosts(as: access)
        } catch {
            throw .tenancy(error, during: .policy)
        }
    }

    /// A base URL that somebody names for later calls, without a slash at its end. Refused with
    /// `pointer` where it could never be called.
    func baseURL(
        _ text: String, at pointer: String, as access: TenantAccess
    ) async throws(Refusal) -> String {
        let base = text.hasSuffix("/") ? String(text.dropLast()) : text
        let url: ClientURL
        do throws(ClientURL.Fault) {
            guard !text.contains("?") else { throw .badByte }
            url = try ClientURL(base)
        } catch {
            throw .invalid(
                pointer: pointer, rule: "url",
                expected:
                    "an absolute http or https URL without user, query, fragment or odd address")
        }
        do throws(EgressGuard.Refusal) {
            try egress.check(url)
        } catch {
            throw .invalid(
                pointer: pointer, rule: "egress",
                expected: "a public address; \(error.address) is \(error.kind), which only the operator can allow (--egress-allow)")
        }
        let denied = try await denied(access)
        do throws(DeniedHosts.Refusal) {
            try denied.check(url.host)
        } catch {
            throw .deniedHost(error, at: pointer)
        }
        return base
    }
}
