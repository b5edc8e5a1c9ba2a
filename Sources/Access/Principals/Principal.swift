package import Identifiers

/// Who is calling, as the credential says: made by Identity after the credential has been checked.
///
/// It says nothing about what may be touched; ``AccessControl`` turns it into a ``TenantAccess`` or
/// a ``SandboxAccess`` for one target.
package struct Principal: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case user(UserID, Role)
        /// `test_mk_…`: the platform API of its tenant.
        case managementKey(KeyID, Role)
        /// `test_sk_…`: the APIs of one sandbox.
        case sandboxKey(KeyID, SandboxID)
        /// An OAuth client of one sandbox.
        case client(ClientID, SandboxID)
        /// The platform itself, keeping a sandbox's clock.
        case clockKeeper(SandboxID)
        /// Somebody's browser without a credential, on an operation that its contract opens to
        /// guests: a payer on a page of the simulated bank.
        case guest(SandboxID)
    }

    package let tenant: TenantID
    package let kind: Kind
    package let scopes: Scopes
    /// Of a user, or of the user whose key it is.
    package let grants: SandboxGrants

    package init(
        tenant: TenantID, kind: Kind, scopes: Scopes, grants: SandboxGrants = SandboxGrants()
    ) {
        self.tenant = tenant
        self.kind = kind
        self.scopes = scopes
        self.grants = grants
    }

    /// The role in the tenant; nil for who belongs to one sandbox, or to nobody.
    package var role: Role? {
        switch kind {
        case .user(_, let role), .managementKey(_, let role): role
        case .sandboxKey, .client, .clockKeeper, .guest: nil
        }
    }

    /// The one sandbox that the credential belongs to; nil when it belongs to the tenant.
    package var boundSandbox: SandboxID? {
        switch kind {
        case .user, .managementKey: nil
        case .sandboxKey(_, let sandbox), .client(_, let sandbox), .clockKeeper(let sandbox),
            .guest(let sandbox):
            sandbox
        }
    }

    /// The 128 bits of the user, key, client or, for guests, sandbox: part of an idempotency key's scope.
    package var bits: (high: UInt64, low: UInt64) {
        switch kind {
        case .user(let id, _): (id.high, id.low)
        case .managementKey(let id, _): (id.high, id.low)
        case .sandboxKey(let id, _): (id.high, id.low)
        case .client(let id, _): (id.high, id.low)
        case .clockKeeper(let id): (id.high, id.low)
        case .guest(let id): (id.high, id.low)
        }
    }

    /// The name that logs and audit use.
    package var kindName: String {
        switch kind {
        case .user: "user"
        case .managementKey: "management_key"
        case .sandboxKey: "sandbox_key"
        case .client: "client"
        case .clockKeeper: "clock_keeper"
        case .guest: "guest"
        }
    }
}
