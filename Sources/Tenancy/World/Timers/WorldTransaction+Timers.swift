package import Access
import Postgres

extension WorldTransaction {
    /// Schedules a timer, in place of the one with the same id if there is one.
    package func schedule(_ timer: WorldTimer) {
        timers.set(timer.id, to: timer)
        note(.scheduled(timer))
    }

    /// Takes a timer away: it was cancelled, or has fired. No timer of that id: nothing happens.
    package func cancelTimer(_ id: String) {
        timers.set(id, to: nil)
        note(.cancelled(id))
    }

    /// The first `rows` timers due at `limit` or before, in the order of firing, as this
    /// transaction sees them: what it has scheduled is there, what it has cancelled is not.
    /// One round trip, the first time in a branch with a copy of the timers that it inherits.
    ///
    /// `floor` says that none is stored which is due before it. Of timers that fired in this very
    /// transaction the index still has the entries, and passes by them only beyond the floor.
    package func dueTimers(
        from floor: SandboxInstant? = nil, upTo limit: SandboxInstant, limit rows: Int
    ) async throws(TenancyError) -> [WorldTimer] {
        precondition(rows > 0, "no timers were asked for")
        let stored: [WorldTimer] = try await storing {
            ownTimers()
            // Touched ones are among the rows and fall out again.
            let found = try await transaction.run(
                TimerRows.due(
                    access, head.layer, from: floor ?? TimerRows.earliest, upTo: limit,
                    rows: rows + timers.count))
            return found.map { TimerRows.timer($0) }
        }
        return Array(timers.applied(to: stored, upTo: limit).prefix(rows))
    }

    /// Hands over what the commits so far have done to timers.
    func sendTimers() {
        guard !timers.changes.isEmpty else { return }
        transaction.enqueue(TimerRows.upsert(access, head.layer, timers))
        transaction.enqueue(TimerRows.change(access, head.layer, timers))
        timers = TimerWrites()
    }

    /// Sees to it that the own layer names every timer; costs nothing where it does.
    func ownTimers() {
        guard !head.ownsTimers else { return }
        transaction.enqueue(TimerRows.adopt(access, layer: head.layer))
        transaction.enqueue(TimerRows.own(address))
        head.ownsTimers = true
    }
}

extension WorldStore {
    /// The timer that fires next; nil when none is scheduled. One round trip, or two in a branch
    /// whose clock has not moved yet.
    package func nextTimer(as access: SandboxAccess) async throws(TenancyError) -> WorldTimer? {
        let address = self.address(access)
        return try await storing {
            let rows = try await database.read(
                as: access, [WorldReads.head(address), TimerRows.next(address)])
            guard rows[0].count == 1 else { throw TenancyError.sandboxNotFound }
            guard !WorldHead(rows[0][0]).ownsTimers else {
                return rows[1].first.map { TimerRows.timer($0) }
            }
            let layered = try await database.read(as: access, [TimerRows.nextLayered(address)])
            return layered[0].first.map { TimerRows.timer($0) }
        }
    }
}
