import Runtime
import TestSupport
import Testing

@testable import Postgres

/// A database of its own on the shared cluster, with two loops that speak to it.
final class DatabaseFixture: Sendable {
    let address: ConnectionAddress
    let group = EventLoopGroup(count: 2)
    let postgres: Postgres

    init(
        _ setUp: String = "SELECT 1",
        adjust: (inout PostgresConfiguration) -> Void = { _ in }
    ) throws {
        address = try TestCluster.shared.makeDatabase()
        try BlockingConnection(address).unsafeScript(setUp)
        var configuration = PostgresConfiguration(address)
        adjust(&configuration)
        postgres = Postgres(configuration, loops: group.loops)
    }

    var loop: EventLoop { group.loops[0] }

    /// Runs the body on the first loop and closes everything afterwards.
    func run<T: Sendable>(
        _ body: @escaping @Sendable (Postgres) async throws -> T
    ) async throws -> T {
        let postgres = postgres
        let result = await Task(executorPreference: loop) { try await body(postgres) }.result
        await postgres.shutdown()
        group.shutdown()
        return try result.get()
    }

    /// Ends the sessions whose application name ends so, as an administrator would.
    func terminateSessions(_ purpose: String) throws -> Int {
        try BlockingConnection(address).run(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name LIKE '%-' || $1
            """, [purpose]
        ).count
    }
}

/// The error that `body` must end with.
func postgresError(
    _ body: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
) async -> PostgresError? {
    do {
        try await body()
    } catch let error as PostgresError {
        return error
    } catch {
        Issue.record("\(error)", sourceLocation: sourceLocation)
    }
    return nil
}

/// `#expect` on a value that takes awaiting and trying to get.
func expect<T: Equatable>(
    _ expected: T, sourceLocation: SourceLocation = #_sourceLocation,
    _ found: () async throws -> T
) async throws {
    let found = try await found()
    #expect(found == expected, sourceLocation: sourceLocation)
}
