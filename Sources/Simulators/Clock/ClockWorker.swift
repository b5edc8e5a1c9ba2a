package import Access
package import Runtime
import Synchronization

/// Looks after clocks that nobody's call looks after: running ones whose timers come due, and moves
/// whose mover was killed. Any number of processes may do so; each clock is claimed by one of them.
package final class ClockWorker: Sendable {
    private let engine: ClockEngine
    private let system: SystemWork
    private let directory: EdgeDirectory
    private let control: AccessControl
    private let wallClock: any WallClock
    private let isStopped = Mutex(false)

    package init(
        engine: ClockEngine, system: SystemWork, directory: EdgeDirectory, control: AccessControl,
        wallClock: any WallClock
    ) {
        self.engine = engine
        self.system = system
        self.directory = directory
        self.control = control
        self.wallClock = wallClock
    }

    /// Works until ``stop()``. What fails is tried again when its claim has run out; `onError` is
    /// told. On a loop.
    package func run(onError: @Sendable (any Error) -> Void) async {
        while !isStopped.withLock({ $0 }) {
            do {
                guard try await workOnce(onError: onError) == 0 else { continue }
            } catch {
                onError(error)
            }
            await EventLoop.current?.sleep(for: Limits.clockWorkerPause)
        }
    }

    package func stop() { isStopped.withLock { $0 = true } }

    /// Claims clocks and looks after each; answers how many.
    package func workOnce(onError: @Sendable (any Error) -> Void) async throws -> Int {
        let claimed = try await system.claimClocks(
            now: wallClock.now(), lease: Limits.clockClaim, rows: Limits.clocksPerClaim)
        for clock in claimed {
            do {
                try await lookAfter(clock)
            } catch {
                onError(error)
            }
        }
        return claimed.count
    }

    /// A sandbox that has ended or is suspended stands still; its claim runs out and comes again.
    private func lookAfter(_ clock: ClaimedClock) async throws {
        guard let location = try await directory.sandbox(id: clock.sandbox),
            let access = try? control.access(keeping: clock, at: location)
        else { return }
        try await engine.lookAfter(access)
    }
}
