package import Identifiers
package import Postgres
package import Runtime

/// Calls of one tenant on one day that are not yet counted in the database.
package struct CountedCalls: Sendable, Hashable {
    package let tenant: TenantID
    package let day: CallDay
    package let calls: Int

    package init(tenant: TenantID, day: CallDay, calls: Int) {
        self.tenant = tenant
        self.day = day
        self.calls = calls
    }
}

/// A day of UTC, as quotas count it.
package struct CallDay: Hashable, Sendable {
    /// Since 1970-01-01.
    package let number: Int64

    package init(of instant: WallInstant) {
        number = instant.seconds.floorDivided(by: 86_400)
    }

    /// The first day of its month.
    package var month: CallDay {
        let date = CivilDate(daysSince1970: number)
        return CallDay(number: number - Int64(date.day - 1))
    }

    package var daysOfMonth: Int {
        let date = CivilDate(daysSince1970: number)
        return CivilDate.daysIn(month: date.month, year: date.year)
    }

    /// The instant at which it begins.
    package var start: WallInstant { WallInstant(microseconds: number * 86_400_000_000) }

    /// `2026-01-31`.
    package var text: String { String(start.description.prefix(10)) }

    package func adding(days: Int) -> CallDay { CallDay(number: number + Int64(days)) }

    private init(number: Int64) {
        self.number = number
    }
}

// Quotas: how many calls each tenant has made.
extension SystemWork {
    static let callCountStatements = [addCalls, sweepCalls]

    /// Adds what a gateway has admitted. Answers how many calls the tenants have made in all of each
    /// day and of its month, in the order of `counted`.
    package func add(_ counted: [CountedCalls]) async throws -> [CallCounts] {
        guard !counted.isEmpty else { return [] }
        let rows = try await postgres.transaction { transaction in
            try await transaction.run(
                Call(
                    Self.addCalls, .uuidArray(counted.map { ($0.tenant.high, $0.tenant.low) }),
                    .textArray(counted.map(\.day.text)), .textArray(counted.map { String($0.calls) })))
        }
        var sums: [String: Int] = [:]
        for row in rows {
            let tenant: TenantID = row.id(0)
            sums["\(tenant) \(row.text(1)) \(row.text(2))"] = Int(row.int(3))
        }
        return counted.map { counted in
            CallCounts(
                day: sums["\(counted.tenant) day \(counted.day.text)"] ?? 0,
                month: sums["\(counted.tenant) month \(counted.day.month.text)"] ?? 0)
        }
    }

    /// Removes the counts of days before `day`, and of months that ended before it.
    package func sweepCalls(before day: CallDay) async throws(PostgresError) {
        _ = try await postgres.read(Call(Self.sweepCalls, .text(day.month.text)))
    }

    /// Sorted, so that gateways that add at once take the rows in one order.
    private static let addCalls = Statement(
        "system_add_calls",
        """
        INSERT INTO sbx.call_counts AS counts (tenant_id, period, starts_on, calls)
        SELECT counted.tenant_id, periods.period, periods.starts_on, sum(counted.calls)
        FROM unnest($1::uuid[], $2::text[]::date[], $3::text[]::bigint[])
            AS counted (tenant_id, day, calls)
        CROSS JOIN LATERAL (
            VALUES ('day', counted.day), ('month', date_trunc('month', counted.day)::date)
        ) AS periods (period, starts_on)
        GROUP BY counted.tenant_id, periods.period, periods.starts_on
        ORDER BY counted.tenant_id, periods.period, periods.starts_on
        ON CONFLICT (tenant_id, period, starts_on) DO UPDATE
        SET calls = counts.calls + EXCLUDED.calls
        RETURNING counts.tenant_id, counts.period, counts.starts_on::text, counts.calls
        """)

    private static let sweepCalls = Statement(
        "system_sweep_calls", "DELETE FROM sbx.call_counts WHERE starts_on < $1::date")
}

/// Calls of a tenant in one day and in the month around it.
package struct CallCounts: Sendable, Hashable {
    package var day: Int
    package var month: Int

    package init(day: Int = 0, month: Int = 0) {
        self.day = day
        self.month = month
    }

    package mutating func add(_ calls: Int, in period: String) {
        if period == "day" { day += calls } else { month += calls }
    }
}
