package import Identifiers
package import Postgres

/// Figures of one group; of what it is not grouped by, nothing is said.
package struct UsageLine: Sendable {
    /// Where the line stands in the order of all lines; see ``UsageQuery/after``.
    package let place: String
    /// `2026-01-31`.
    package let day: String?
    package let tenant: TenantID?
    /// Nil also for the platform API.
    package let sandbox: SandboxID?
    package let contract: String?
    package let operation: String?
    package let scenario: String?
    package let principal: UsagePrincipal?
    package let counts: UsageCounts

    /// In the order of ``UsageStatements/lines(tenant:)``.
    package init(_ row: Row) {
        func text(_ column: Int) -> String? {
            row.isNull(column) || row.text(column).isEmpty ? nil : row.text(column)
        }
        place = row.text(0)
        day = text(1)
        tenant = row.idIfPresent(2)
        let sandbox: SandboxID? = row.idIfPresent(3)
        self.sandbox = sandbox == UsageStatements.platform ? nil : sandbox
        contract = text(4)
        operation = text(5)
        scenario = text(6)
        principal = text(7).map { kind in
            let bits = row.uuid(8)
            return UsagePrincipal(kind: kind, high: bits.high, low: bits.low)
        }
        counts = UsageCounts(row, from: 9)
    }
}

extension UsageCounts {
    /// Seven columns from `first` on.
    package init(_ row: Row, from first: Int) {
        succeeded = row.int(first)
        simulatedFailures = row.int(first + 1)
        refused = row.int(first + 2)
        platformFailures = row.int(first + 3)
        durationMicroseconds = row.int(first + 4)
        requestBytes = row.int(first + 5)
        responseBytes = row.int(first + 6)
    }
}
