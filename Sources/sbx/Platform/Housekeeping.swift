import Access
import Gateway
import Identity
import Observability
import Runtime
import Tenancy

/// What every process does from time to time, whatever the requests: each chore on the loop that it
/// was started on, once at the start and then after each pause. Several processes may do the same.
struct Housekeeping {
    struct Chore: Sendable {
        /// For the operator's log, as in "expired sandboxes".
        let name: String
        let pause: Duration
        let work: @Sendable () async throws -> Void
    }

    let chores: [Chore]

    init(
        system: SystemWork, sweeper: Sweeper, layers: LayerSweep, uses: KeyUses,
        keyring: Keyring, usage: UsageLedger, limits: CallerLimits, fleet: Fleet,
        clock: any WallClock
    ) {
        chores = [
            Chore(name: "partitions of log and spans", pause: .seconds(3_600)) {
                _ = try await system.ensurePartitions(now: clock.now())
            },
            Chore(name: "old partitions", pause: .seconds(3_600)) {
                _ = try await system.dropOldPartitions(now: clock.now())
            },
            Chore(name: "expired sandboxes", pause: .seconds(60)) {
                _ = try await sweeper.deleteExpiredSandboxes()
            },
            Chore(name: "expired idempotency records", pause: .seconds(3_600)) {
                _ = try await sweeper.deleteExpiredIdempotencyRecords()
            },
            Chore(name: "layers that were left", pause: .seconds(5)) {
                while try await layers.run() == LayerSweep.layersMax {}
            },
            Chore(name: "sweep of credentials", pause: .seconds(3_600)) {
                try await system.sweepCredentials(now: clock.now())
            },
            Chore(name: "rotation of signing keys", pause: .seconds(3_600)) {
                try await keyring.rotateIfDue()
            },
            Chore(name: "usage figures", pause: .seconds(1)) { try await usage.write() },
            Chore(name: "old usage figures", pause: .seconds(3_600)) {
                try await system.sweepUsage(now: clock.now())
            },
            Chore(name: "gateways", pause: Fleet.beatInterval) {
                try await fleet.beat()
                await limits.giveBackSlots()
            },
            Chore(name: "counts of calls", pause: .seconds(1)) {
                try await limits.countCalls(system)
            },
            Chore(name: "limits that are over", pause: .seconds(3_600)) {
                try await system.sweepSharedLimits()
                try await limits.sweepCalls(system)
            },
            // Lists show the last use to the minute.
            Chore(name: "last uses of keys", pause: .seconds(60)) { try await uses.write() },
        ]
    }

    /// Runs until the loop ends. A failure is told and the chore comes again.
    func start(on loop: EventLoop) {
        for chore in chores {
            Task(executorPreference: loop) {
                while true {
                    do {
                        try await chore.work()
                    } catch {
                        printError("sbx: \(chore.name): \(String(reflecting: error))")
                    }
                    await loop.sleep(for: chore.pause)
                }
            }
        }
    }
}
