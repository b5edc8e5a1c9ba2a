import Access
import Contracts
import HTTP
import Identifiers
import PlatformSupport
import Postgres
import Runtime
import Tenancy
import Testing

@testable import Gateway

/// Many tenants on the same few connections, some of them failing inside SQL on purpose: nobody
/// ever sees a row, or an error, of somebody else.
@Suite struct `Isolation under concurrency` {
    private static let tenants = 8
    private static let tasks = 64
    /// 100,000 every day, ten times that in soak.
    private static let requests = TestPlatform.isSoak ? 1_000_000 : 100_000

    /// Without the tenant in its WHERE: only row-level security stands between the tenants.
    private static let unfiltered = Statement(
        "isolation_unfiltered", "SELECT tenant_id FROM sbx.sandboxes")
    private static let failing = Statement("isolation_failing", "SELECT 1 / $1::integer")

    private struct Tally: Sendable {
        var requests = 0
        var rows = 0
        var failures = 0
        var foreignRows = 0
        var foreignErrors = 0

        static func + (left: Tally, right: Tally) -> Tally {
            Tally(
                requests: left.requests + right.requests, rows: left.rows + right.rows,
                failures: left.failures + right.failures,
                foreignRows: left.foreignRows + right.foreignRows,
                foreignErrors: left.foreignErrors + right.foreignErrors)
        }
    }

    @Test func `no read shows a foreign row, and no failure leaves its request`() async throws {
        let platform = TestPlatform.shared
        let accesses = try await platform.run { platform in
            var accesses: [SandboxAccess] = []
            for _ in 0..<Self.tenants { accesses.append(try await platform.makeSandbox()) }
            return accesses
        }
        let tally = try await withThrowingTaskGroup(of: Tally.self) { group in
            for task in 0..<Self.tasks {
                let loop = platform.loops[task % platform.loops.count]
                group.addTask(executorPreference: loop) {
                    try await Self.reads(task, accesses, platform.database)
                }
            }
            return try await group.reduce(Tally(), +)
        }
        #expect(tally.requests >= Self.requests)
        #expect(tally.foreignRows == 0)
        #expect(tally.foreignErrors == 0)
        #expect(tally.failures >= tally.requests / 11)
        #expect(tally.rows >= tally.requests * 9 / 10)
    }

    /// One task's share: each read as another tenant, every tenth dividing by zero midway.
    private static func reads(
        _ task: Int, _ accesses: [SandboxAccess], _ database: TenantDatabase
    ) async throws -> Tally {
        var tally = Tally()
        for number in 0...(requests / tasks) {
            let access = accesses[(task + number) % accesses.count]
            let fails = (task + number) % 10 == 0
            var calls = [Call(unfiltered), Call(failing, .int(fails ? 0 : 1))]
            if number % 2 == 0 { calls.append(Call(unfiltered)) }
            tally.requests += 1
            do throws(PostgresError) {
                let rows = try await database.read(as: access, calls)
                if fails { tally.foreignErrors += 1 }
                for rows in [rows[0]] + rows.dropFirst(2) {
                    tally.rows += rows.count
                    for index in 0..<rows.count where rows[index].id(0) != access.tenant {
                        tally.foreignRows += 1
                    }
                    // One sandbox each: none missing either.
                    if rows.count != 1 { tally.foreignRows += 1 }
                }
            } catch {
                guard fails, case .server(let error) = error, error.sqlState == "22012" else {
                    tally.foreignErrors += 1
                    continue
                }
                tally.failures += 1
            }
        }
        return tally
    }

    @Test func `through the gateway each tenant finds its own object and nobody else's`() async throws {
        let gateway = try await TestGateway.shared
        var boxes: [(sandbox: TestSandbox, payment: TestAnswer)] = []
        for _ in 0..<Self.tenants {
            let sandbox = try await TestTenant.make(gateway).sandbox()
            boxes.append((sandbox, try await sandbox.pay()))
        }
        let all = boxes
        let faults = try await withThrowingTaskGroup(of: [String].self) { group in
            for task in 0..<Self.tasks {
                group.addTask { try await Self.calls(task, all, gateway) }
            }
            return try await group.reduce([], +)
        }
        #expect(faults == [])
    }

    private static func calls(
        _ task: Int, _ boxes: [(sandbox: TestSandbox, payment: TestAnswer)], _ gateway: TestGateway
    ) async throws -> [String] {
        var faults: [String] = []
        for number in 0...(requests / 20 / tasks) {
            let own = boxes[(task + number) % boxes.count]
            let other = boxes[(task + number + 1) % boxes.count]
            let wanted = number % 3 == 0 ? other.payment.id : own.payment.id
            var call = own.sandbox.prepared("GET", "/v1/payments/\(wanted)")
            if number % 7 == 0 { call = call.key(other.sandbox.key) }
            let answer = try await gateway.answer(in: gateway.gateway, call, on: task % 2)
            let status = number % 7 == 0 ? 403 : number % 3 == 0 ? 404 : 200
            if answer.status != status { faults.append("\(answer) instead of \(status)") }
            if status == 200, answer.body != own.payment.body { faults.append("\(answer)") }
        }
        return faults
    }
}
