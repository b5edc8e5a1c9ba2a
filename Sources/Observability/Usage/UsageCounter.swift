import Access
import Runtime
import Synchronization

/// Counts the calls of one loop until the ledger takes them. Nothing is ever left out: where too many
/// kinds of calls come at once, further ones are counted with their tenant and hour alone.
package final class UsageCounter: Sendable {
    // Uncontended except for the moment in which the ledger takes the counts.
    private let counts = Mutex<[UsageKey: UsageCounts]>([:])

    package init() {}

    package func count(_ record: RequestRecord) {
        let key = UsageKey(record)
        let counted = UsageCounts(record)
        counts.withLock { counts in
            guard counts.count < Limits.usageKeysHeld || counts[key] != nil else {
                let coarse = UsageKey(tenant: key.tenant, hour: key.hour)
                return counts[coarse, default: UsageCounts()].add(counted)
            }
            counts[key, default: UsageCounts()].add(counted)
        }
    }

    /// What was counted since it was last asked.
    func take() -> [UsageKey: UsageCounts] {
        counts.withLock { counts in
            let taken = counts
            counts = [:]
            return taken
        }
    }
}

extension UsageKey {
    init(_ record: RequestRecord) {
        self.init(tenant: record.tenant, hour: record.startedAt.microseconds / 3_600_000_000)
        sandbox = record.sandbox
        contract = record.contract
        operation = record.operation
        scenario = record.decisions.scenario
        principal = record.principal.map {
            UsagePrincipal(kind: $0.kind.rawValue, high: $0.high, low: $0.low)
        }
    }
}

extension UsageCounts {
    /// Of one call.
    init(_ record: RequestRecord) {
        self.init()
        switch record.outcome {
        case .succeeded: succeeded = 1
        case .simulatedFailure: simulatedFailures = 1
        case .refused: refused = 1
        case .platformFailure: platformFailures = 1
        }
        durationMicroseconds = record.durationMicroseconds
        requestBytes = Int64(record.requestBytes)
        responseBytes = Int64(record.responseBytes)
        if record.outcome == .succeeded, record.isOfSandboxAPI {
            firstSuccess = record.startedAt.microseconds
        }
    }
}

extension RequestRecord {
    /// An operation of a contract, and not what a sandbox's host serves beside its APIs: those have
    /// the contract names that no contract may have.
    fileprivate var isOfSandboxAPI: Bool {
        guard sandbox != nil, operation != nil, let contract else { return false }
        return !Self.reservedContracts.contains(contract)
    }

    private static let reservedContracts = ["sandbox", "_inbox", "_otlp"]
}
