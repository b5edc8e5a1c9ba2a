import Access
import Identifiers
import Postgres

/// Whose head row a statement begins at: a sandbox's, or that of one of its dry-run sessions.
struct WorldAddress: Sendable {
    let access: SandboxAccess
    /// Nil is the sandbox itself.
    let session: DryRunID?

    /// A call with `$1` = tenant, `$2` = key of the head row, then `values`.
    func call(_ statement: HeadStatement, _ values: PostgresValue...) -> Call {
        let key: PostgresValue = if let session { .id(session) } else { .id(access.sandbox) }
        return Call(
            session == nil ? statement.ofSandbox : statement.ofSession,
            values: [.id(access.tenant), key] + values)
    }
}

/// A statement that begins at a head row, once for each table of heads. The two tables have the
/// same columns but for their key.
struct HeadStatement: Sendable {
    struct Heads: Sendable {
        let table: String
        /// The key's second column, after `tenant_id`.
        let key: String
    }

    let ofSandbox: Statement
    let ofSession: Statement

    init(_ name: String, _ sql: (Heads) -> String) {
        ofSandbox = Statement(name, sql(Heads(table: "sbx.sandbox_heads", key: "sandbox_id")))
        ofSession = Statement(
            name + "_dry_run", sql(Heads(table: "sbx.dry_run_heads", key: "id")))
    }
}
