import Access
import Identifiers
import PlatformSupport
import Postgres
import Runtime
import TestSupport
import Testing

@testable import Tenancy

/// Calls of one sandbox that wait in one line go into one database transaction, and nobody can tell
/// but by the clock.
@Suite struct `Calls that share a commit` {
    @Test func `have ticks of their own, in the order of the line, in one transaction`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            let ticks = try await Self.behindOne(5, access, platform) { number, world in
                try world.createDrawn(Self.key("n\(number)"), document: Array("{}".utf8))
                return world.head.stamp.tick
            }
            #expect(ticks == [2, 3, 4, 5, 6])
            let head = try await platform.worlds.head(as: access)
            #expect(head.stamp == WorldStamp(revision: 6, tick: 6))
            let commits = try await Self.commits(access, platform)
            #expect(commits.map(\.tick) == [2, 3, 4, 5, 6])
            #expect(Set(commits.map(\.transaction)).count == 1)
        }
    }

    @Test func `see what those before them did`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            let key = Self.key("counter")
            let counts = try await Self.behindOne(4, access, platform) { _, world in
                let count = try await world.entity(key).map { $0.document.count } ?? 1
                let document = Array("1".utf8) + [UInt8](repeating: UInt8(ascii: "0"), count: count)
                if count == 1 {
                    try await world.create(key, document: document)
                } else {
                    try await world.replace(key, document: document)
                }
                return Int64(count)
            }
            #expect(counts == [1, 2, 3, 4])
            let found = try await platform.worlds.entity(key, as: access).entity
            #expect(found?.version == 4)
        }
    }

    @Test func `that fail take back what they did, and their tick goes to the next`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            let ticks = try await Self.behindOne(4, access, platform) { number, world in
                try world.createDrawn(Self.key("n\(number)"), document: Array("{}".utf8))
                world.schedule(
                    WorldTimer(
                        id: "t\(number)", dueAt: world.now, contract: "payments", type: "note",
                        entityID: "n", kind: "note"))
                if number == 1 { throw Refused() }
                return world.head.stamp.tick
            }
            #expect(ticks == [2, Self.failed, 3, 4])
            for (number, isThere) in [(0, true), (1, false), (2, true), (3, true)] {
                let found = try await platform.worlds.entity(Self.key("n\(number)"), as: access)
                #expect((found.entity != nil) == isThere, "\(number)")
            }
            _ = try await platform.worlds.transaction(as: access) { world in
                let due = try await world.dueTimers(upTo: world.now, limit: 10)
                #expect(due.map(\.id) == ["t0", "t2", "t3"])
            }
        }
    }

    @Test func `suffer nothing from one whose statement the database refuses`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            let ticks = try await Self.behindOne(4, access, platform) { number, world in
                let document = number == 2 ? "no JSON" : "{}"
                try world.createDrawn(Self.key("n\(number)"), document: Array(document.utf8))
                return world.head.stamp.tick
            }
            #expect(ticks[2] == Self.failed)
            #expect(ticks.filter { $0 != Self.failed }.sorted() == [2, 3, 4])
            let commits = try await Self.commits(access, platform)
            #expect(commits.map(\.tick) == [2, 3, 4])
        }
    }

    @Test func `keep their answers under their own keys`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            for round in 0..<2 {
                let statuses = try await Self.behindOne(
                    3, access, platform, keys: true
                ) { number, world in
                    #expect(round == 0, "the second time nothing is run")
                    world.answer(
                        with: IdempotencyRecord(
                            status: 200 + number, headers: Array("[]".utf8),
                            response: Array("{}".utf8), request: RequestID(high: 1, low: 2)))
                    return 200 + Int64(number)
                }
                #expect(statuses == [200, 201, 202])
            }
            #expect(try await platform.worlds.head(as: access).stamp.tick == 5)
        }
    }
}

extension `Calls that share a commit` {
    private struct Refused: Error {}
    private static let failed: Int64 = -1

    private static func key(_ id: String) -> EntityKey {
        EntityKey(contract: "payments", type: "note", id: id)
    }

    /// Runs `count` calls that wait in line while another is at work: what each came to, in their
    /// order. A replayed one comes to the status of its record.
    private static func behindOne(
        _ count: Int, _ access: SandboxAccess, _ platform: TestPlatform, keys: Bool = false,
        _ call: @escaping @Sendable (Int, WorldTransaction) async throws -> Int64
    ) async throws -> [Int64] {
        let (held, release) = (Gate(), Gate())
        let worlds = platform.worlds
        return try await withThrowingTaskGroup(of: (Int, Int64)?.self) { group in
            group.addTask {
                _ = try await worlds.transaction(as: access) { _ in
                    held.open()
                    await release.wait()
                }
                return nil
            }
            await held.wait()
            for number in 0..<count {
                group.addTask {
                    let scope = keys ? Self.scope(number) : nil
                    do {
                        let outcome = try await worlds.transaction(
                            as: access, idempotency: scope, sharing: true
                        ) { world in try await call(number, world) }
                        switch outcome {
                        case .committed(let value): return (number, value)
                        case .replayed(let record): return (number, Int64(record.status))
                        }
                    } catch {
                        return (number, Self.failed)
                    }
                }
            }
            // Behind all of them on this loop.
            group.addTask {
                release.open()
                return nil
            }
            return try await group.reduce(into: [:]) { if let one = $1 { $0[one.0] = one.1 } }
                .sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private static func scope(_ number: Int) -> IdempotencyScope {
        IdempotencyScope(
            key: "key-\(number)", method: "POST", path: "/",
            fingerprint: [UInt8](repeating: 1, count: 32))
    }

    /// Ticks of the changes of the sandbox's layer, with the transaction that wrote each.
    private static func commits(
        _ access: SandboxAccess, _ platform: TestPlatform
    ) async throws -> [(tick: Int64, transaction: String)] {
        let rows = try await platform.database.transaction(as: access, on: .search) { transaction in
            try await transaction.run(
                Call(changesStatement, .id(access.tenant), .id(access.sandbox)))
        }
        return rows.map { ($0.int(0), $0.text(1)) }
    }

    private static let changesStatement = Statement(
        "test_commit_group_changes",
        """
        SELECT c.tick, c.xmin::text
        FROM sbx.changes c
        JOIN sbx.sandbox_heads h ON h.tenant_id = c.tenant_id AND h.layer_id = c.layer_id
        WHERE h.tenant_id = $1 AND h.sandbox_id = $2
        ORDER BY c.revision
        """)
}
