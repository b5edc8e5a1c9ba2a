import Access
import Postgres
package import Runtime

/// What a commit notes of the clock's work; by default nothing but an earlier wake-up.
struct ClockWork {
    enum Note {
        /// Somebody moves the clock and is believed to live until the lease ends.
        case moving(ClockAdvance, lease: WallInstant)
        /// Nobody does; a running clock wakes with its next timer.
        case resting
    }

    var note: Note?
}

extension WorldTransaction {
    /// Notes that the clock is being moved and that whoever does it lives until `lease`. Until it
    /// rests again other calls wait.
    package func noteMove(_ advance: ClockAdvance, lease: WallInstant) {
        head.advance = advance
        clockWork.note = .moving(advance, lease: lease)
    }

    /// Notes that no move is under way; a running clock wakes with the next timer.
    package func noteRest() {
        head.advance = nil
        clockWork.note = .resting
    }

    /// Puts those of `jobs` among the timers that are not there yet. The world knows afterwards
    /// that it has them.
    package func adoptJobs(_ jobs: [WorldTimer]) async throws(TenancyError) {
        let ids = jobs.map(\.id)
        ownTimers()
        let rows = try await storing {
            try await transaction.run(TimerRows.live(access, head.layer, ids: ids))
        }
        let known = Set((0..<rows.count).map { rows[$0].text(0) })
        for job in jobs where !known.contains(job.id) { schedule(job) }
        head.hasJobs = true
        transaction.enqueue(ClockRows.noteJobs(address))
    }

    /// The next timer of `kind`; nil when there is none.
    package func nextTimer(kind: String? = nil) async throws(TenancyError) -> WorldTimer? {
        ownTimers()
        let rows = try await storing {
            // Touched ones are among the rows and fall out again.
            try await transaction.run(
                TimerRows.first(access, head.layer, kind: kind, rows: 1 + timers.count))
        }
        let stored = rows.map { TimerRows.timer($0) }
        let far = SandboxInstant(microseconds: Int64.max)
        return timers.applied(to: stored, upTo: far).first { kind == nil || $0.kind == kind }
    }

    func flushClockWork() {
        let earlier = clockWork.note == nil ? earlierWake() : nil
        // A clock that rests looks for its next timer in the table.
        sendTimers()
        switch clockWork.note {
        case .moving(let advance, let lease):
            transaction.enqueue(ClockRows.noteMove(address, advance, lease: lease))
        case .resting:
            transaction.enqueue(ClockRows.noteRest(address))
        case nil:
            guard let wakeAt = earlier else { break }
            transaction.enqueue(ClockRows.wake(address, at: wakeAt))
            head.wakeAt = wakeAt
        }
        clockWork.note = nil
        if hasOwnStamp { transaction.enqueue(ClockRows.setStamp(address, head.stamp)) }
    }

    /// When somebody must look after the clock, with what this transaction has scheduled so far.
    var nextWake: WallInstant? { earlierWake() ?? head.wakeAt }

    /// The wall time of the first timer that was scheduled, if nobody would look that early. A
    /// world without its jobs is looked after at once, when it has begun to be used.
    private func earlierWake() -> WallInstant? {
        guard !isOffClock, case .running(let offset) = head.clock.mode else { return nil }
        let due = timers.states.values.compactMap { $0?.dueAt }.min()
        let first = due.map { WallInstant(microseconds: $0.microseconds - offset) }
        let wakeAt = head.hasJobs ? first : wall
        guard let wakeAt else { return nil }
        if let known = head.wakeAt, known <= wakeAt { return nil }
        return wakeAt
    }

    /// Dry runs have no clock worker.
    private var isOffClock: Bool { address.session != nil }
}

/// The clock's columns of a head row.
enum ClockRows {
    static func set(_ address: WorldAddress, _ clock: VirtualClock) -> Call {
        let (offset, frozenAt) = columns(clock.mode)
        return address.call(
            setStatement, .text(clock.modeName), offset, frozenAt, .int(clock.epoch))
    }

    static func noteMove(
        _ address: WorldAddress, _ advance: ClockAdvance, lease: WallInstant
    ) -> Call {
        address.call(moveStatement, .utf8(advance.utf8), .instant(lease))
    }

    static func noteRest(_ address: WorldAddress) -> Call { address.call(restStatement) }

    static func wake(_ address: WorldAddress, at instant: WallInstant) -> Call {
        address.call(wakeStatement, .instant(instant))
    }

    static func noteJobs(_ address: WorldAddress) -> Call { address.call(jobsStatement) }

    static func setStamp(_ address: WorldAddress, _ stamp: WorldStamp) -> Call {
        address.call(stampStatement, .int(stamp.revision), .int(stamp.tick))
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

    private static let moveStatement = HeadStatement("clock_note_move") { heads in
        """
        UPDATE \(heads.table) h
        SET advance = $3, wake_at = $4
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        """
    }

    private static let restStatement = HeadStatement("clock_note_rest") { heads in
        """
        UPDATE \(heads.table) h
        SET advance = NULL, clock_claimed_until = NULL,
            wake_at = CASE h.clock_mode
                WHEN 'running' THEN (
                    SELECT t.due_at - h.clock_offset_us * interval '1 microsecond'
                    FROM sbx.timers t
                    WHERE t.tenant_id = $1 AND t.layer_id = h.layer_id AND t.due_at IS NOT NULL
                    ORDER BY t.due_at, t.timer_id
                    LIMIT 1)
            END
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        """
    }

    private static let wakeStatement = HeadStatement("clock_wake") { heads in
        """
        UPDATE \(heads.table) h
        SET wake_at = $3
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        """
    }

    private static let jobsStatement = HeadStatement("clock_note_jobs") { heads in
        """
        UPDATE \(heads.table) h
        SET has_jobs = true
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        """
    }

    private static let stampStatement = HeadStatement("clock_set_stamp") { heads in
        """
        UPDATE \(heads.table) h
        SET revision = $3, tick = $4
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        """
    }
}
