package import Identifiers

/// Which calls are counted together.
package struct UsageKey: Hashable, Sendable {
    package var tenant: TenantID
    /// Hours since 1970, UTC.
    package var hour: Int64
    /// Nil for the platform API.
    package var sandbox: SandboxID?
    package var contract: String?
    package var operation: String?
    /// The outcome that was asked for by name.
    package var scenario: String?
    /// Nil for guests and strangers.
    package var principal: UsagePrincipal?

    package init(tenant: TenantID, hour: Int64) {
        self.tenant = tenant
        self.hour = hour
    }

    /// By the parts that part most keys: every call is counted, and hashing all of them costs each
    /// four times as much.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(sandbox?.low ?? tenant.low)
        hasher.combine(principal?.low ?? 0)
        hasher.combine(operation)
    }
}

/// Who made calls: a kind of the request log, and an id of that kind.
package struct UsagePrincipal: Hashable, Sendable {
    package let kind: String
    package let high: UInt64
    package let low: UInt64

    package init(kind: String, high: UInt64, low: UInt64) {
        self.kind = kind
        self.high = high
        self.low = low
    }
}

/// Figures of calls that are counted together.
package struct UsageCounts: Sendable, Equatable {
    package var succeeded: Int64 = 0
    /// Failed because the simulated world says so.
    package var simulatedFailures: Int64 = 0
    /// Refused by the platform: status 4xx with a problem document.
    package var refused: Int64 = 0
    /// The platform could not answer: status 5xx of its own.
    package var platformFailures: Int64 = 0
    package var durationMicroseconds: Int64 = 0
    package var requestBytes: Int64 = 0
    package var responseBytes: Int64 = 0
    /// The earliest success on a sandbox's API, in microseconds since 1970. Not stored with the
    /// figures but as the tenant's first, when it is.
    package var firstSuccess: Int64?

    package init() {}

    package var calls: Int64 { succeeded + simulatedFailures + refused + platformFailures }

    package mutating func add(_ other: UsageCounts) {
        succeeded += other.succeeded
        simulatedFailures += other.simulatedFailures
        refused += other.refused
        platformFailures += other.platformFailures
        durationMicroseconds += other.durationMicroseconds
        requestBytes += other.requestBytes
        responseBytes += other.responseBytes
        if let first = other.firstSuccess { firstSuccess = min(first, firstSuccess ?? first) }
    }
}

/// Calls of one sandbox in one hour, by how they ended.
package struct UsageHour: Sendable {
    /// Hours since 1970, UTC.
    package let hour: Int64
    /// Of these, the numbers of calls alone.
    package let counts: UsageCounts

    package init(hour: Int64, counts: UsageCounts) {
        self.hour = hour
        self.counts = counts
    }
}

/// What one gateway adds to the stored figures in one transaction. A batch that is sent again under
/// the same number is added once.
package struct UsageBatch: Sendable {
    /// The gateway's process, a random id.
    package let writer: (high: UInt64, low: UInt64)
    /// From 1.
    package let number: Int64
    package let rows: [UsageKey: UsageCounts]

    package init(
        writer: (high: UInt64, low: UInt64), number: Int64, rows: [UsageKey: UsageCounts]
    ) {
        self.writer = writer
        self.number = number
        self.rows = rows
    }
}

/// What figures are asked for.
package struct UsageQuery: Sendable {
    /// By what figures are told apart.
    package enum Grouping: String, Sendable, CaseIterable {
        case day, tenant, sandbox, operation, key, scenario
    }

    /// Days since 1970, UTC, both included.
    package var days: ClosedRange<Int64>
    package var grouping: Set<Grouping> = []
    package var sandbox: SandboxID?
    /// 1 to 1,000.
    package var rows = 100
    /// ``UsageLine/place`` of the last line of the page before.
    package var after = ""

    package init(days: ClosedRange<Int64>) {
        self.days = days
    }
}
