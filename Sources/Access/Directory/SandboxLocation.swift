package import Identifiers
package import Runtime

/// What the directory knows of a sandbox: enough to route and to refuse, nothing of its content.
package struct SandboxLocation: Sendable, Hashable {
    package enum State: String, Sendable { case ready, suspended }

    package let tenant: TenantID
    package let sandbox: SandboxID
    package let slug: String
    package let state: State
    /// Wall time; nil when it never ends.
    package let expiresAt: WallInstant?

    package init(
        tenant: TenantID, sandbox: SandboxID, slug: String, state: State, expiresAt: WallInstant?
    ) {
        self.tenant = tenant
        self.sandbox = sandbox
        self.slug = slug
        self.state = state
        self.expiresAt = expiresAt
    }
}

/// An API key as the directory knows it.
package struct KeyEntry: Sendable {
    package enum Kind: String, Sendable {
        case management, sandbox
        /// A client certificate of a sandbox: what it opens, it opens in a TLS handshake only.
        case certificate
    }

    package let tenant: TenantID
    package let key: KeyID
    package let kind: Kind
    package let scopes: Scopes
    package let expiresAt: WallInstant?
    package let revokedAt: WallInstant?
    /// The key's sandbox; nil for a management key.
    package let sandbox: SandboxLocation?
    /// A management key's role, and the grants of the member whose key it is.
    package let role: Role
    package let grants: SandboxGrants
}

/// The tenant and user of an e-mail address. Made by ``EdgeDirectory`` only.
package struct EmailEntry: Sendable {
    package let tenant: TenantID
    package let user: UserID

    init(tenant: TenantID, user: UserID) {
        self.tenant = tenant
        self.user = user
    }
}

/// A sign-in to the portal as the directory knows it. Made by ``EdgeDirectory`` only.
package struct SessionEntry: Sendable {
    package let tenant: TenantID
    package let session: SessionID
    package let user: UserID
    /// Wall time.
    package let expiresAt: WallInstant

    init(tenant: TenantID, session: SessionID, user: UserID, expiresAt: WallInstant) {
        self.tenant = tenant
        self.session = session
        self.user = user
        self.expiresAt = expiresAt
    }
}

/// An OAuth client as the directory knows it.
package struct ClientEntry: Sendable {
    package let tenant: TenantID
    package let client: ClientID
    /// Nil for a client that signs, shows a certificate or is public.
    package let secretSHA256: [UInt8]?
    package let scopes: Scopes
    package let sandbox: SandboxLocation
}

/// A device's user code as the directory knows it. Made by ``EdgeDirectory`` only.
package struct UserCodeEntry: Sendable {
    package let tenant: TenantID
    package let sandbox: SandboxID

    init(tenant: TenantID, sandbox: SandboxID) {
        self.tenant = tenant
        self.sandbox = sandbox
    }
}

/// An invitation as the directory knows it. Made by ``EdgeDirectory`` only.
package struct InvitationEntry: Sendable {
    package let tenant: TenantID
    package let invitation: InvitationID

    init(tenant: TenantID, invitation: InvitationID) {
        self.tenant = tenant
        self.invitation = invitation
    }
}
