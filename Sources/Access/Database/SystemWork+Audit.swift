package import Identifiers
package import Postgres
import Runtime

// The audit log as the operator writes and reads it: of every tenant, and of the platform itself.
extension SystemWork {
    static let auditStatements = [insertAudit, auditPage, auditChain, auditHead, verifyAudit]

    /// Under this tenant stand the entries that belong to none.
    package static let platformTenant = TenantID(high: 0, low: 0)

    static func audit(
        _ entry: AuditEntry, in tenant: TenantID, as access: OperatorAccess
    ) -> Call {
        var entry = entry
        entry.request = access.request
        let id = AuditID(high: access.request.high, low: access.request.low)
        return Call(
            insertAudit, values: entry.values(in: tenant, id: id, by: .operator, at: access.at))
    }

    /// Entries of one tenant or of all, newest first; one row more than the filter asks for.
    package func auditPage(
        _ filter: AuditFilter, of tenant: TenantID?, as access: OperatorAccess
    ) async throws(PostgresError) -> [AuditLine] {
        let call = Call(Self.auditPage, values: [.id(orNull: tenant)] + filter.values)
        return try await postgres.read([call])[0].map { AuditLine($0) }
    }

    /// The statements of a tenant's chain, for the operator.
    package func chain(
        of tenant: TenantID, as access: OperatorAccess
    ) -> AuditChain {
        AuditChain(tenant: tenant, reading: Self.chainStatements) {
            [postgres] calls throws(PostgresError) in
            try await postgres.read(calls)
        }
    }

    private static let chainStatements = AuditChain.Statements(
        entries: auditChain, head: auditHead, verify: verifyAudit)

    private static let insertAudit = Statement("system_insert_audit", AuditStatements.insert)

    private static let auditPage = Statement(
        "system_audit_page",
        AuditStatements.page(tenant: "($1::uuid IS NULL OR tenant_id = $1)"))

    private static let auditChain = Statement("system_audit_chain", AuditStatements.chain)

    private static let auditHead = Statement("system_audit_head", AuditStatements.head)

    private static let verifyAudit = Statement("system_verify_audit", AuditStatements.verify)
}
