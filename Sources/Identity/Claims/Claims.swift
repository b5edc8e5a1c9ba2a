package import Access
package import Runtime

/// What a checked credential entitles to, until its end or until something is revoked.
package struct Claims: Sendable {
    package let principal: Principal
    /// The credential's own sandbox; nil for one of the tenant.
    package let sandbox: SandboxLocation?
    package let expiresAt: WallInstant?
    /// For a client certificate: of no worth to who shows its bytes, which are public.
    let needsHandshake: Bool
    /// For an access token only: what each request is held against.
    let token: TokenFacts?

    package init(
        principal: Principal, sandbox: SandboxLocation?, expiresAt: WallInstant?,
        needsHandshake: Bool = false, token: TokenFacts? = nil
    ) {
        self.principal = principal
        self.sandbox = sandbox
        self.expiresAt = expiresAt
        self.needsHandshake = needsHandshake
        self.token = token
    }
}
