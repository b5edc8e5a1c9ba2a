package import Access

/// Under which names the issuer and the sandboxes are reached.
package struct IssuerSettings: Sendable {
    /// The issuer identifier, without a slash at its end, e.g. `http://auth.sbx.localhost:8080`.
    package let issuer: String
    /// Whether clients reach the issuer over TLS, and so can show certificates.
    package let isTLS: Bool
    /// What a client may register: `sandbox`, which opens everything, and the contracts' own.
    package let scopes: Scopes
    private let makeSandboxURL: @Sendable (String) -> String

    /// `sandboxURL` gives the base URL of the sandbox with a slug.
    package init(
        issuer: String, isTLS: Bool, contractScopes: [String] = [],
        sandboxURL: @escaping @Sendable (String) -> String
    ) {
        self.issuer = issuer
        self.isTLS = isTLS
        scopes = Scopes(text: ([Scope.sandbox.text] + contractScopes).joined(separator: " "))
        makeSandboxURL = sandboxURL
    }

    /// The audience of tokens for the sandbox with this slug: its base URL.
    package func audience(slug: String) -> String { makeSandboxURL(slug) }
}
