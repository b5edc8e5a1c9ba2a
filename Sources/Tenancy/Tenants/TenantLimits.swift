package import Access
import Postgres

/// What the operator has set for a tenant; nil members mean the platform's default.
package struct TenantLimits: Sendable, Hashable {
    package var ratePerSecond: Int?
    package var burst: Int?
    package var inFlight: Int?
    package var sandboxes: Int?

    package init() {}

    init(_ row: Row, from column: Int) {
        func value(_ offset: Int) -> Int? {
            row.isNull(column + offset) ? nil : Int(row.int(column + offset))
        }
        ratePerSecond = value(0)
        burst = value(1)
        inFlight = value(2)
        sandboxes = value(3)
    }
}

extension TenantStore {
    /// The tenant's own limits. One round trip on the shared connection.
    package func limits(of access: TenantAccess) async throws(TenancyError) -> TenantLimits {
        try await storing {
            let rows = try await database.read(
                as: access, [Call(Self.readLimits, .id(access.tenant))])
            return rows[0].count == 0 ? TenantLimits() : TenantLimits(rows[0][0], from: 0)
        }
    }

    private static let readLimits = Statement(
        "tenant_limits",
        """
        SELECT rate_per_second, burst, in_flight, sandboxes_max
        FROM sbx.tenants
        WHERE tenant_id = $1
        """)
}
