package import Access
package import Contracts
package import Identifiers
package import Runtime
package import Tenancy

/// The way into the platform for a step's call: through the whole pipeline, never past it.
package protocol PlatformCaller: Sendable {
    /// Makes a step's call as the one who has started the run; `scenario` is how it is to end. A
    /// refusal is an answer too. Nil when there is nobody to answer any more.
    func send(
        _ call: StepCall, of run: JourneyRunID, scenario: String?, as access: SandboxAccess
    ) async -> StepAnswer?
    /// `{id, type}` of the events behind a revision, oldest first.
    func events(after revision: Int64, as access: SandboxAccess) async -> [JSONValue]
    /// Waits until no delivery of these events is under way any more, or the patience is over.
    func awaitDeliveries(of events: [String], as access: SandboxAccess) async
}

/// Performs a run step by step: a checkpoint, the call, its record. Everything is stored before the
/// next step, so that a run that breaks off stands at a whole step.
package struct JourneyRunner: Sendable {
    private let runs: RunStore
    private let world: WorldStore
    private let caller: any PlatformCaller
    private let clock: any WallClock

    package init(
        runs: RunStore, world: WorldStore, caller: any PlatformCaller, clock: any WallClock
    ) {
        self.runs = runs
        self.world = world
        self.caller = caller
        self.clock = clock
    }

    /// Runs to its end, or until `goesOn` says no, between two steps.
    package func perform(
        _ begun: JourneyRun, as access: SandboxAccess, while goesOn: () -> Bool
    ) async throws(JourneyError) {
        var run = begun
        let deadline = MonotonicInstant.now() + Limits.runTime
        while true {
            guard goesOn(), MonotonicInstant.now() < deadline else {
                return try await end(&run, .interrupted, as: access)
            }
            let action: JourneyRun.Action
            do throws(JourneyFault) {
                action = try run.next()
            } catch {
                run.refuse(error)
                return try await end(&run, .failed, as: access)
            }
            guard case .call(let place, let call) = action else {
                return try await end(&run, run.verdict, as: access)
            }
            guard try await perform(call, at: place, &run, as: access) else { return }
        }
    }

    /// False when the run is not ours any more.
    private func perform(
        _ call: StepCall, at place: Int, _ run: inout JourneyRun, as access: SandboxAccess
    ) async throws(JourneyError) -> Bool {
        let before: Checkpoint
        do throws(TenancyError) {
            before = try await world.checkpoint(as: access)
        } catch {
            try await end(&run, .failed, as: access)
            throw .tenancy(error)
        }
        run.begin(place, checkpoint: before.id.description)
        guard try await runs.save(run, as: access) else { return false }
        let isLast = run.journey.steps[place].action == "list_deliveries"
        if isLast { await caller.awaitDeliveries(of: run.eventIDs, as: access) }
        let answer = await caller.send(
            call, of: run.id, scenario: run.journey.steps[place].scenario, as: access)
        guard let answer else {
            try await end(&run, .interrupted, as: access)
            return false
        }
        run.finish(
            place, answer, events: await caller.events(after: before.stamp.revision, as: access))
        if isLast { run.keepOwnDeliveries(at: place) }
        return try await runs.save(run, as: access)
    }

    private func end(
        _ run: inout JourneyRun, _ status: JourneyRun.Status, as access: SandboxAccess
    ) async throws(JourneyError) {
        run.end(status, at: clock.now())
        _ = try await runs.save(run, as: access)
    }
}

extension JourneyRun {
    /// Ids of all events that its steps have led to.
    fileprivate var eventIDs: [String] {
        records.flatMap(\.events).compactMap { $0["id"]?.string }
    }

    /// A sandbox's list of deliveries shows others too.
    fileprivate mutating func keepOwnDeliveries(at place: Int) {
        let own = Set(eventIDs)
        let all = records[place].outputs["data"]?.array ?? []
        records[place].outputs = [
            "data": .array(all.filter { own.contains($0["event"]?.string ?? "") })
        ]
        let states = Set(records[place].outputs["data"]?.array?.compactMap { $0["status"]?.string } ?? [])
        records[place].outcome =
            states == ["delivered"] ? "delivered" : states.isEmpty ? "succeeded" : "not_delivered"
    }

    /// The step that cannot be called ends refused, with the reason as its code.
    fileprivate mutating func refuse(_ fault: JourneyFault) {
        guard case .nothingToActOn(let place, let name) = fault else { return }
        records[place].status = .failed
        records[place].outcome = "refused"
        records[place].code = "no_\(name)"
    }
}
