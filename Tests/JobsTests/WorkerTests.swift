import Jobs
import Runtime
import Synchronization
import Testing

@Suite struct `A worker` {
    @Test func `does everything in every lane, each thing once`() async throws {
        let source = MemorySource(lanes: ["a": 300, "b": 1, "c": 40])
        try await source.work(until: { $0.recorded.count == 341 })
        #expect(source.state.withLock { Set($0.recorded).count } == 341)
    }

    @Test func `runs as much of a lane at once as its source says`() async throws {
        let source = MemorySource(lanes: ["a": 200], atOnce: 5)
        try await source.work(until: { $0.recorded.count == 200 })
        #expect(source.state.withLock { $0.mostRunning } == 5)
    }

    @Test func `keeps the order of a lane that takes one thing at a time`() async throws {
        let source = MemorySource(lanes: ["a": 150], atOnce: 1)
        try await source.work(until: { $0.recorded.count == 150 })
        #expect(source.state.withLock { $0.began } == (0..<150).map { "a\($0)" })
    }

    @Test func `claims what comes next while it still has something to do`() async throws {
        // The hundredth thing takes until the next claim, of a lane that does one at a time.
        let source = MemorySource(lanes: ["a": 150], atOnce: 1, waitsForClaim: "a99")
        try await source.work(until: { $0.recorded.count == 150 })
        #expect(source.state.withLock { $0.began } == (0..<150).map { "a\($0)" })
    }

    @Test func `lets no stuck lane hold up another`() async throws {
        let source = MemorySource(lanes: ["stuck": 40, "quick": 100])
        try await source.work(until: { $0.recorded.count == 100 })
        #expect(source.state.withLock { $0.recorded.prefix(100).allSatisfy { $0.hasPrefix("quick") } })
    }

    @Test func `records what its store refused at first`() async throws {
        let source = MemorySource(lanes: ["a": 3], failures: 3)
        try await source.work(until: { $0.recorded.count == 3 })
        #expect(source.state.withLock { $0.failures } == 0)
    }

    @Test func `gives back what it has not begun when it stops`() async throws {
        let source = MemorySource(lanes: ["stuck": 40], atOnce: 4)
        try await source.work(until: { $0.began.count == 4 })
        source.state.withLock { state in
            #expect(state.released.count == 36)
            #expect(state.recorded.count == 4)
        }
    }

    @Test func `sees what comes while it serves the lane`() async throws {
        let source = MemorySource(lanes: ["a": 1])
        try await source.work(until: { state in
            let hasCome = state.began.contains("a-late") || state.waiting["a"] == ["a-late"]
            if state.recorded.count == 1, !hasCome { state.waiting["a"] = ["a-late"] }
            return state.recorded.count == 2
        })
        #expect(source.state.withLock { $0.recorded } == ["a0", "a-late"])
    }
}

private struct StoreIsAway: Error {}

/// Lanes of names in memory. Things of a lane called `stuck` end only when the worker is stopped.
private final class MemorySource: LaneSource {
    struct State {
        var waiting: [String: [String]]
        var failures: Int
        var began: [String] = []
        var running = 0
        var mostRunning = 0
        var recorded: [String] = []
        var released: [String] = []
        var isStopped = false
        var claims = 0
    }

    let state: Mutex<State>
    private let atOnce: Int
    /// Ends only after the lane's second claim.
    private let waitsForClaim: String?

    init(
        lanes: [String: Int], atOnce: Int = 16, failures: Int = 0, waitsForClaim: String? = nil
    ) {
        let waiting = Dictionary(
            uniqueKeysWithValues: lanes.map { lane, count in
                (lane, (0..<count).map { "\(lane)\($0)" })
            })
        state = Mutex(State(waiting: waiting, failures: failures))
        self.atOnce = atOnce
        self.waitsForClaim = waitsForClaim
    }

    /// Runs a worker until `isDone`, then stops it and waits for its end.
    func work(until isDone: @escaping @Sendable (inout State) -> Bool) async throws {
        let group = EventLoopGroup(count: 2)
        let worker = Worker(self, loops: group.loops) { _ in }
        try await EventLoopGroup.run(on: group.loops[0]) {
            await withTaskGroup(of: Void.self) { tasks in
                tasks.addTask { await worker.run() }
                while !self.state.withLock({ isDone(&$0) }) {
                    await EventLoop.current?.sleep(for: .milliseconds(1))
                }
                worker.stop()
                self.state.withLock { $0.isStopped = true }
            }
        }
        group.shutdown()
    }

    func dueLanes(limit: Int) async throws -> [String] {
        state.withLock { state in state.waiting.filter { !$0.value.isEmpty }.map(\.key).sorted() }
    }

    func exchange(
        _ lane: String, recording outcomes: [String], releasing released: [String],
        claiming limit: Int
    ) async throws -> Claimed<String> {
        try state.withLock { state in
            if !outcomes.isEmpty, state.failures > 0 {
                state.failures -= 1
                throw StoreIsAway()
            }
            state.recorded += outcomes
            state.released += released
            if limit > 0 { state.claims += 1 }
            let claimed = state.waiting[lane, default: []].prefix(limit)
            state.waiting[lane]?.removeFirst(claimed.count)
            return Claimed(Array(claimed), atOnce: atOnce)
        }
    }

    func run(_ item: String) async -> String {
        state.withLock { state in
            state.began.append(item)
            state.running += 1
            state.mostRunning = max(state.mostRunning, state.running)
        }
        repeat {
            await EventLoop.current?.sleep(for: .milliseconds(1))
        } while state.withLock { state in
            item.hasPrefix("stuck") && !state.isStopped
                || item == waitsForClaim && state.claims < 2
        }
        state.withLock { $0.running -= 1 }
        return item
    }
}
