package import Identifiers
package import Runtime

/// The checks. Each answers with an access value or says which rule refused.
package struct AccessControl: Sendable {
    package enum Action: String, Sendable {
        case read
        /// To send again what got stuck.
        case repair
        case write
        /// To say who may do what.
        case manage
    }

    private let clock: any WallClock

    package init(clock: any WallClock) {
        self.clock = clock
    }

    /// A call on a sandbox's own host. Another tenant's or sandbox's credential is `wrongSandbox`,
    /// whether what it asks for exists or not. Without the scope `sandbox`, one of `alternatives`
    /// must be held whole: what the called operation's contract asks for.
    package func access(
        onHostOf location: SandboxLocation, as principal: Principal,
        orBy alternatives: () -> [Scopes] = { [] }, recording trail: AuditTrail? = nil
    ) throws(AccessError) -> SandboxAccess {
        guard principal.tenant == location.tenant else { throw .wrongSandbox }
        if let bound = principal.boundSandbox, bound != location.sandbox { throw .wrongSandbox }
        guard !principal.scopes.contains(.sandbox) else {
            return try open(location, as: principal, recording: trail)
        }
        let sets = alternatives()
        guard sets.contains(where: { $0.first(notIn: principal.scopes) == nil }) else {
            throw .missingScope(sets.first?.first(notIn: principal.scopes) ?? .sandbox)
        }
        return try open(location, as: principal, recording: trail)
    }

    /// A call without a credential, on an operation that its contract opens to guests. Who makes
    /// it must have looked at the operation first.
    package func access(asGuestOf location: SandboxLocation) throws(AccessError) -> SandboxAccess {
        let guest = Principal(
            tenant: location.tenant, kind: .guest(location.sandbox), scopes: Scopes())
        return try open(location, as: guest)
    }

    /// A call of the platform API for one sandbox; `location` is nil when nobody has that id or
    /// slug. Another tenant's sandbox is `notFound`: that it exists is not theirs to know.
    ///
    /// With `evenIfExpired` also one whose time is over and that the sweeper has not found yet: to
    /// look at it, extend it or delete it.
    package func access(
        to location: SandboxLocation?, as principal: Principal, for action: Action,
        evenIfExpired: Bool = false, recording trail: AuditTrail? = nil
    ) throws(AccessError) -> SandboxAccess {
        guard let location, principal.tenant == location.tenant else { throw .notFound }
        try checkManagement(principal, for: action, on: location.sandbox)
        return try open(location, as: principal, evenIfExpired: evenIfExpired, recording: trail)
    }

    /// A call of the platform API for the tenant itself.
    package func access(
        toTenantOf principal: Principal, for action: Action, recording trail: AuditTrail? = nil
    ) throws(AccessError) -> TenantAccess {
        try checkManagement(principal, for: action)
        return TenantAccess(tenant: principal.tenant, principal: principal, trail: trail)
    }

    /// A call of the platform API about members or management keys.
    package func access(
        managingTenantOf principal: Principal, recording trail: AuditTrail?
    ) throws(AccessError) -> TenantManagement {
        TenantManagement(try access(toTenantOf: principal, for: .manage, recording: trail))
    }

    /// A call of the operator's API: nil unless the digest of what was shown is that of the
    /// installation's admin key.
    package func access(
        asOperatorShowing shown: [UInt8], expecting expected: [UInt8], in request: RequestID
    ) -> OperatorAccess? {
        guard SecretComparison.areEqual(shown, expected) else { return nil }
        return OperatorAccess(request: request, at: clock.now())
    }

    /// Whoever shows an invitation's token: the directory named its tenant.
    package func access(accepting entry: InvitationEntry) -> TenantAccess {
        TenantAccess(tenant: entry.tenant, principal: nil)
    }

    /// Sign-up: a tenant that does not exist yet has no rows to protect.
    package func access(founding tenant: TenantID) -> TenantAccess {
        TenantAccess(tenant: tenant, principal: nil)
    }

    /// Work that was claimed for a tenant: its rows and nobody else's.
    package func access(workingFor tenant: TenantID) -> TenantAccess {
        TenantAccess(tenant: tenant, principal: nil)
    }

    /// A message to a sandbox's inbox, which takes them from anybody as receivers of webhooks do.
    package func access(
        receivingAt location: SandboxLocation
    ) throws(AccessError) -> TenantAccess {
        try checkOpen(location)
        return TenantAccess(tenant: location.tenant, principal: nil)
    }

    /// Sign-in: to read the password of the user whom the directory named.
    package func access(signingIn entry: EmailEntry) -> TenantAccess {
        TenantAccess(tenant: entry.tenant, principal: nil)
    }

    /// A page of the portal: to read the user whom the directory named for the browser's token.
    package func access(continuing entry: SessionEntry) -> TenantAccess {
        TenantAccess(tenant: entry.tenant, principal: nil)
    }

    /// The token endpoint: to read the client that the directory named, and what it was granted.
    package func access(authenticating entry: ClientEntry) -> TenantAccess {
        TenantAccess(tenant: entry.tenant, principal: nil)
    }

    /// The page on which a device's code is typed: the directory named its tenant.
    package func access(confirming entry: UserCodeEntry) -> TenantAccess {
        TenantAccess(tenant: entry.tenant, principal: nil)
    }

    /// A token that our own key has signed names this tenant: to read whether it still stands.
    package func access(verifyingTokenOf tenant: TenantID) -> TenantAccess {
        TenantAccess(tenant: tenant, principal: nil)
    }

    /// Housekeeping: to remove what is over, on nobody's behalf.
    package func access(sweeping tenant: TenantID) -> TenantAccess {
        TenantAccess(tenant: tenant, principal: nil)
    }

    /// Housekeeping: to note when a credential that was checked before was last used.
    package func access(notingUseBy principal: Principal) -> TenantAccess {
        TenantAccess(tenant: principal.tenant, principal: principal)
    }

    /// The platform's own work on a clock that it has claimed; nobody is calling.
    package func access(
        keeping claimed: ClaimedClock, at location: SandboxLocation
    ) throws(AccessError) -> SandboxAccess {
        precondition(
            claimed.tenant == location.tenant && claimed.sandbox == location.sandbox,
            "the location is that of the claimed sandbox")
        let keeper = Principal(
            tenant: claimed.tenant, kind: .clockKeeper(claimed.sandbox), scopes: Scopes())
        return try open(location, as: keeper)
    }

    private func checkManagement(
        _ principal: Principal, for action: Action, on sandbox: SandboxID? = nil
    ) throws(AccessError) {
        guard principal.scopes.contains(.manage), let role = principal.role else {
            throw .missingScope(.manage)
        }
        let granted = sandbox.flatMap { principal.grants[$0] }
        guard role.allows(action) || granted?.allows(action) ?? false else {
            throw .roleForbids(role, action)
        }
    }

    private func open(
        _ location: SandboxLocation, as principal: Principal, evenIfExpired: Bool = false,
        recording trail: AuditTrail? = nil
    ) throws(AccessError) -> SandboxAccess {
        try checkOpen(location, evenIfExpired: evenIfExpired)
        return SandboxAccess(location: location, principal: principal, trail: trail)
    }

    private func checkOpen(
        _ location: SandboxLocation, evenIfExpired: Bool = false
    ) throws(AccessError) {
        if !evenIfExpired, let end = location.expiresAt, end <= clock.now() {
            throw .expired(location.sandbox)
        }
        guard location.state == .ready else { throw .suspended(location.sandbox) }
    }
}
