import Contracts
import HTTP
package import Identity
package import Simulators

/// Where the gateway is reached and under which names.
package struct GatewayConfiguration: Sendable {
    /// Base domain of the sandboxes, lower case, e.g. `sbx.localhost`.
    package var domain: String
    /// Host of portal and platform API.
    package var portalHost: String
    /// Host of the sandbox OAuth issuer.
    package var authHost: String
    /// `http` or `https`.
    package var scheme: String
    /// The port clients use; left out of URLs when it is the scheme's own.
    package var port: UInt16
    /// SHA-256 of the first admin key; nil closes the admin API.
    package var adminKeyDigest: [UInt8]?

    package init(
        domain: String, portalHost: String? = nil, authHost: String? = nil, scheme: String,
        port: UInt16, adminKeyDigest: [UInt8]? = nil
    ) {
        self.domain = domain
        self.portalHost = portalHost ?? "localhost"
        self.authHost = authHost ?? "auth.\(domain)"
        self.scheme = scheme
        self.port = port
        self.adminKeyDigest = adminKeyDigest
    }

    package var portalURL: String { url(host: portalHost) }
    package var issuerURL: String { url(host: authHost) }

    package func sandboxURL(slug: String) -> String { url(host: "\(slug).\(domain)") }

    package func contractURL(_ contract: String, slug: String) -> String {
        url(host: "\(contract)--\(slug).\(domain)")
    }

    /// The same names, as the issuer needs them, with the scopes of the contracts that are served.
    package func issuerSettings(for library: ContractLibrary) -> IssuerSettings {
        IssuerSettings(
            issuer: issuerURL, isTLS: scheme == "https",
            contractScopes: library.contracts.flatMap(\.contract.scopes)
        ) { sandboxURL(slug: $0) }
    }

    /// The addresses as a client behind a trusted proxy sees them: its scheme, and the port that it
    /// has put into Host.
    func seen(through request: Request) -> GatewayConfiguration {
        guard request.connection.isForwarded else { return self }
        var seen = self
        seen.scheme = request.connection.isTLS ? "https" : "http"
        seen.port = UInt16(clamping: request.head.port ?? (request.connection.isTLS ? 443 : 80))
        return seen
    }

    /// The address that a request was sent to.
    func url(of head: RequestHead) -> String { url(host: head.host ?? portalHost) + head.target }

    private func url(host: String) -> String {
        let isDefault = scheme == "https" ? port == 443 : port == 80
        return isDefault ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }
}
