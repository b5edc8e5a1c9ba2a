import Identifiers
package import Postgres

/// The way to a tenant's rows, as `sbx_app`: every unit of work names its tenant first.
///
/// Statements bind `tenant_id = $n` themselves all the same; row-level security is the second lock.
package struct TenantDatabase: Sendable {
    private let postgres: Postgres

    /// `postgres` connects as `sbx_app`.
    package init(appRole postgres: Postgres) {
        self.postgres = postgres
    }

    /// How long a transaction waits for its connection before it is refused.
    package var patience: Duration { postgres.patience }

    /// A closed batch of reads on the current loop's shared connection, in one round trip and one
    /// snapshot per statement. Answers one `Rows` a call.
    package func read(as access: TenantAccess, _ calls: [Call]) async throws(PostgresError) -> [Rows] {
        try await read(in: access.tenant, calls)
    }

    package func read(as access: SandboxAccess, _ calls: [Call]) async throws(PostgresError) -> [Rows] {
        try await read(in: access.tenant, calls)
    }

    /// A transaction on a pooled connection. The tenant is named with the first round trip; what
    /// `body` has enqueued at its end leaves with the COMMIT, and the access's audit entry with it.
    /// An error rolls back and is thrown on.
    package func transaction<Value>(
        as access: TenantAccess, on pool: Postgres.PoolKind = .commit,
        _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        let value = try await postgres.transaction(on: pool) { transaction in
            transaction.enqueue(Self.enter(access.tenant))
            let value = try await body(transaction)
            if pool == .commit {
                access.trail?.write(to: transaction, as: access.tenant, by: access.principal)
            }
            return value
        }
        if pool == .commit { access.trail?.didCommit() }
        return value
    }

    package func transaction<Value>(
        as access: SandboxAccess, on pool: Postgres.PoolKind = .commit,
        _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        try await transaction(as: access.tenantAccess, on: pool, body)
    }

    private func read(in tenant: TenantID, _ calls: [Call]) async throws(PostgresError) -> [Rows] {
        var batch: [Call] = []
        batch.reserveCapacity(calls.count + 1)
        batch.append(Self.enter(tenant))
        batch.append(contentsOf: calls)
        var rows = try await postgres.read(batch)
        rows.removeFirst()
        return rows
    }

    private static func enter(_ tenant: TenantID) -> Call {
        Call(enterStatement, .id(tenant))
    }

    private static let enterStatement = Statement("enter", "SELECT sbx.enter($1)")
}
