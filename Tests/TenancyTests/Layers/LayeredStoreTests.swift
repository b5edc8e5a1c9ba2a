import Access
import Identifiers
import PlatformSupport
import Postgres
import Runtime
import Testing

@testable import Tenancy

/// Random calls on sandboxes and their forks, held against flat copies. A failure names its seed.
@Suite struct `The layered store` {
    private static let sequences = 10_000 / TestPlatform.sizeDivisor
    /// One a loop: connections are few.
    private static let lanes = 2

    @Test func `looks like a flat copy after any calls, restores, forks and compactions`()
        async throws
    {
        let platform = TestPlatform.shared
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<Self.lanes {
                group.addTask {
                    try await EventLoopGroup.run(on: platform.loops[lane % 2]) {
                        for seed in stride(from: lane, to: Self.sequences, by: Self.lanes) {
                            var sequence = try await Sequence(seed: UInt64(seed), platform)
                            do {
                                try await sequence.run()
                            } catch {
                                Issue.record("seed \(seed): \(error) after \(sequence.steps)")
                            }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

/// One sequence: sandboxes of one tenant, each with its flat copy and its checkpoints.
private struct Sequence {
    private struct Pair {
        var world: TestWorld
        var flat = FlatWorld()
        var checkpoints: [(id: CheckpointID, flat: FlatWorld)] = []
    }

    private static let calls = 20
    private static let worldsMax = 3
    private static let golden = ["pay_demo_jpy", "pay_demo_kwd"]

    private let platform: TestPlatform
    private let random: SeededRandom
    private var pairs: [Pair]
    /// What was done, for the report of a failure.
    private(set) var steps: [String] = []

    init(seed: UInt64, _ platform: TestPlatform) async throws {
        self.platform = platform
        random = SeededRandom(seed: seed)
        pairs = [Pair(world: try await TestWorld.make(platform, frozen: true))]
    }

    mutating func run() async throws {
        for _ in 0..<Self.calls {
            let index = pick(pairs.count)
            if try await step(index) { try await check(min(index, pairs.count - 1)) }
        }
        for index in pairs.indices { try await check(index) }
    }

    private func check(_ index: Int) async throws {
        let (seen, expected) = (try await pairs[index].world.picture(), pairs[index].flat.picture)
        guard seen != expected else { return }
        let missing = expected.filter { !seen.contains($0) }
        let extra = seen.filter { !expected.contains($0) }
        throw TestError("world \(index) lacks \(missing) and has \(extra)")
    }

    /// One call; answers whether the world should be looked at now.
    private mutating func step(_ index: Int) async throws -> Bool {
        switch pick(20) {
        case 0..<9: try await change(index)
        case 9..<11: try await moveClock(index)
        case 11..<12: try await repeatCall(index)
        case 12..<14: try await noteCheckpoint(index)
        case 14..<16:
            try await goBack(index)
            return pick(3) == 0
        case 16..<17:
            try await fork(index)
            return pick(3) == 0
        case 17..<18: return try await compact(index)
        case 18..<19: return try await delete(index)
        default: try await dropCheckpoint(index)
        }
        return false
    }

    private mutating func change(_ index: Int) async throws {
        let world = pairs[index].world
        let id = pick(4) == 0 ? Self.golden[pick(2)] : "pay_\(pick(5))"
        switch pick(6) {
        case 0:
            steps.append("\(index) draw")
            try await world.draw()
            pairs[index].flat.draw()
        case 1 where pairs[index].flat.ids.contains(id):
            steps.append("\(index) delete \(id)")
            try await world.delete(id)
            pairs[index].flat.delete(id)
        case 2:
            let timer = "t\(pick(4))"
            let second = pick(4) == 0 ? nil : pairs[index].flat.second + 1 + Int64(pick(40))
            steps.append("\(index) schedule \(timer) \(String(describing: second))")
            try await world.schedule(timer, at: second)
            pairs[index].flat.schedule(timer, at: second)
        default:
            let value = "v\(steps.count)"
            steps.append("\(index) write \(id) \(value)")
            try await world.write(id, value)
            pairs[index].flat.write(id, value)
        }
    }

    private mutating func moveClock(_ index: Int) async throws {
        let second = pairs[index].flat.second + Int64(pick(15))
        steps.append("\(index) move \(second)")
        try await pairs[index].world.move(second)
        pairs[index].flat.move(second)
    }

    private mutating func repeatCall(_ index: Int) async throws {
        let key = "k\(pick(3))"
        steps.append("\(index) call \(key)")
        let wasRepeated = pairs[index].flat.callOnce(key)
        guard try await pairs[index].world.callOnce(key) == wasRepeated else {
            throw TestError("key \(key) should be known: \(wasRepeated)")
        }
    }

    private mutating func noteCheckpoint(_ index: Int) async throws {
        steps.append("\(index) checkpoint")
        let made = try await platform.worlds.checkpoint(as: pairs[index].world.access)
        pairs[index].checkpoints.append((made.id, pairs[index].flat))
    }

    private mutating func goBack(_ index: Int) async throws {
        let access = pairs[index].world.access
        guard let (id, flat) = pickCheckpoint(index), pick(5) > 0 else {
            steps.append("\(index) reset")
            try await platform.worlds.reset(as: access)
            pairs[index].flat = FlatWorld()
            return
        }
        steps.append("\(index) restore to tick \(flat.tick)")
        try await platform.worlds.restore(id, as: access)
        pairs[index].flat = flat
    }

    private mutating func fork(_ index: Int) async throws {
        guard pairs.count < Self.worldsMax else { return }
        steps.append("\(index) fork as \(pairs.count)")
        let fork = try await pairs[index].world.fork()
        pairs.append(Pair(world: fork, flat: pairs[index].flat.fork))
    }

    /// What the sweep does to long chains, here to any.
    private mutating func compact(_ index: Int) async throws -> Bool {
        steps.append("\(index) compact")
        let access = pairs[index].world.access
        let now = platform.clock.now()
        try await platform.database.transaction(as: access) { transaction in
            let rows = try await transaction.run(
                LockedHead.lock(access.sandbox, of: access.tenant))
            let locked = LockedHead(rows[0])
            let layer = pick(2) == 0 ? locked.head.layer : locked.ancestors.first?.layer
            guard let layer else { return }
            for call in LayerCompaction.calls(layer, access.tenant, now: now) {
                transaction.enqueue(call)
            }
        }
        return true
    }

    private mutating func delete(_ index: Int) async throws -> Bool {
        guard pairs.count > 1 else { return false }
        steps.append("\(index) delete sandbox")
        _ = try await platform.sandboxes.delete(as: pairs[index].world.access)
        pairs.remove(at: index)
        return true
    }

    private mutating func dropCheckpoint(_ index: Int) async throws {
        guard let (id, _) = pickCheckpoint(index) else { return }
        steps.append("\(index) drop checkpoint, sweep")
        try await platform.worlds.deleteCheckpoint(id, as: pairs[index].world.access)
        pairs[index].checkpoints.removeAll { $0.id == id }
        _ = try await LayerSweep(
            system: platform.systemWork, database: platform.database, control: platform.control,
            clock: platform.clock
        ).run()
    }

    private func pickCheckpoint(_ index: Int) -> (CheckpointID, FlatWorld)? {
        let known = pairs[index].checkpoints
        return known.isEmpty ? nil : known[pick(known.count)]
    }

    private func pick(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
}
