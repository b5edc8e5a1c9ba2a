package import Identifiers
import Runtime

/// Permission to touch one tenant's rows. Only ``AccessControl`` makes it, after its check: a store
/// method that takes it cannot be called by code that has forgotten to ask.
package struct TenantAccess: Sendable {
    package let tenant: TenantID
    /// Nil while signing up or in: there is no principal yet.
    package let principal: Principal?
    /// What the action leaves in the audit log; nil for one that changes nothing of the platform.
    package let trail: AuditTrail?

    init(tenant: TenantID, principal: Principal?, trail: AuditTrail? = nil) {
        self.tenant = tenant
        self.principal = principal
        self.trail = trail
    }

    /// The same permission for what is done on the way and is not the action itself.
    package var withoutTrail: TenantAccess { TenantAccess(tenant: tenant, principal: principal) }

    /// Whether it reaches also as far as this.
    package func require(_ action: AccessControl.Action) throws(AccessError) {
        guard let role = principal?.role, !role.allows(action) else { return }
        throw .roleForbids(role, action)
    }
}

/// Permission to touch one sandbox, and whether to change it. Only ``AccessControl`` makes it.
package struct SandboxAccess: Sendable {
    package let tenant: TenantID
    package let sandbox: SandboxID
    package let slug: String
    package let principal: Principal
    /// As in ``TenantAccess``.
    package private(set) var trail: AuditTrail?

    init(location: SandboxLocation, principal: Principal, trail: AuditTrail?) {
        tenant = principal.tenant
        sandbox = location.sandbox
        slug = location.slug
        self.principal = principal
        self.trail = trail
    }

    /// The same permission over the sandbox's tenant, for rows that stand beside the world.
    package var tenantAccess: TenantAccess {
        TenantAccess(tenant: tenant, principal: principal, trail: trail)
    }

    /// The same permission for what is done on the way and is not the action itself.
    package var withoutTrail: SandboxAccess {
        var access = self
        access.trail = nil
        return access
    }
}

/// Permission to say who belongs to a tenant, and which management keys it has. Only
/// ``AccessControl`` makes it.
package struct TenantManagement: Sendable {
    package let access: TenantAccess

    init(_ access: TenantAccess) {
        self.access = access
    }
}

/// Permission of the platform's operator. Only ``AccessControl`` makes it.
package struct OperatorAccess: Sendable {
    /// The call that is made with it, and when it came.
    let request: RequestID
    let at: WallInstant

    init(request: RequestID, at: WallInstant) {
        self.request = request
        self.at = at
    }
}
