import Access
import Tenancy

/// What the transactions of one move have come to so far.
struct ClockRun {
    private(set) var fired: [ClockOutcome.Firing] = []
    private(set) var firedCount = 0
    /// Nothing that is left is due before it; nil before the first transaction.
    private(set) var floor: SandboxInstant?
    private var foundEvent = false
    /// Whether the move was to end with an event.
    var waitsForEvent = false
    private var ended: ClockOutcome?

    mutating func add(_ progress: ClockBatch.Progress) {
        fired += progress.firings
        firedCount += progress.firedCount
        floor = progress.floor
        foundEvent = foundEvent || progress.foundEvent
    }

    /// How the clock stands at the end.
    mutating func end(_ transaction: WorldTransaction, next: WorldTimer?, isPartial: Bool) {
        ended = ClockOutcome(
            now: transaction.now, mode: transaction.head.clock.mode, fired: fired,
            firedCount: firedCount, next: next, isPartial: isPartial,
            foundEvent: waitsForEvent ? foundEvent : nil)
    }

    /// At the end of the move.
    var outcome: ClockOutcome {
        guard let ended else { preconditionFailure("a move answers at its end") }
        return ended
    }
}

/// The simulators by contract, and the jobs of every sandbox.
struct ClockLibrary: Sendable {
    let jobs: [VirtualJob]
    private let contracts: ContractLibrary

    init(_ contracts: ContractLibrary, jobs: [VirtualJob]) {
        self.contracts = contracts
        self.jobs = jobs
    }

    func simulator(of contract: String) -> (any Simulator)? { contracts[contract]?.simulator }
}
