package import Access
import Identifiers
import Postgres
package import Runtime

/// Removes what is over. `sbx_system` names the tenants, because that crosses all of them; the work
/// is done as `sbx_app` under each. Several gateways may sweep at once: each row goes once.
package struct Sweeper: Sendable {
    private let system: SystemWork
    private let database: TenantDatabase
    private let sandboxes: SandboxStore
    private let control: AccessControl
    private let clock: any WallClock

    package init(
        system: SystemWork, database: TenantDatabase, sandboxes: SandboxStore,
        control: AccessControl, clock: any WallClock
    ) {
        self.system = system
        self.database = database
        self.sandboxes = sandboxes
        self.control = control
        self.clock = clock
    }

    /// Deletes the sandboxes whose time to live is over, oldest end first, at most
    /// `expiredSandboxesPerSweep` of them, each with its receipt in the audit log. Answers how many.
    package func deleteExpiredSandboxes() async throws(TenancyError) -> Int {
        let expired: [SandboxLocation]
        do throws(PostgresError) {
            expired = try await system.expiredSandboxes(now: clock.now())
        } catch {
            throw .storage(error)
        }
        var count = 0
        for location in expired {
            do throws(TenancyError) {
                _ = try await sandboxes.deleteExpired(
                    location.sandbox, as: control.access(sweeping: location.tenant))
                count += 1
            } catch {
                switch error {
                // Extended or deleted in between.
                case .sandboxNotFound: continue
                default: throw error
                }
            }
        }
        return count
    }

    /// Deletes the idempotency records that are over by their own sandbox's clock and that no
    /// checkpoint could bring back, at most
    /// `idempotencyRecordsPerSweep` of each tenant. Answers how many.
    package func deleteExpiredIdempotencyRecords() async throws(TenancyError) -> Int {
        var count = 0
        var last = TenantID(high: .max, low: .max)
        do {
            while true {
                let tenants = try await system.tenants(
                    before: last, rows: Limits.tenantsPerSweepPage)
                for index in 0..<tenants.count {
                    last = tenants[index].id(0)
                    count += try await deleteExpiredIdempotencyRecords(of: last)
                }
                if tenants.count < Limits.tenantsPerSweepPage { return count }
            }
        } catch let error as PostgresError {
            throw .storage(error)
        } catch {
            preconditionFailure("only the storage's errors are thrown here")
        }
    }

    private func deleteExpiredIdempotencyRecords(of tenant: TenantID) async throws -> Int {
        try await database.transaction(as: control.access(sweeping: tenant)) { transaction in
            try await transaction.run(
                Call(
                    Self.deleteRecords, .id(tenant), .instant(clock.now()),
                    .int(Int64(Limits.idempotencyRecordsPerSweep)))
            ).affected
        }
    }

    private static let deleteRecords = Statement(
        "sweep_idempotency_records",
        """
        DELETE FROM sbx.idempotency_records
        WHERE tenant_id = $1 AND ctid = ANY (ARRAY(
            SELECT r.ctid
            FROM sbx.idempotency_records r
            JOIN sbx.sandbox_heads h
                ON h.tenant_id = r.tenant_id AND h.sandbox_id = r.sandbox_id
            WHERE r.tenant_id = $1 AND h.tenant_id = $1
                AND r.expires_at <= coalesce(
                    h.clock_frozen_at,
                    $2::timestamptz + h.clock_offset_us * interval '1 microsecond')
                AND NOT EXISTS (
                    SELECT 1
                    FROM sbx.checkpoints c
                    WHERE c.tenant_id = $1 AND c.sandbox_id = r.sandbox_id
                        AND r.revision <= c.revision)
            LIMIT $3))
        """)
}
