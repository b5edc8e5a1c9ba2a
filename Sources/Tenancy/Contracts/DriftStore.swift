package import Access
package import Contracts
import Postgres
package import Runtime

/// How upstreams keep to the contracts that sandboxes serve for them, operation by operation.
package struct DriftStore: Sendable {
    /// What is known of one operation.
    package struct Line: Sendable {
        package let operation: String
        package let answers: Int64
        package let drifted: Int64
        /// Faults of the last answer that drifted, as they are published; null without one.
        package let findings: JSONValue
        package let driftedAt: WallInstant?
        package let answeredAt: WallInstant
    }

    private let database: TenantDatabase
    private let clock: any WallClock

    package init(database: TenantDatabase, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// Counts one answer of an upstream. `findings` is nil for one that keeps to the contract.
    package func count(
        _ findings: JSONValue?, contract: String, operation: String, as access: SandboxAccess
    ) async throws(TenancyError) {
        let now = clock.now()
        try await storing {
            try await database.transaction(as: access.withoutTrail) { transaction in
                // The lock keeps the sandbox from being deleted beneath the row.
                let found = try await transaction.run(
                    Call(Self.lock, .id(access.tenant), .id(access.sandbox)))
                guard found.count == 1 else { throw TenancyError.sandboxNotFound }
                transaction.enqueue(
                    Call(
                        Self.add, .id(access.tenant), .id(access.sandbox), .text(contract),
                        .text(operation), findings.map { .utf8(JSONWriter.bytes($0)) } ?? .null,
                        .instant(now)))
            }
        }
    }

    /// Of a mounted contract, those that drifted most first. At most one line an operation.
    package func lines(
        of contract: String, as access: SandboxAccess
    ) async throws(TenancyError) -> [Line] {
        try await storing {
            let rows = try await database.read(
                as: access,
                [Call(Self.list, .id(access.tenant), .id(access.sandbox), .text(contract))])[0]
            return rows.map { row in
                guard let findings = try? row.utf8OrNil(3).map({ try JSONParser.parse($0) }) ?? .null
                else { preconditionFailure("the column's type lets only JSON in") }
                return Line(
                    operation: row.text(0), answers: row.int(1), drifted: row.int(2),
                    findings: findings,
                    driftedAt: row.isNull(4)
                        ? nil : WallInstant(microseconds: row.microseconds(4)),
                    answeredAt: WallInstant(microseconds: row.microseconds(5)))
            }
        }
    }

    private static let lock = Statement(
        "drift_lock",
        "SELECT 1 FROM sbx.sandboxes WHERE tenant_id = $1 AND id = $2 FOR KEY SHARE")

    private static let add = Statement(
        "drift_add",
        """
        INSERT INTO sbx.contract_drift AS d (
            tenant_id, sandbox_id, contract, operation, answers, drifted, findings, drifted_at,
            answered_at)
        VALUES (
            $1, $2, $3, $4, 1, CASE WHEN $5::jsonb IS NULL THEN 0 ELSE 1 END, $5::jsonb,
            CASE WHEN $5::jsonb IS NULL THEN NULL ELSE $6::timestamptz END, $6)
        ON CONFLICT (tenant_id, sandbox_id, contract, operation) DO UPDATE
        SET answers = d.answers + 1, drifted = d.drifted + EXCLUDED.drifted,
            findings = coalesce(EXCLUDED.findings, d.findings),
            drifted_at = coalesce(EXCLUDED.drifted_at, d.drifted_at),
            answered_at = EXCLUDED.answered_at
        """)

    private static let list = Statement(
        "drift_list",
        """
        SELECT operation, answers, drifted, findings, drifted_at, answered_at
        FROM sbx.contract_drift
        WHERE tenant_id = $1 AND sandbox_id = $2 AND contract = $3
        ORDER BY drifted DESC, operation
        """)
}
