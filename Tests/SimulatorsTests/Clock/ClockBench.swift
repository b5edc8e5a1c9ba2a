import Access
import Contracts
import Identifiers
import PlatformSupport
import Runtime
import Tenancy

@testable import Simulators

/// A simulator of parcels, which live by their graph, and of jobs that write a line in a diary.
struct ParcelSimulator: Simulator {
    let contract = "payments"
    let scenarios: [Scenario] = []
    let eventTypes: [EventType] = []
    var world: WorldStore { preconditionFailure("nobody calls it") }
    let engine: GraphEngine<ParcelGraph.Domain>

    init() throws {
        engine = try ParcelGraph.engine()
    }

    func inDryRun(_ session: DryRunID) -> ParcelSimulator { self }

    func answer(
        _ call: SimulatedCall, as access: SandboxAccess, sealing seal: AnswerSeal
    ) async throws(SimulationError) -> Simulated {
        preconditionFailure("nobody calls it")
    }

    func fire(_ timer: WorldTimer, in world: WorldTransaction) async throws {
        switch timer.type {
        case "parcel":
            guard let entity = try await world.entity(timer.entity) else { return }
            var parcel = try EntityDraft(entity)
            _ = try await engine.fire(
                .timer(timer.kind), on: &parcel, in: world, ParcelGraph.Domain())
        case VirtualJob.timerType:
            world.emit("job.done", contract: contract, object: ["kind": .string(timer.kind)])
        case "alarm":
            try await ring(timer, world)
        default:
            throw SimulationError.invalid(pointer: "", rule: "type", expected: "a known type")
        }
    }

    /// Rings again as often as its payload says, at once, and then stays silent.
    private func ring(_ timer: WorldTimer, _ world: WorldTransaction) async throws {
        world.emit("alarm.rang", contract: contract, object: ["id": .string(timer.id)])
        let payload = try? JSONParser.parse(timer.payload)
        guard let again = payload?["again"]?.int, again > 0 else { return }
        world.schedule(Alarm.timer("\(timer.id)+", at: world.now, again: again - 1))
    }
}

enum Alarm {
    static func timer(_ id: String, at instant: SandboxInstant, again: Int64 = 0) -> WorldTimer {
        WorldTimer(
            id: id, dueAt: instant, contract: "payments", type: "alarm", entityID: id,
            kind: "alarm", payload: JSONWriter.bytes(["again": .int(again)]))
    }
}

/// A sandbox, its clock's engine and what tests ask of them. The clock stands at 1 January 2026
/// unless told otherwise.
struct ClockBench: Sendable {
    let platform: TestPlatform
    let access: SandboxAccess
    let engine: ClockEngine

    static let start = SandboxInstant(microseconds: 1_767_225_600_000_000)

    init(
        _ platform: TestPlatform, mode: SandboxDraft.Clock.Mode = .frozen, seed: Int64 = 7,
        jobs: [VirtualJob] = []
    ) async throws {
        self.platform = platform
        var draft = SandboxDraft()
        draft.seed = seed
        draft.clock = SandboxDraft.Clock(mode: mode, now: Self.start)
        access = try await platform.makeSandbox(draft)
        let contract = try Contract(JSONParser.parse(EmbeddedFile.bytes("contracts/payments.json")))
        // A store of its own, so that its engine's seat is nobody else's.
        engine = ClockEngine(
            world: WorldStore(
                database: platform.database, clock: platform.clock, random: SystemRandom()),
            contracts: ContractLibrary([
                MountableContract(name: "payments", contract, try ParcelSimulator())
            ]),
            jobs: jobs, wallClock: platform.clock)
    }

    /// A mutating call.
    func call<Value: Sendable>(
        _ body: (WorldTransaction) async throws -> Value
    ) async throws -> Value {
        let outcome = try await engine.world.transaction(as: access) { world in
            try await body(world)
        }
        guard case .committed(let value) = outcome else {
            preconditionFailure("no idempotency key was given")
        }
        return value
    }

    func schedule(_ timers: [WorldTimer]) async throws {
        try await call { world in for timer in timers { world.schedule(timer) } }
    }

    func head() async throws -> WorldHead { try await engine.world.head(as: access) }
}

extension SandboxInstant {
    static func + (instant: Self, seconds: Int64) -> Self {
        SandboxInstant(microseconds: instant.microseconds + seconds * 1_000_000)
    }
}

extension ClockOutcome {
    /// `id at instant`, for comparing.
    var lines: [String] { fired.map { "\($0.timer.id) \($0.timer.dueAt.rfc3339)" } }
}
