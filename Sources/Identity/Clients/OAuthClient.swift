package import Access
package import Identifiers
import Runtime

/// A client of one sandbox, as the issuer needs it.
package struct OAuthClient: Sendable {
    package let id: ClientID
    package let sandbox: SandboxLocation
    package let scopes: Scopes
    package let metadata: ClientMetadata
    /// Nil for a client that signs, shows a certificate or is public.
    let secretSHA256: [UInt8]?
    let registrationSHA256: [UInt8]?
    /// The secret before the last rotation, and when its overlap ends.
    let previous: (sha256: [UInt8], until: WallInstant)?
    /// The sandbox's clock when this was read.
    let clock: VirtualClock
    /// Permission over the rows of the client's tenant.
    package let access: TenantAccess

    package var tenant: TenantID { access.tenant }

    /// Who calls when this client does.
    package var principal: Principal {
        Principal(tenant: tenant, kind: .client(id, sandbox.sandbox), scopes: scopes)
    }

    func previousSecret(at now: WallInstant) -> [UInt8]? {
        guard let previous, previous.until > now else { return nil }
        return previous.sha256
    }
}
