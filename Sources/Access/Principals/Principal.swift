package import Identifiers

/// Who is calling, as the credential says: made by Identity after the credential has been checked.
///
/// It says nothing about what may be touched; ``AccessControl`` turns it into a ``TenantAccess`` or
/// a ``SandboxAccess`` for one target.
package struct Principal: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case user(UserID, Role)
        /// `test_mk_…`: the platform API of its tenant.
        case managementKey(KeyID)
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

    package init(tenant: TenantID, kind: Kind, scopes: Scopes) {
        self.tenant = tenant
        self.kind = kind
        self.scopes = scopes
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
        case .managementKey(let id), .sandboxKey(let id, _): (id.high, id.low)
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

/// A member's role in its tenant.
package enum Role: String, Sendable, Hashable {
    case owner, developer, viewer

    package var mayWrite: Bool {
        switch self {
        case .owner, .developer: true
        case .viewer: false
        }
    }
}
