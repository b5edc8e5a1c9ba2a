package import Access
package import Identifiers
import Postgres
package import Runtime

/// A sandbox's head row: where its world stands, its seed and its clock.
package struct WorldHead: Sendable {
    package let layer: LayerID
    package internal(set) var stamp: WorldStamp
    package let seed: Int64
    /// 0 except in dry-run sessions.
    package let salt: Int64
    package let timeZero: SandboxInstant
    package internal(set) var clock: VirtualClock
    let golden: GoldenWorld
    /// Whether reads fall through other layers before the golden world.
    let hasAncestors: Bool
    /// Whether the own layer holds every live timer; see `timers`.
    var ownsTimers: Bool
    /// Wall time at which somebody must look after the clock.
    var wakeAt: WallInstant?
    /// The move of the clock that is under way.
    package internal(set) var advance: ClockAdvance?
    /// Whether the daily jobs stand among the timers.
    package internal(set) var hasJobs: Bool

    /// The columns that ``init(_:from:)`` reads, of the row called `h`.
    static let columns = """
        h.layer_id, h.revision, h.tick, h.seed, h.salt, h.time_zero, h.clock_mode,
            h.clock_offset_us, h.clock_frozen_at, h.clock_epoch, h.golden_name, h.golden_version,
            cardinality(h.ancestor_ids), h.owns_timers, h.wake_at, h.advance, h.has_jobs
        """
    static let columnCount = 17

    init(_ row: Row, from column: Int = 0) {
        layer = row.id(column)
        stamp = WorldStamp(revision: row.int(column + 1), tick: row.int(column + 2))
        seed = row.int(column + 3)
        salt = row.int(column + 4)
        timeZero = SandboxInstant(microseconds: row.microseconds(column + 5))
        clock = Self.clock(row, from: column + 6)
        golden = GoldenWorld.named(row.text(column + 10), version: Int(row.int(column + 11)))
        hasAncestors = row.int(column + 12) > 0
        ownsTimers = row.bool(column + 13)
        wakeAt = row.instant(column + 14)
        advance = row.isNull(column + 15) ? nil : ClockAdvance(row.utf8(column + 15))
        hasJobs = row.bool(column + 16)
    }

    package func now(at wall: WallInstant) -> SandboxInstant { clock.now(at: wall) }

    /// Columns mode, offset, frozen instant, epoch.
    static func clock(_ row: Row, from column: Int) -> VirtualClock {
        let mode: VirtualClock.Mode =
            row.text(column) == "frozen"
            ? .frozen(at: SandboxInstant(microseconds: row.microseconds(column + 2)))
            : .running(offsetMicroseconds: row.int(column + 1))
        return VirtualClock(mode: mode, epoch: row.int(column + 3))
    }
}
