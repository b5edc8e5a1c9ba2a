package import Identifiers
package import Postgres

/// Why access was refused, or the directory could not be asked.
package enum AccessError: Error, Sendable {
    /// The credential belongs to another tenant or another sandbox than the host.
    case wrongSandbox
    /// There is no such sandbox in the caller's tenant.
    case notFound
    case missingScope(Scope)
    case roleForbids(Role, AccessControl.Action)
    case expired(SandboxID)
    case suspended(SandboxID)
    case storage(PostgresError)
}
