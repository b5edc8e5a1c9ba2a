package import Access
package import Identifiers
package import Postgres

/// Reading the audit log: a tenant its own, the operator every tenant's.
package struct AuditStore: Sendable {
    private let database: TenantDatabase
    private let system: SystemWork

    package init(database: TenantDatabase, system: SystemWork) {
        self.database = database
        self.system = system
    }

    /// Commits the entry of an action that changes nothing of ours, such as calls to a server of
    /// somebody else's.
    package func mark(as access: TenantAccess) async throws(TenancyError) {
        try await storing { try await database.transaction(as: access) { _ in } }
    }

    /// Newest first; one row more than the filter asks for, so that a next page shows.
    package func page(
        _ filter: AuditFilter, as access: TenantAccess
    ) async throws(PostgresError) -> [AuditLine] {
        try await database.auditPage(filter, as: access)
    }

    /// The same of one tenant, or of all.
    package func page(
        _ filter: AuditFilter, of tenant: TenantID?, as access: OperatorAccess
    ) async throws(PostgresError) -> [AuditLine] {
        try await system.auditPage(filter, of: tenant, as: access)
    }

    package func chain(as access: TenantAccess) -> AuditChain { database.chain(as: access) }

    package func chain(of tenant: TenantID, as access: OperatorAccess) -> AuditChain {
        system.chain(of: tenant, as: access)
    }
}
