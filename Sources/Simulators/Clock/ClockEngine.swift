package import Access
package import Runtime
package import Tenancy

/// Moves the virtual clocks of sandboxes and fires what comes due on the way.
///
/// A move is noted on the sandbox's head row before it takes more than one transaction, and each
/// transaction ends at whole instants: whoever finds a noted move whose lease has run out goes on
/// where it stands, with nothing fired twice.
package struct ClockEngine: ClockKeeper {
    let world: WorldStore
    private let library: ClockLibrary
    private let wallClock: any WallClock

    /// Takes its seat in `world`, so that calls let it fire what is due before them.
    /// `jobs` happen in every sandbox.
    package init(
        world: WorldStore, contracts: ContractLibrary, jobs: [VirtualJob] = [],
        wallClock: any WallClock
    ) {
        self.world = world
        library = ClockLibrary(contracts, jobs: jobs)
        self.wallClock = wallClock
        world.clockSeat.take(self)
    }

    // MARK: Moving

    /// Moves the clock and answers what fired. One move at a time: fails with `clockAdvancing`
    /// when another is not over within `Limits.clockWait`.
    package func advance(
        _ request: ClockRequest, as access: SandboxAccess
    ) async throws(ClockError) -> ClockOutcome {
        try await moving {
            var run = ClockRun()
            let begun = try await waitingForOthers {
                try await world.clockTransaction(as: access) { transaction in
                    try await step(&run, request, nil, transaction)
                }
            }
            if let begun { try await finish(begun, &run, access) }
            return run.outcome
        }
    }

    /// The same without moving: everything is undone. Holds the sandbox's row meanwhile.
    package func preview(
        _ request: ClockRequest, as access: SandboxAccess
    ) async throws(ClockError) -> ClockOutcome {
        try await moving {
            try await waitingForOthers {
                do {
                    return try await world.clockTransaction(as: access) { transaction in
                        var run = ClockRun()
                        var advance: ClockAdvance?
                        repeat {
                            advance = try await step(&run, request, advance, transaction)
                            if advance != nil {
                                try await transaction.beginNextCommit(at: transaction.now)
                            }
                        } while advance != nil
                        throw Previewed(outcome: run.outcome)
                    }
                } catch let previewed as Previewed {
                    return previewed.outcome
                }
            }
        }
    }

    /// Stops a running clock where it is; a frozen one stays.
    package func freeze(as access: SandboxAccess) async throws(ClockError) -> ClockOutcome {
        try await set(access) { now, _ in .frozen(at: now) }
    }

    /// Lets a frozen clock run on from where it stands; a running one stays.
    package func resume(as access: SandboxAccess) async throws(ClockError) -> ClockOutcome {
        try await set(access) { now, wall in
            .running(offsetMicroseconds: now.microseconds - wall.microseconds)
        }
    }

    // MARK: Keeping

    package func fireDue(
        as access: SandboxAccess, until deadline: MonotonicInstant
    ) async throws {
        var isDone = false
        while !isDone, MonotonicInstant.now() < deadline {
            isDone = try await world.clockTransaction(as: access) { transaction in
                try await fireSome(transaction)
            }
        }
    }

    /// What a worker does with a clock that needs looking after: goes on with a move whose mover is
    /// gone, or fires what is due.
    package func lookAfter(_ access: SandboxAccess) async throws(ClockError) {
        try await moving {
            let head = try await world.head(as: access)
            guard let found = head.advance else {
                let deadline = MonotonicInstant.now() + Limits.clockClaim
                return try await fireDue(as: access, until: deadline)
            }
            var run = ClockRun()
            try await finish(found, &run, access)
        }
    }

    // MARK: Steps

    /// Goes on with a move to its end. Where a simulator cannot go on, the move ends at the instant
    /// before, so that the sandbox can be used again.
    private func finish(
        _ begun: ClockAdvance, _ run: inout ClockRun, _ access: SandboxAccess
    ) async throws {
        var advance: ClockAdvance? = begun
        do {
            while let begun = advance {
                advance = try await world.clockTransaction(as: access) { transaction in
                    try await step(&run, nil, begun, transaction)
                }
            }
        } catch let error as SimulationError {
            try await world.clockTransaction(as: access) { transaction in
                guard transaction.head.advance == begun else { return }
                rest(begun, at: transaction.now, transaction)
            }
            throw error
        }
    }

    /// One transaction of a move. Answers the move while there is more to do.
    func step(
        _ run: inout ClockRun, _ request: ClockRequest?, _ begun: ClockAdvance?,
        _ transaction: WorldTransaction
    ) async throws -> ClockAdvance? {
        let start = transaction.now
        if begun == nil, transaction.head.advance != nil { throw TenancyError.clockAdvancing }
        if let begun, transaction.head.advance != begun {
            // A restore has ended the move, or another worker has come to its end.
            run.end(transaction, next: try await transaction.nextTimer(), isPartial: true)
            return nil
        }
        try await adoptJobs(transaction)
        let advance =
            if let begun { begun } else { try await target(of: request, transaction) }
        let batch = ClockBatch(
            world: transaction, library: library,
            goal: ClockBatch.Goal(
                target: advance.target, untilEvent: advance.untilEvent, floor: run.floor),
            allowance: Limits.firingsPerAdvance - run.firedCount)
        let progress = try await batch.run(telling: Limits.firingsTold - run.fired.count)
        run.add(progress)
        let isFull = run.firedCount >= Limits.firingsPerAdvance && !progress.isDone
        let mayStop = progress.isDone || progress.foundEvent || isFull
        let reached = progress.isDone ? advance.target : progress.instant ?? start
        let stand = max(start, reached)
        transaction.now = stand
        guard mayStop else {
            set(.frozen(at: stand), transaction)
            transaction.noteMove(advance, lease: wallClock.now() + Tenancy.Limits.clockLease)
            return advance
        }
        rest(advance, at: stand, transaction)
        run.waitsForEvent = advance.untilEvent != nil
        run.end(transaction, next: try await transaction.nextTimer(), isPartial: isFull)
        return nil
    }

    /// Fires what a running clock owes, one transaction's worth; true when nothing is left. A
    /// frozen clock owes nothing.
    private func fireSome(_ transaction: WorldTransaction) async throws -> Bool {
        guard transaction.head.advance == nil else {
            transaction.giveBackTick()
            return true
        }
        let now = transaction.now
        try await adoptJobs(transaction)
        guard case .running = transaction.head.clock.mode else {
            transaction.giveBackTick()
            transaction.noteRest()
            return true
        }
        let batch = ClockBatch(
            world: transaction, library: library,
            goal: ClockBatch.Goal(target: now, untilEvent: nil),
            allowance: Limits.firingsPerBatch)
        let progress = try await batch.run(telling: 0)
        transaction.now = now
        if progress.firedCount == 0 { transaction.giveBackTick() }
        transaction.noteRest()
        return progress.isDone
    }

    private func adoptJobs(_ transaction: WorldTransaction) async throws {
        guard !transaction.head.hasJobs else { return }
        let now = transaction.now
        try await transaction.adoptJobs(library.jobs.map { $0.timer(after: now) })
    }

    private func set(
        _ access: SandboxAccess,
        to mode: (SandboxInstant, WallInstant) -> VirtualClock.Mode
    ) async throws(ClockError) -> ClockOutcome {
        try await moving {
            try await waitingForOthers {
                var run = ClockRun()
                let outcome = try await world.transaction(as: access) { transaction in
                    let wanted = mode(transaction.now, transaction.wall)
                    if transaction.head.clock.modeName != VirtualClock(mode: wanted, epoch: 0).modeName {
                        set(wanted, transaction)
                    }
                    try await adoptJobs(transaction)
                    transaction.noteRest()
                    run.end(transaction, next: try await transaction.nextTimer(), isPartial: false)
                }
                guard case .committed = outcome else {
                    preconditionFailure("nothing is replayed without a key")
                }
                return run.outcome
            }
        }
    }

    /// The end of a move.
    private func rest(
        _ advance: ClockAdvance, at stand: SandboxInstant, _ transaction: WorldTransaction
    ) {
        let offset = stand.microseconds - wallClock.now().microseconds
        set(
            advance.resumes ? .running(offsetMicroseconds: offset) : .frozen(at: stand), transaction)
        transaction.noteRest()
    }

    private func set(_ mode: VirtualClock.Mode, _ transaction: WorldTransaction) {
        transaction.setClock(
            VirtualClock(mode: mode, epoch: transaction.head.clock.epoch + 1))
    }
}

/// Undoes a preview's transaction and carries its outcome out of it.
private struct Previewed: Error {
    let outcome: ClockOutcome
}
