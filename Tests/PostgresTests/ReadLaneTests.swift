import Runtime
import TestSupport
import Testing

@testable import Postgres

@Suite struct `Read lane` {
    private static let echo = Statement("test_echo", "SELECT $1::bigint, $2::text")
    private static let divide = Statement("test_divide", "SELECT 1 / $1::int")
    private static let set = Statement("test_set", "SELECT set_config('sbx.tenant', $1, true)")
    private static let get = Statement("test_get", "SELECT current_setting('sbx.tenant', true)")
    private static let slow = Statement("test_slow", "SELECT pg_sleep(5)")
    private static let broken = Statement("test_broken", "SELECT nothing FROM nowhere")

    @Test func `every batch gets its own rows or its own error, 10,000 interleaved`() async throws {
        try await DatabaseFixture().run { postgres in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<100 {
                    group.addTask {
                        for round in 0..<100 {
                            try await Self.check(postgres, worker * 100 + round)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    /// One in three fails, at its beginning, middle or end; none sees another's setting.
    private static func check(_ postgres: Postgres, _ number: Int) async throws {
        let value = Int64(number)
        var calls = [
            Call(get), Call(set, .text("t\(number)")), Call(echo, .int(value), .text("e\(number)")),
            Call(get),
        ]
        guard number % 3 == 0 else {
            let rows = try await postgres.read(calls)
            #expect(rows.count == 4)
            // The setting ended with its batch: unset, or empty once it was set in the session.
            #expect((rows[0][0].textOrNil(0) ?? "") == "")
            #expect(rows[2][0].int(0) == value)
            #expect(rows[2][0].text(1) == "e\(number)")
            #expect(rows[3][0].text(0) == "t\(number)")
            return
        }
        calls.insert(Call(divide, .int(0)), at: number / 3 % 5)
        let error = await postgresError { _ = try await postgres.read(calls) }
        #expect(error?.serverError?.sqlState == "22012")
    }

    @Test func `a batch beyond its statement timeout ends alone`() async throws {
        try await DatabaseFixture().run { postgres in
            async let slow = postgresError { _ = try await postgres.read(Call(Self.slow)) }
            async let quick = postgres.read(Call(Self.echo, .int(1), .text("")))
            #expect(await slow?.serverError?.isTimeout == true)
            let answer = try await quick
            #expect(answer[0].int(0) == 1)
        }
    }

    @Test func `a statement that cannot be prepared tells why, each time, and heals`() async throws {
        let fixture = try DatabaseFixture()
        try await fixture.run { postgres in
            for _ in 0..<3 {
                let error = await postgresError { _ = try await postgres.read(Call(Self.broken)) }
                #expect(error?.serverError?.sqlState == "42P01")
            }
            try await expect(1) { try await postgres.read(Call(Self.echo, .int(1), .text("")))[0].int(0) }
            try BlockingConnection(fixture.address).unsafeScript(
                "CREATE TABLE nowhere AS SELECT 5 AS nothing")
            try await expect(5) { try await postgres.read(Call(Self.broken))[0].int(0) }
        }
    }

    @Test func `a migration that changes a result's type fails one read, not all after it`()
        async throws
    {
        let fixture = try DatabaseFixture("CREATE TABLE things AS SELECT 1 AS thing")
        let all = Statement("test_things", "SELECT * FROM things")
        try await fixture.run { postgres in
            try await expect(1) { try await postgres.read(Call(all))[0].int(0) }
            try BlockingConnection(fixture.address).unsafeScript(
                "ALTER TABLE things ALTER thing TYPE text")
            let error = await postgresError { _ = try await postgres.read(Call(all)) }
            #expect(error?.serverError?.sqlState == "0A000")
            try await expect("1") { try await postgres.read(Call(all))[0].text(0) }
        }
    }

    @Test func `a terminated session fails what was under way and comes back at once`()
        async throws
    {
        let fixture = try DatabaseFixture()
        try await fixture.run { postgres in
            _ = try await postgres.read(Call(Self.echo, .int(1), .text("")))
            async let lost = postgresError { _ = try await postgres.read(Call(Self.slow)) }
            await Task.yield()
            #expect(try fixture.terminateSessions("lane") == 1)
            guard case .unavailable = await lost else {
                Issue.record("\(String(describing: await lost))")
                return
            }
            try await expect(2) { try await postgres.read(Call(Self.echo, .int(2), .text("")))[0].int(0) }
        }
    }

    @Test func `the queue is bounded`() async throws {
        try await DatabaseFixture().run { postgres in
            let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<(Limits.laneBatchesInFlight + 10) {
                    group.addTask {
                        let error = await postgresError {
                            _ = try await postgres.read(Call(Self.echo, .int(1), .text("")))
                        }
                        guard case .poolExhausted = error else { return false }
                        return true
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(refused == 10)
        }
    }
}

@Suite(.serialized) struct `Server away` {
    private static let one = Statement("test_one", "SELECT 1")
    private static let kept = Statement("test_kept", "INSERT INTO kept VALUES ($1)")
    private static let count = Statement("test_kept_count", "SELECT count(*) FROM kept")

    @Test func `reads and units of work fail at once with a time, and recover`() async throws {
        let folder = TemporaryFolder(named: "away")
        let cluster = EmbeddedCluster(ClusterConfiguration(dataPath: folder.path))
        let address = try cluster.start()
        try BlockingConnection(address).unsafeScript("CREATE TABLE kept (id int)")
        let group = EventLoopGroup(count: 1)
        let postgres = Postgres(PostgresConfiguration(address), loops: group.loops)
        try await EventLoopGroup.run(on: group.loops[0]) {
            try await postgres.transaction { $0.enqueue(Call(Self.kept, .int(1))) }
            _ = try await postgres.read(Call(Self.one))
            cluster.stop()
            for _ in 0..<20 {
                let begin = MonotonicInstant.now()
                let read = await postgresError { _ = try await postgres.read(Call(Self.one)) }
                let work = await postgresError {
                    try await postgres.transaction { $0.enqueue(Call(Self.kept, .int(2))) }
                }
                #expect(read != nil && work != nil)
                #expect(MonotonicInstant.now() - begin < .seconds(1))
            }
            guard case .unavailable(let retryAfter) = await postgresError({
                _ = try await postgres.read(Call(Self.one))
            }) else {
                Issue.record("not unavailable")
                return
            }
            #expect(retryAfter > .zero)
        }
        let second = EmbeddedCluster(ClusterConfiguration(dataPath: folder.path))
        #expect(try second.start() == address)
        try await EventLoopGroup.run(on: group.loops[0]) {
            // The waits between attempts are bounded, so this ends.
            while case .unavailable(let retryAfter) = await postgresError({
                _ = try await postgres.read(Call(Self.one))
            }) {
                await EventLoop.current?.sleep(for: retryAfter)
            }
            while case .unavailable(let retryAfter) = await postgresError({
                try await postgres.transaction { $0.enqueue(Call(Self.kept, .int(3))) }
            }) {
                await EventLoop.current?.sleep(for: retryAfter)
            }
            try await expect(2) { try await postgres.read(Call(Self.count))[0].int(0) }
        }
        await postgres.shutdown()
        group.shutdown()
        second.stop()
    }
}
