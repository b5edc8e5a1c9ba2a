package import Access
import Contracts
package import Identifiers
import Postgres
package import Runtime
import Tenancy

/// The runs of a sandbox's journeys. One is under way at a time; it holds a lease, so that one whose
/// process went away is seen to be interrupted.
package struct RunStore: Sendable {
    private let database: TenantDatabase
    private let clock: any WallClock

    package init(database: TenantDatabase, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// Stores a new run. Fails with `running` while another is under way.
    package func begin(_ run: JourneyRun, as access: SandboxAccess) async throws(JourneyError) {
        let now = clock.now()
        try await journeyStoring {
            do {
                try await database.transaction(as: access) { transaction in
                    transaction.enqueue(
                        Call(Self.giveUp, .id(access.tenant), .id(access.sandbox), .instant(now)))
                    let made = try await transaction.run(insert(run, access, now))
                    guard made.count == 1 else { throw JourneyError.tenancy(.sandboxNotFound) }
                }
            } catch let error as PostgresError {
                if case .server(let server) = error,
                    server.constraint == "journey_runs_running_idx"
                {
                    throw JourneyError.running
                }
                throw error
            }
        }
    }

    /// Stores how far the run is, and renews its lease. False when it is not ours any more: its
    /// lease was over, and another run has begun.
    package func save(_ run: JourneyRun, as access: SandboxAccess) async throws(JourneyError) -> Bool {
        let until = clock.now() + Limits.runLease
        return try await journeyStoring {
            try await database.transaction(as: access) { transaction in
                let rows = try await transaction.run(
                    Call(
                        Self.update, .id(access.tenant), .id(access.sandbox), .id(run.id),
                        .utf8(JSONWriter.bytes(Self.records(run))), .text(run.status.rawValue),
                        .instant(orNull: run.finishedAt), .instant(until)))
                return rows.count == 1
            }
        }
    }

    package func run(
        _ id: JourneyRunID, as access: SandboxAccess
    ) async throws(JourneyError) -> JourneyRun {
        let now = clock.now()
        return try await journeyStoring {
            let rows = try await database.read(
                as: access, [Call(Self.read, .id(access.tenant), .id(access.sandbox), .id(id))])[0]
            guard let row = rows.first else {
                throw JourneyError.notFound(kind: "run", id: id.description)
            }
            return Self.run(row, at: now)
        }
    }

    /// Newest first; `before` is the last of the page before.
    package func runs(
        rows: Int, before: JourneyRunID?, as access: SandboxAccess
    ) async throws(JourneyError) -> (runs: [JourneyRun], next: JourneyRunID?) {
        let last = before ?? JourneyRunID(high: .max, low: .max)
        let now = clock.now()
        return try await journeyStoring {
            let found = try await database.read(
                as: access,
                [
                    Call(
                        Self.list, .id(access.tenant), .id(access.sandbox), .id(last),
                        .int(Int64(rows + 1)))
                ])[0]
            let page = found.prefix(rows).map { Self.run($0, at: now) }
            return (page, found.count > rows ? page.last?.id : nil)
        }
    }

    private func insert(_ run: JourneyRun, _ access: SandboxAccess, _ now: WallInstant) -> Call {
        Call(
            Self.insert, .id(access.tenant), .id(run.id), .id(access.sandbox),
            .text(run.journeyName), .utf8(JSONWriter.bytes(.object(run.inputs))),
            .utf8(JSONWriter.bytes(run.journey.document)),
            .utf8(JSONWriter.bytes(Self.records(run))), .id(orNull: run.rerunOf),
            .int(Int64(run.fromStep)), .instant(run.createdAt), .instant(now + Limits.runLease))
    }

    private static func records(_ run: JourneyRun) -> JSONValue {
        .array(run.records.map { .object($0.document) })
    }

    private static func run(_ row: Row, at now: WallInstant) -> JourneyRun {
        guard let status = JourneyRun.Status(rawValue: row.text(6)) else {
            preconditionFailure("the schema checks the state of a run")
        }
        var run = JourneyRun(
            id: row.id(0), journeyName: row.text(1),
            journey: Journey(stored: storedDocument(row.utf8(3))),
            inputs: storedDocument(row.utf8(2)).object ?? JSONObject(),
            rerunOf: row.idIfPresent(7), fromStep: Int(row.int(5)),
            createdAt: WallInstant(microseconds: row.microseconds(8)),
            finishedAt: row.instant(9), status: status,
            records: (storedDocument(row.utf8(4)).array ?? []).map(StepRecord.init(stored:)))
        let leaseUntil = WallInstant(microseconds: row.microseconds(10))
        if status == .running, leaseUntil < now { run.end(.interrupted, at: leaseUntil) }
        return run
    }

    private static let columns = """
        id, journey, inputs, steps, records, from_step, status, rerun_of, created_at, finished_at,
            lease_until
        """

    private static let insert = Statement(
        "journey_run_insert",
        """
        INSERT INTO sbx.journey_runs (
            tenant_id, id, sandbox_id, journey, inputs, steps, records, status, rerun_of, from_step,
            created_at, lease_until)
        SELECT $1, $2, s.id, $4, $5, $6, $7, 'running', $8, $9, $10, $11
        FROM sbx.sandboxes s
        WHERE s.tenant_id = $1 AND s.id = $3
        RETURNING id
        """)

    /// A run whose process went away makes room for the next.
    private static let giveUp = Statement(
        "journey_run_give_up",
        """
        UPDATE sbx.journey_runs
        SET status = 'interrupted', finished_at = lease_until
        WHERE tenant_id = $1 AND sandbox_id = $2 AND status = 'running' AND lease_until < $3
        """)

    private static let update = Statement(
        "journey_run_update",
        """
        UPDATE sbx.journey_runs
        SET records = $4, status = $5, finished_at = $6, lease_until = $7
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id = $3 AND status = 'running'
        RETURNING id
        """)

    private static let read = Statement(
        "journey_run_read",
        """
        SELECT \(columns)
        FROM sbx.journey_runs
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id = $3
        """)

    private static let list = Statement(
        "journey_run_list",
        """
        SELECT \(columns)
        FROM sbx.journey_runs
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id < $3
        ORDER BY id DESC
        LIMIT $4
        """)
}
