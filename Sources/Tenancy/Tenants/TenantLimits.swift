package import Access
import Postgres

/// What the operator has set for a tenant; nil members mean the platform's default.
package struct TenantLimits: Sendable, Hashable {
    package var ratePerSecond: Int?
    package var burst: Int?
    package var inFlight: Int?
    package var sandboxes: Int?
    /// Quotas; days and months are those of UTC.
    package var callsPerDay: Int?
    package var callsPerMonth: Int?

    package init() {}

    init(_ row: Row, from column: Int) {
        func value(_ offset: Int) -> Int? {
            row.isNull(column + offset) ? nil : Int(row.int(column + offset))
        }
        ratePerSecond = value(0)
        burst = value(1)
        inFlight = value(2)
        sandboxes = value(3)
        callsPerDay = value(4)
        callsPerMonth = value(5)
    }

    /// In the order of `SystemWork.limitColumns`.
    var values: [Int?] {
        [ratePerSecond, burst, inFlight, sandboxes, callsPerDay, callsPerMonth]
    }
}

extension TenantStore {
    /// The tenant's own limits, and how much of its quotas is used up as of `day`. One round trip
    /// on the shared connection.
    package func limits(
        of access: TenantAccess, on day: CallDay
    ) async throws(TenancyError) -> (limits: TenantLimits, calls: CallCounts) {
        try await storing {
            let tenant = PostgresValue.id(access.tenant)
            let rows = try await database.read(
                as: access,
                [
                    Call(Self.readLimits, tenant),
                    Call(Self.readCalls, tenant, .text(day.text), .text(day.month.text)),
                ])
            let limits = rows[0].count == 0 ? TenantLimits() : TenantLimits(rows[0][0], from: 0)
            var calls = CallCounts()
            for row in rows[1] { calls.add(Int(row.int(1)), in: row.text(0)) }
            return (limits, calls)
        }
    }

    private static let readLimits = Statement(
        "tenant_limits",
        """
        SELECT \(SystemWork.limitColumns)
        FROM sbx.tenants
        WHERE tenant_id = $1
        """)

    private static let readCalls = Statement(
        "tenant_calls",
        """
        SELECT period, calls
        FROM sbx.call_counts
        WHERE tenant_id = $1 AND (period, starts_on) IN (('day', $2::date), ('month', $3::date))
        """)
}
