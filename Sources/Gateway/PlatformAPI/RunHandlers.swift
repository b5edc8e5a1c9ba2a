import Access
import Contracts
import Copilot
import HTTP
import Identifiers
import Observability
import Runtime
import Simulators
import Tenancy

// Runs of journeys.
extension PlatformAPI {
    static let runHandlers: [String: Handler] = [
        "run_plan": .sandbox(.write) { api, call, access throws(Refusal) in
            let planID = call.body["plan_id"]?.string ?? ""
            let found: StoredJourney
            do throws(JourneyError) {
                found = try await api.services.stores.journeys.journeys.journey(
                    planHash: String(planID.dropFirst("pln_".count)), as: access)
            } catch {
                throw .journeys(error)
            }
            return try await api.start(found.id.description, found.plan, call, access)
        },
        "run_journey": .sandbox(.write) { api, call, access throws(Refusal) in
            let found = try await api.journey(named: call.path("journey"), access)
            return try await api.start(found.name, found.plan, call, access)
        },
        "list_runs": .sandbox(.read) { api, call, access throws(Refusal) in
            let before = try call.query("cursor").map { text throws(Refusal) in
                guard let id = JourneyRunID(text) else { throw .invalidCursor }
                return id
            }
            return try await api.journeys { () throws(JourneyError) in
                let page = try await api.services.stores.journeys.runs.runs(
                    rows: call.rows(), before: before, as: access)
                return Answer(
                    200,
                    [
                        "data": .array(page.runs.map(\.document)),
                        "next": .string(orNull: page.next?.description),
                    ])
            }
        },
        "get_run": .sandbox(.read) { api, call, access throws(Refusal) in
            Answer(200, try await api.run(call, access).document)
        },
        "rerun": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.rerun(call, access)
        },
    ]

    /// The run that the path names.
    func run(_ call: PlatformCall, _ access: SandboxAccess) async throws(Refusal) -> JourneyRun {
        do throws(JourneyError) {
            let name = call.path("run")
            guard let id = JourneyRunID(name) else { throw .notFound(kind: "run", id: name) }
            return try await services.stores.journeys.runs.run(id, as: access)
        } catch {
            throw .journeys(error)
        }
    }

    private func start(
        _ name: String, _ plan: JSONValue, _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let inputs = call.body["inputs"]?.object ?? JSONObject()
        let inbox = try await missingInbox(access)
        let journey: Journey
        do throws(JourneyFault) {
            journey = try Journey(plan: plan, inbox: inbox).changed(by: inputs, from: 0)
        } catch {
            throw .journey(error)
        }
        try await checkAvailable(journey, from: 0, access)
        let now = services.clock.now()
        let run = JourneyRun(
            id: JourneyRunID(now: now, random: SystemRandom()), of: name, journey, inputs: inputs, at: now)
        return try await begin(run, call, access)
    }

    /// Goes back to the point before a step, and on from there with other inputs.
    private func rerun(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let old = try await run(call, access)
        let from = Int(call.body["from_step"]?.int ?? 0)
        let inputs = call.body["inputs"]?.object ?? JSONObject()
        guard old.status != .running else { throw .journeys(.notFinished(old.id)) }
        guard from < old.records.count else {
            throw .invalid(
                pointer: "/from_step", rule: "maximum", expected: "at most \(old.records.count - 1)")
        }
        guard let checkpoint = old.records[from...].lazy.compactMap(\.checkpoint).first else {
            throw .journeys(.noCheckpoint(step: from))
        }
        let journey: Journey
        do throws(JourneyFault) {
            journey = try old.journey.changed(by: inputs, from: from)
        } catch {
            throw .journey(error)
        }
        try await checkAvailable(journey, from: from, access)
        _ = try await services.reset(to: checkpoint, access)
        let now = services.clock.now()
        let run = JourneyRun(
            id: JourneyRunID(now: now, random: SystemRandom()), of: old.journeyName, journey, inputs: inputs,
            rerunOf: old.id, taking: Array(old.records[..<from]), at: now)
        return try await begin(run, call, access)
    }

    private func begin(
        _ run: JourneyRun, _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let runs = services.stores.journeys.runs
        do throws(JourneyError) {
            try await runs.begin(run, as: access)
        } catch {
            throw .journeys(error)
        }
        try await dropCheckpoints(of: runs, for: run, access)
        let runner = JourneyRunner(
            runs: runs, world: services.stores.world, caller: door, clock: services.clock)
        services.runningJourneys.start(run, as: access, by: runner)
        let seconds = call.query("wait").flatMap(Int.init) ?? 0
        let deadline = MonotonicInstant.now() + .seconds(seconds)
        var seen = run
        while seen.status == .running, MonotonicInstant.now() < deadline {
            await EventLoop.current?.sleep(for: GatewayLimits.runInterval)
            do throws(JourneyError) {
                seen = try await runs.run(run.id, as: access)
            } catch {
                throw .journeys(error)
            }
        }
        var answer = Answer(201, seen.document)
        answer.fields.append("Location", "/v1/sandboxes/\(access.slug)/runs/\(run.id)")
        return answer
    }

    /// The run that is not among the newest any more gives its checkpoints up, unless a rerun has
    /// taken them over. Each new run, `run`, pushes one out.
    private func dropCheckpoints(
        of runs: RunStore, for run: JourneyRun, _ access: SandboxAccess
    ) async throws(Refusal) {
        do throws(JourneyError) {
            let kept = Limits.runsWithCheckpoints - 1
            let newest = try await runs.runs(rows: kept + 2, before: nil, as: access).runs
            let earlier = newest.filter { $0.id != run.id }
            guard earlier.count > kept else { return }
            let keeping = earlier.prefix(kept) + [run]
            let used = Set(keeping.flatMap(\.records).compactMap(\.checkpoint))
            let old = Set(earlier[kept].records.compactMap(\.checkpoint)).subtracting(used)
            for checkpoint in old.compactMap({ CheckpointID($0) }) {
                do throws(TenancyError) {
                    try await services.stores.world.deleteCheckpoint(checkpoint, as: access)
                } catch .checkpointNotFound {
                    // Its owner has taken it away.
                } catch {
                    throw JourneyError.tenancy(error)
                }
            }
        } catch {
            throw .journeys(error)
        }
    }

    /// Refuses what this sandbox cannot run before anything is run.
    private func checkAvailable(
        _ journey: Journey, from: Int, _ access: SandboxAccess
    ) async throws(Refusal) {
        let world = try await self.world(access)
        for (place, step) in journey.steps.enumerated().dropFirst(from) {
            guard world.canRun(step) else {
                throw .journey(.notAvailable(step: place, action: step.action))
            }
        }
    }

    /// URL of the sandbox's own inbox when it has no endpoint that would get its events.
    private func missingInbox(_ access: SandboxAccess) async throws(Refusal) -> String? {
        do throws(WebhookError) {
            let endpoints = try await services.stores.webhooks.endpoints.endpoints(as: access)
            if endpoints.contains(where: \.isEnabled) { return nil }
        } catch {
            throw .webhooks(error)
        }
        return services.configuration.sandboxURL(slug: access.slug) + "/_inbox"
    }
}
