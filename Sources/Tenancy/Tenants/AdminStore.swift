package import Access
package import Contracts
package import Identifiers
import Postgres
package import Runtime

/// What the operator may see and set of all tenants, through `SystemWork`.
package struct AdminStore: Sendable {
    private let system: SystemWork

    package init(system: SystemWork) {
        self.system = system
    }

    /// A tenant as the operator sees it.
    package struct Tenant: Sendable {
        package let id: TenantID
        package let name: String
        package let limits: TenantLimits
        package let sandboxes: Int
        package let createdAt: WallInstant
    }

    /// Newest first; `after` is the last tenant of the page before.
    package func tenants(
        rows: Int, after: TenantID?, as access: OperatorAccess
    ) async throws(TenancyError) -> (tenants: [Tenant], next: TenantID?) {
        try await storing {
            let found = try await system.tenants(
                before: after ?? TenantID(high: .max, low: .max), rows: rows + 1)
            let page = (0..<min(found.count, rows)).map { Self.tenant(found[$0]) }
            return (page, found.count > rows ? page.last?.id : nil)
        }
    }

    /// Nil when there is no such tenant.
    package func tenant(
        _ id: TenantID, as access: OperatorAccess
    ) async throws(TenancyError) -> Tenant? {
        try await storing {
            let found = try await system.tenant(id)
            return found.count == 1 ? Self.tenant(found[0]) : nil
        }
    }

    /// Sets the tenant's limits to these, nil being the platform's default. Nil when there is no
    /// such tenant.
    package func setLimits(
        _ change: (inout TenantLimits) -> Void, of tenant: TenantID, as access: OperatorAccess
    ) async throws(TenancyError) -> Tenant? {
        try await storing {
            let found = try await system.tenant(tenant)
            guard found.count == 1 else { return nil }
            let old = Self.tenant(found[0]).limits
            var limits = old
            change(&limits)
            let entry = AuditEntry(
                "set_tenant_limits", subject: tenant.description,
                details: ["before": old.document, "after": limits.document])
            let changed = try await system.setLimits(
                of: tenant, limits.values, leaving: entry, as: access)
            return changed.count == 1 ? Self.tenant(changed[0]) : nil
        }
    }

    private static func tenant(_ row: Row) -> Tenant {
        Tenant(
            id: row.id(0), name: row.text(1), limits: TenantLimits(row, from: 2),
            sandboxes: Int(row.int(8)), createdAt: WallInstant(microseconds: row.microseconds(9)))
    }
}

extension TenantLimits {
    /// As the platform API and the audit log show them; null is the platform's default.
    package var document: JSONValue {
        func number(_ value: Int?) -> JSONValue { value.map { .int($0) } ?? .null }
        return [
            "rate_per_second": number(ratePerSecond), "burst": number(burst),
            "in_flight": number(inFlight), "sandboxes": number(sandboxes),
            "calls_per_day": number(callsPerDay), "calls_per_month": number(callsPerMonth),
        ]
    }
}
