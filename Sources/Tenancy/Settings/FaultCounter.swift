package import Access
import Identifiers
import Postgres

/// Numbers the calls of a sandbox that run while chaos is on. Simulated faults are drawn from that
/// number and the seed, so the same calls meet the same faults, and calls without chaos move
/// nothing. Begins at 1 in every new layer, that is after a reset or a restore.
package struct FaultCounter: Sendable {
    private let database: TenantDatabase

    package init(database: TenantDatabase) {
        self.database = database
    }

    /// Counts one call. One short transaction of its own: the number stays used whatever becomes
    /// of the call.
    package func next(
        as access: SandboxAccess
    ) async throws(TenancyError) -> (count: Int64, seed: Int64) {
        try await storing {
            let rows = try await database.transaction(as: access) { transaction in
                try await transaction.run(
                    Call(Self.count, .id(access.tenant), .id(access.sandbox)))
            }
            guard rows.count == 1 else { throw TenancyError.sandboxNotFound }
            return (rows[0].int(0), rows[0].int(1))
        }
    }

    /// The last number given; 0 when the layer has met no chaos.
    package func last(as access: SandboxAccess) async throws(TenancyError) -> Int64 {
        try await storing {
            let rows = try await database.read(
                as: access, [Call(Self.read, .id(access.tenant), .id(access.sandbox))])
            return rows[0].first?.int(0) ?? 0
        }
    }

    /// Begins again at 1, as new settings do.
    package func restart(as access: SandboxAccess) async throws(TenancyError) {
        try await storing {
            try await database.transaction(as: access) { transaction in
                transaction.enqueue(Call(Self.forget, .id(access.tenant), .id(access.sandbox)))
            }
        }
    }

    private static let count = Statement(
        "fault_count",
        """
        WITH head AS (
            SELECT layer_id, seed
            FROM sbx.sandbox_heads
            WHERE tenant_id = $1 AND sandbox_id = $2
        ), counted AS (
            INSERT INTO sbx.fault_counters AS c (tenant_id, sandbox_id, layer_id, calls)
            SELECT $1, $2, layer_id, 1
            FROM head
            ON CONFLICT (tenant_id, sandbox_id) DO UPDATE
            SET layer_id = EXCLUDED.layer_id,
                calls = CASE WHEN c.layer_id = EXCLUDED.layer_id THEN c.calls + 1 ELSE 1 END
            RETURNING calls
        )
        SELECT counted.calls, head.seed
        FROM counted, head
        """)

    private static let read = Statement(
        "fault_count_read",
        """
        SELECT c.calls
        FROM sbx.fault_counters c
        JOIN sbx.sandbox_heads h
            ON h.tenant_id = c.tenant_id AND h.sandbox_id = c.sandbox_id AND h.layer_id = c.layer_id
        WHERE c.tenant_id = $1 AND c.sandbox_id = $2 AND h.tenant_id = $1
        """)

    private static let forget = Statement(
        "fault_count_forget",
        "DELETE FROM sbx.fault_counters WHERE tenant_id = $1 AND sandbox_id = $2")
}
