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

/// The clock's columns of a head row.
enum ClockRows {
    static func set(_ address: WorldAddress, _ clock: VirtualClock) -> Call {
        let (offset, frozenAt) = columns(clock.mode)
        return address.call(
            setStatement, .text(clock.modeName), offset, frozenAt, .int(clock.epoch))
    }

    /// Offset of a running clock, instant of a frozen one; the other is null.
    static func columns(_ mode: VirtualClock.Mode) -> (PostgresValue, PostgresValue) {
        switch mode {
        case .running(let offset): (.int(offset), .null)
        case .frozen(let instant): (.null, .instant(instant))
        }
    }

    private static let setStatement = HeadStatement("world_set_clock") { heads in
        """
        UPDATE \(heads.table) h
        SET clock_mode = $3, clock_offset_us = $4, clock_frozen_at = $5, clock_epoch = $6
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        """
    }
}
