package import Access
package import Identifiers

/// A client of one sandbox, as the issuer needs it.
package struct OAuthClient: Sendable {
    package let id: ClientID
    package let sandbox: SandboxLocation
    package let scopes: Scopes
    package let metadata: ClientMetadata
    /// Nil for a client that signs, shows a certificate or is public.
    let secretSHA256: [UInt8]?
    let registrationSHA256: [UInt8]?
    /// The sandbox's clock when this was read.
    let clock: VirtualClock
    /// Permission over the rows of the client's tenant.
    let access: TenantAccess

    package var tenant: TenantID { access.tenant }
}
