package import Access
import Postgres

extension WorldTransaction {
    /// Sets the sandbox's clock with the commit and tells gateways, whose caches of claims are
    /// keyed by the epoch. ``now`` stays as it is: who moves the clock moves it too. An epoch never
    /// goes back.
    package func setClock(_ clock: VirtualClock) {
        precondition(clock.epoch >= head.clock.epoch, "the clock's epoch would go back")
        head.clock = clock
        movedClock = clock
    }

    func flushClock() {
        guard let movedClock else { return }
        transaction.enqueue(ClockRows.set(address, movedClock))
        if !isDryRun { transaction.enqueue(Invalidation.sandbox(access.sandbox).call) }
    }
}
