import Runtime
import TestSupport
import Testing

@testable import Postgres

@Suite struct Transactions {
    private struct Refusal: Error {}

    private static let table = """
        CREATE TABLE accounts (
            id int PRIMARY KEY,
            balance bigint NOT NULL CONSTRAINT accounts_balance_check CHECK (balance >= 0)
        );
        INSERT INTO accounts VALUES (1, 100);
        """
    private static let insert = Statement("test_insert", "INSERT INTO accounts VALUES ($1, $2)")
    private static let take = Statement(
        "test_take", "UPDATE accounts SET balance = balance - $2 WHERE id = $1")
    private static let read = Statement("test_read", "SELECT balance FROM accounts WHERE id = $1")
    private static let count = Statement("test_count", "SELECT count(*) FROM accounts")
    private static let kill = Statement("test_kill", "SELECT pg_terminate_backend(pg_backend_pid())")
    private static let sleep = Statement("test_sleep", "SELECT pg_sleep($1)")

    @Test func `commits what was enqueued and run`() async throws {
        try await DatabaseFixture(Self.table).run { postgres in
            let balance = try await postgres.transaction { transaction in
                transaction.enqueue(Call(Self.take, .int(1), .int(30)))
                let rows = try await transaction.run([Call(Self.read, .int(1)), Call(Self.count)])
                #expect(rows.count == 2)
                transaction.enqueue(Call(Self.insert, .int(2), .int(30)))
                return rows[0][0].int(0)
            }
            #expect(balance == 70)
            try await expect(2) { try await postgres.read(Call(Self.count))[0].int(0) }
        }
    }

    @Test func `rolls back when the body throws`() async throws {
        try await DatabaseFixture(Self.table).run { postgres in
            await #expect(throws: Refusal.self) {
                try await postgres.transaction { transaction in
                    _ = try await transaction.run(Call(Self.take, .int(1), .int(30)))
                    throw Refusal()
                }
            }
            try await expect(100) { try await postgres.read(Call(Self.read, .int(1)))[0].int(0) }
        }
    }

    @Test func `an error in the middle or at the commit undoes everything, even when swallowed`()
        async throws
    {
        try await DatabaseFixture(Self.table).run { postgres in
            let middle = await postgresError {
                try await postgres.transaction { transaction in
                    transaction.enqueue(Call(Self.insert, .int(2), .int(1)))
                    _ = try? await transaction.run(Call(Self.take, .int(1), .int(1_000)))
                    transaction.enqueue(Call(Self.insert, .int(3), .int(1)))
                }
            }
            #expect(middle?.serverError?.isCheckViolation == true)
            #expect(middle?.serverError?.constraint == "accounts_balance_check")
            let end = await postgresError {
                try await postgres.transaction { transaction in
                    transaction.enqueue(Call(Self.insert, .int(2), .int(1)))
                    transaction.enqueue(Call(Self.insert, .int(1), .int(1)))
                }
            }
            #expect(end?.serverError?.isUniqueViolation == true)
            try await expect(1) { try await postgres.read(Call(Self.count))[0].int(0) }
        }
    }

    @Test func `connections are used again after errors`() async throws {
        let fixture = try DatabaseFixture(Self.table) { $0.commitConnectionsPerLoop = 1 }
        let sessions = Statement(
            "test_sessions",
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'sbx-commit' "
                + "AND datname = current_database()")
        let pid = Statement("test_pid", "SELECT pg_backend_pid()")
        try await fixture.run { postgres in
            let first = try await postgres.transaction { try await $0.run(Call(pid))[0].int(0) }
            for _ in 0..<5 {
                _ = await postgresError {
                    try await postgres.transaction {
                        $0.enqueue(Call(Self.insert, .int(1), .int(1)))
                    }
                }
            }
            let last = try await postgres.transaction { try await $0.run(Call(pid))[0].int(0) }
            #expect(first == last)
            try await expect(1) { try await postgres.read(Call(sessions))[0].int(0) }
        }
    }

    @Test func `a connection lost before the commit leaves nothing and says so`() async throws {
        try await DatabaseFixture(Self.table).run { postgres in
            let error = await postgresError {
                try await postgres.transaction { transaction in
                    _ = try await transaction.run(Call(Self.insert, .int(2), .int(1)))
                    _ = try await transaction.run(Call(Self.kill))
                }
            }
            guard case .connectionLost(outcomeUnknown: false) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            try await expect(1) { try await postgres.read(Call(Self.count))[0].int(0) }
            try await postgres.transaction { $0.enqueue(Call(Self.insert, .int(2), .int(1))) }
        }
    }

    @Test func `a connection lost while COMMIT was on its way leaves the outcome open`()
        async throws
    {
        try await DatabaseFixture(Self.table).run { postgres in
            let error = await postgresError {
                try await postgres.transaction { $0.enqueue(Call(Self.kill)) }
            }
            guard case .connectionLost(outcomeUnknown: true) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func `more tasks than connections wait in line and all get their turn`() async throws {
        let fixture = try DatabaseFixture(Self.table) { configuration in
            configuration.commitConnectionsPerLoop = 2
            // The order is what matters here, however busy the machine.
            configuration.poolWait = .seconds(60)
        }
        let add = Statement("test_add", "UPDATE accounts SET balance = balance + 1 WHERE id = 1")
        try await fixture.run { postgres in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        try await postgres.transaction { _ = try await $0.run(Call(add)) }
                    }
                }
                try await group.waitForAll()
            }
            try await expect(300) { try await postgres.read(Call(Self.read, .int(1)))[0].int(0) }
        }
    }

    @Test func `who waits too long for a connection is refused`() async throws {
        let fixture = try DatabaseFixture { $0.searchConnectionsPerLoop = 1 }
        try await fixture.run { postgres in
            try await withThrowingTaskGroup(of: PostgresError?.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        await postgresError {
                            try await postgres.transaction(on: .search) {
                                _ = try await $0.run(Call(Self.sleep, .text("2.5")))
                            }
                        }
                    }
                }
                let errors = try await group.reduce(into: []) { $0.append($1) }
                #expect(
                    errors.contains { error in
                        if case .poolExhausted = error { true } else { false }
                    })
                #expect(errors.contains { $0 == nil })
            }
        }
    }

    @Test func `an empty unit of work sends nothing`() async throws {
        try await DatabaseFixture().run { postgres in
            try await expect(7) { try await postgres.transaction { _ in 7 } }
        }
    }
}
