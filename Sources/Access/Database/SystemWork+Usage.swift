package import Identifiers
package import Postgres
package import Runtime

// Usage figures as gateways write them and the operator reads them, and what the KPIs are made of.
extension SystemWork {
    static let usageStatements = [
        claimUsageBatch, addUsage, addUsageHours, noteFirstSuccess, usageLines, usageTotals, usedScenarios,
        firstSuccesses, webhookFigures, sweepUsage, sweepUsageHours,
        sweepUsageWriters,
    ]

    /// Adds a batch. One that was added before, and whose answer was lost, changes nothing.
    package func add(_ batch: UsageBatch, now: WallInstant) async throws {
        let document = UsageStatements.document(batch.rows)
        try await postgres.transaction { transaction in
            let claimed = try await transaction.run(
                Call(
                    Self.claimUsageBatch, .id(Self.platformTenant),
                    .uuid(high: batch.writer.high, low: batch.writer.low), .int(batch.number),
                    .instant(now)))
            guard claimed.count == 1 else { return }
            transaction.enqueue(Call(Self.addUsage, .utf8(document)))
            transaction.enqueue(Call(Self.addUsageHours, .utf8(document)))
            if batch.rows.values.contains(where: { $0.firstSuccess != nil }) {
                transaction.enqueue(Call(Self.noteFirstSuccess, .utf8(document)))
            }
        }
    }

    /// Lines of one tenant or of all, one more than a page has, and the figures of all together.
    package func usage(
        _ query: UsageQuery, of tenant: TenantID?, as access: OperatorAccess
    ) async throws -> (lines: Rows, totals: Rows) {
        let values = UsageStatements.values(query, of: tenant)
        return try await postgres.transaction(on: .search) { transaction in
            let lines = try await transaction.run(Call(Self.usageLines, values: values))
            let totals = try await transaction.run(
                Call(Self.usageTotals, values: Array(values.prefix(4))))
            return (lines, totals)
        }
    }

    /// Contract and name of every scenario that was asked for in these days.
    package func usedScenarios(
        _ days: ClosedRange<Int64>, as access: OperatorAccess
    ) async throws -> Rows {
        try await postgres.transaction(on: .search) { transaction in
            try await transaction.run(
                Call(Self.usedScenarios, .int(days.lowerBound), .int(days.upperBound)))
        }
    }

    /// Of tenants that signed up within the time: how many, how many have had a first success, how
    /// many within two minutes; then median and 90th percentile of the seconds that it took.
    package func firstSuccesses(
        from: WallInstant, until: WallInstant, as access: OperatorAccess
    ) async throws -> Rows {
        try await postgres.transaction(on: .search) { transaction in
            try await transaction.run(Call(Self.firstSuccesses, .instant(from), .instant(until)))
        }
    }

    /// Of deliveries made within the time: all, delivered, dead; then attempts begun within it: all,
    /// succeeded. Reads both logs of that time through.
    package func webhookFigures(
        from: WallInstant, until: WallInstant, as access: OperatorAccess
    ) async throws -> Rows {
        try await postgres.transaction(on: .search) { transaction in
            try await transaction.run(Call(Self.webhookFigures, .instant(from), .instant(until)))
        }
    }

    /// Removes figures that are older than ``Limits/usageDaysKept`` or, by hour,
    /// ``Limits/usageHoursKept``, and batches of gateways that
    /// are gone.
    package func sweepUsage(now: WallInstant) async throws {
        let day = now.microseconds / 86_400_000_000
        try await postgres.transaction { transaction in
            transaction.enqueue(
                Call(Self.sweepUsage, .int(day - Int64(Limits.usageDaysKept))))
            transaction.enqueue(
                Call(
                    Self.sweepUsageHours,
                    .instant(now + (.zero - .seconds(Limits.usageHoursKept * 3_600)))))
            transaction.enqueue(
                Call(Self.sweepUsageWriters, .instant(now + (.zero - Limits.usageWriterAge))))
        }
    }

    private static let claimUsageBatch = Statement(
        "system_claim_usage_batch",
        """
        INSERT INTO sbx.usage_writers AS w (tenant_id, id, batch, written_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant_id, id) DO UPDATE
        SET batch = excluded.batch, written_at = excluded.written_at
        WHERE w.batch < excluded.batch
        RETURNING batch
        """)

    private static let addUsage = Statement("system_add_usage", UsageStatements.add)

    private static let addUsageHours = Statement(
        "system_add_usage_hours", UsageStatements.addHours)

    private static let noteFirstSuccess = Statement(
        "system_note_first_success", UsageStatements.noteFirstSuccess)

    private static let anyTenant = "($1::uuid IS NULL OR tenant_id = $1)"

    private static let usageLines = Statement(
        "system_usage_lines", UsageStatements.lines(tenant: anyTenant))

    private static let usageTotals = Statement(
        "system_usage_totals", UsageStatements.totals(tenant: anyTenant))

    private static let usedScenarios = Statement(
        "system_used_scenarios",
        """
        SELECT DISTINCT contract, scenario
        FROM sbx.usage_days
        WHERE scenario <> '' AND day >= date '1970-01-01' + $1::integer
            AND day <= date '1970-01-01' + $2::integer
        """)

    private static let firstSuccesses = Statement(
        "system_first_successes",
        """
        SELECT count(*), count(seconds), count(*) FILTER (WHERE seconds <= 120),
            (percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) * 1000)::bigint,
            (percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds) * 1000)::bigint
        FROM (
            SELECT extract(epoch FROM first_success_at - created_at)::float8 AS seconds
            FROM sbx.tenants
            WHERE created_at >= $1 AND created_at < $2
        ) AS founded
        """)

    private static let webhookFigures = Statement(
        "system_webhook_figures",
        """
        SELECT d.made, d.delivered, d.dead, a.made, a.succeeded
        FROM (
            SELECT count(*) AS made, count(*) FILTER (WHERE state = 'delivered') AS delivered,
                count(*) FILTER (WHERE state = 'dead') AS dead
            FROM sbx.deliveries
            WHERE created_at >= $1 AND created_at < $2
        ) AS d
        CROSS JOIN (
            SELECT count(*) AS made, count(*) FILTER (WHERE succeeded) AS succeeded
            FROM sbx.delivery_attempts
            WHERE started_at >= $1 AND started_at < $2
        ) AS a
        """)

    private static let sweepUsage = Statement(
        "system_sweep_usage",
        "DELETE FROM sbx.usage_days WHERE day < date '1970-01-01' + $1::integer")

    private static let sweepUsageHours = Statement(
        "system_sweep_usage_hours", "DELETE FROM sbx.usage_hours WHERE hour < $1")

    private static let sweepUsageWriters = Statement(
        "system_sweep_usage_writers", "DELETE FROM sbx.usage_writers WHERE written_at < $1")
}
