import Access
import Tenancy

/// One database transaction of a clock that moves: fires due timers in total order, instant by
/// instant. Each instant is a commit with its own revision and tick, so that a restart finds a
/// whole one; several share a transaction because the disk is slow.
///
///     due timers (first 500) ─┐
///                             ├─→ next by (instant, id) ─→ fire ─→ newly scheduled ─┐
///     newly scheduled ────────┘◄────────────────────────────────────────────────────┘
struct ClockBatch {
    let world: WorldTransaction
    let library: ClockLibrary
    let goal: Goal
    /// Firings left to the call.
    let allowance: Int

    struct Goal {
        let target: SandboxInstant
        let untilEvent: String?
        /// Nothing is due before it; nil where that is not known.
        var floor: SandboxInstant?
    }

    /// How far it came.
    struct Progress {
        var firings: [ClockOutcome.Firing] = []
        var firedCount = 0
        /// Nothing is left up to the target.
        var isDone = false
        var foundEvent = false
        /// The last instant that fired.
        var instant: SandboxInstant?
        /// Nothing that is left is due before it.
        var floor: SandboxInstant?
    }

    /// `told` is how many firings the answer still has room for.
    func run(telling told: Int) async throws -> Progress {
        var progress = Progress()
        let rows = min(Limits.firingsPerBatch, allowance)
        let due = try await world.dueTimers(from: goal.floor, upTo: goal.target, limit: rows)
        // Beyond the last row there may be timers that were not read.
        let isCut = due.count == rows
        var queue = TimerQueue(due)
        world.keepJournal()
        while let next = queue.first, !progress.foundEvent {
            if isCut, let last = due.last, next.dueAt >= last.dueAt, progress.instant != nil { break }
            try await begin(next.dueAt, &progress)
            try await fireInstant(&queue, &progress, telling: told)
            if progress.firedCount >= rows { break }
        }
        let next = queue.first
        progress.isDone = next == nil && !progress.foundEvent && !isCut
        progress.floor = [next, isCut ? due.last : nil].compactMap { $0?.dueAt }.min()
        return progress
    }

    /// The timer's object with those of the next ones, in one round trip. Not all that were read:
    /// jobs that set themselves again may fill the transaction before most of them fire.
    private func preload(_ timer: WorldTimer, _ queue: TimerQueue) async throws {
        guard timer.type != VirtualJob.timerType, !world.isKnown(timer.entity) else { return }
        let next = queue.upcoming(Limits.timersPreloaded).filter { $0.type != VirtualJob.timerType }
        try await world.load(Array(Set([timer.entity] + next.map(\.entity))))
    }

    /// The transaction's own commit serves the first instant.
    private func begin(_ instant: SandboxInstant, _ progress: inout Progress) async throws {
        if progress.instant == nil {
            world.now = instant
        } else {
            try await world.beginNextCommit(at: instant)
        }
        progress.instant = instant
    }

    /// Everything that is due at `world.now`, what the firings themselves schedule for it too. Where
    /// a single instant holds more than a transaction may fire, it goes on in the next one.
    private func fireInstant(
        _ queue: inout TimerQueue, _ progress: inout Progress, telling told: Int
    ) async throws {
        while let timer = queue.first, timer.dueAt <= world.now {
            guard progress.firedCount < Limits.firingsPerBatch else { return }
            queue.removeFirst()
            try await preload(timer, queue)
            let effects = try await fire(timer)
            for effect in effects {
                switch effect {
                case .scheduled(let fresh) where fresh.dueAt <= goal.target: queue.insert(fresh)
                case .scheduled(let fresh): queue.remove(fresh.id)
                case .cancelled(let id): queue.remove(id)
                case .emitted(_, let type):
                    if type == goal.untilEvent { progress.foundEvent = true }
                case .changed, .posted: break
                }
            }
            progress.firedCount += 1
            if progress.firings.count < told {
                progress.firings.append(
                    ClockOutcome.Firing(
                        timer: timer, effects: Array(effects.prefix(Limits.effectsTold))))
            }
        }
    }

    /// Takes the timer away, sets a job's next one, and lets the contract's simulator do the rest.
    private func fire(_ timer: WorldTimer) async throws -> [WorldEffect] {
        world.cancelTimer(timer.id)
        _ = world.takeJournal()
        if let job = VirtualJob(timer) {
            let next = job.timer(after: timer.dueAt)
            world.schedule(
                WorldTimer(
                    id: timer.id, dueAt: next.dueAt, contract: timer.contract, type: timer.type,
                    entityID: timer.entityID, kind: timer.kind, payload: timer.payload))
        }
        try await library.simulator(of: timer.contract)?.fire(timer, in: world)
        return world.takeJournal()
    }
}
