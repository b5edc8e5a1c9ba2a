package import Access
package import Identifiers
import Postgres
package import Runtime

/// The stored usage figures: gateways add to them, a tenant reads its own, the operator all.
package struct UsageFigures: UsageStore {
    private let database: TenantDatabase
    private let system: SystemWork
    private let clock: any WallClock

    package init(database: TenantDatabase, system: SystemWork, clock: any WallClock) {
        self.database = database
        self.system = system
        self.clock = clock
    }

    package func add(_ batch: UsageBatch) async throws {
        try await system.add(batch, now: clock.now())
    }

    package struct Page: Sendable {
        package let lines: [UsageLine]
        /// Of all lines, also those of other pages.
        package let totals: UsageCounts
        /// Place of the last line when others follow.
        package let next: String?

        init(_ query: UsageQuery, lines: Rows, totals: Rows) {
            self.lines = lines.prefix(query.rows).map { UsageLine($0) }
            self.totals = UsageCounts(totals[0], from: 0)
            next = lines.count > query.rows ? self.lines.last?.place : nil
        }
    }

    package func usage(_ query: UsageQuery, as access: TenantAccess) async throws -> Page {
        let values = UsageStatements.values(query, of: access.tenant)
        return try await database.transaction(as: access, on: .search) { transaction in
            let lines = try await transaction.run(Call(Self.lines, values: values))
            let totals = try await transaction.run(
                Call(Self.totals, values: Array(values.prefix(4))))
            return Page(query, lines: lines, totals: totals)
        }
    }

    /// The hours, both ends included, in which the sandbox was called.
    package func hours(
        _ hours: ClosedRange<Int64>, as access: SandboxAccess
    ) async throws -> [UsageHour] {
        let rows = try await database.read(
            as: access,
            [
                Call(
                    Self.hours, .id(access.tenant), .id(access.sandbox), .int(hours.lowerBound),
                    .int(hours.upperBound))
            ])[0]
        return rows.map { row in
            var counts = UsageCounts()
            counts.succeeded = row.int(1)
            counts.simulatedFailures = row.int(2)
            counts.refused = row.int(3)
            counts.platformFailures = row.int(4)
            return UsageHour(hour: row.int(0), counts: counts)
        }
    }

    /// Of one tenant, or of all.
    package func usage(
        _ query: UsageQuery, of tenant: TenantID?, as access: OperatorAccess
    ) async throws -> Page {
        let found = try await system.usage(query, of: tenant, as: access)
        return Page(query, lines: found.lines, totals: found.totals)
    }

    /// Outcomes that somebody asked for by name, as `contract.scenario`.
    package func scenarios(
        _ days: ClosedRange<Int64>, as access: OperatorAccess
    ) async throws -> Set<String> {
        let rows = try await system.usedScenarios(days, as: access)
        return Set(rows.map { "\($0.text(0)).\($0.text(1))" })
    }

    /// How soon tenants that signed up within the time had their first success.
    package struct FirstSuccesses: Sendable {
        package let tenants: Int64
        package let succeeded: Int64
        package let withinTwoMinutes: Int64
        /// Nil when none has succeeded.
        package let medianMilliseconds: Int64?
        package let ninetiethMilliseconds: Int64?
    }

    package func firstSuccesses(
        from: WallInstant, until: WallInstant, as access: OperatorAccess
    ) async throws -> FirstSuccesses {
        let row = try await system.firstSuccesses(from: from, until: until, as: access)[0]
        return FirstSuccesses(
            tenants: row.int(0), succeeded: row.int(1), withinTwoMinutes: row.int(2),
            medianMilliseconds: row.intOrNil(3), ninetiethMilliseconds: row.intOrNil(4))
    }

    /// What became of webhooks within the time.
    package struct Webhooks: Sendable {
        package let deliveries: Int64
        package let delivered: Int64
        package let dead: Int64
        package let attempts: Int64
        package let succeeded: Int64
    }

    package func webhooks(
        from: WallInstant, until: WallInstant, as access: OperatorAccess
    ) async throws -> Webhooks {
        let row = try await system.webhookFigures(from: from, until: until, as: access)[0]
        return Webhooks(
            deliveries: row.int(0), delivered: row.int(1), dead: row.int(2), attempts: row.int(3),
            succeeded: row.int(4))
    }

    private static let lines = Statement(
        "usage_lines", UsageStatements.lines(tenant: "tenant_id = $1"))

    private static let hours = Statement("usage_hours", UsageStatements.hours)

    private static let totals = Statement(
        "usage_totals", UsageStatements.totals(tenant: "tenant_id = $1"))
}
