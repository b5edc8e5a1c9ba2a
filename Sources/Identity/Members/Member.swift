package import Access
package import Identifiers
package import Runtime

/// A user in its tenant.
package struct Member: Sendable {
    package let user: UserID
    package let email: String
    package let role: Role
    package let grants: SandboxGrants
    package let since: WallInstant
}

/// An invitation as lists show it: without its token.
package struct Invitation: Sendable {
    package enum State: String, Sendable { case open, accepted, revoked, expired }

    package let id: InvitationID
    package let email: String
    package let role: Role
    package let createdAt: WallInstant
    package let expiresAt: WallInstant
    package let acceptedAt: WallInstant?
    package let revokedAt: WallInstant?

    package func state(at now: WallInstant) -> State {
        if acceptedAt != nil { return .accepted }
        if revokedAt != nil { return .revoked }
        return expiresAt <= now ? .expired : .open
    }
}
