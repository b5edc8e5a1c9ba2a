import Glibc
import Runtime
import Synchronization
import TestSupport
import Testing

@testable import Postgres

@Suite(.serialized) struct `Killed servers` {
    private static let insert = Statement("test_crash_insert", "INSERT INTO kept VALUES ($1)")

    /// Numbers by what their task was told.
    private final class Ledger: Sendable {
        let stored = Mutex<Set<Int64>>([])
        let refused = Mutex<Set<Int64>>([])
        let isOver = Atomic(false)

        /// Returns once so many more were stored.
        func awaitStored(_ more: Int) async {
            let goal = stored.withLock { $0.count } + more
            while stored.withLock({ $0.count }) < goal { await Task.yield() }
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `lose nothing that was answered and keep nothing that was refused`() async throws {
        let folder = TemporaryFolder(named: "crash")
        let starts = Mailbox<Int32>()
        var configuration = ClusterConfiguration(dataPath: folder.path)
        configuration.onEvent = { if case .started(let pid, _) = $0 { starts.put(pid) } }
        let cluster = EmbeddedCluster(configuration)
        let address = try cluster.start()
        cluster.supervise()
        try BlockingConnection(address).unsafeScript("CREATE TABLE kept (id bigint)")
        let group = EventLoopGroup(count: 1)
        let postgres = Postgres(PostgresConfiguration(address), loops: group.loops)
        let ledger = Ledger()

        let writers = Task(executorPreference: group.loops[0]) {
            await withTaskGroup(of: Void.self) { tasks in
                for writer in 0..<8 {
                    tasks.addTask {
                        var number = Int64(writer) << 32
                        while !ledger.isOver.load(ordering: .relaxed) {
                            number += 1
                            await Self.write(number, postgres, ledger)
                        }
                    }
                }
            }
        }
        for _ in 0..<3 {
            let pid = starts.take()
            // Let some writes through before the blow.
            await ledger.awaitStored(50)
            kill(pid, SIGKILL)
        }
        _ = starts.take()
        await ledger.awaitStored(50)
        ledger.isOver.store(true, ordering: .relaxed)
        await writers.value
        await postgres.shutdown()
        group.shutdown()

        let rows = try BlockingConnection(address).run("SELECT id FROM kept")
        let kept = rows.map { $0.int(0) }
        let stored = ledger.stored.withLock { $0 }
        let refused = ledger.refused.withLock { $0 }
        #expect(Set(kept).count == kept.count)
        #expect(stored.isSubset(of: kept))
        #expect(refused.isDisjoint(with: kept))
        cluster.stop()
    }

    private static func write(
        _ number: Int64, _ postgres: Postgres, _ ledger: Ledger
    ) async {
        do {
            try await postgres.transaction { $0.enqueue(Call(insert, .int(number))) }
            ledger.stored.withLock { _ = $0.insert(number) }
        } catch PostgresError.connectionLost(outcomeUnknown: true) {
            return
        } catch PostgresError.unavailable(let retryAfter) {
            ledger.refused.withLock { _ = $0.insert(number) }
            await EventLoop.current?.sleep(for: retryAfter)
        } catch {
            ledger.refused.withLock { _ = $0.insert(number) }
        }
    }
}
