import Access
import Identifiers
import PlatformSupport
import Postgres
import Runtime
import Testing

@testable import Tenancy

/// The sweeps of these tests run in the year 2001, so that they find what a test has let end before
/// that, and nothing of the tests that run beside them.
@Suite struct `The sweeper` {
    private static let beforeSweep = "'2000-06-01T00:00:00Z'"
    private let clock = ManualWallClock(WallInstant(microseconds: 978_307_200_000_000))

    private func sweeper(_ platform: TestPlatform) -> Sweeper {
        Sweeper(
            system: platform.systemWork, database: platform.database,
            sandboxes: SandboxStore(
                database: platform.database, clock: clock, random: SystemRandom()),
            control: platform.control, clock: clock)
    }

    private func change(_ sql: String, _ access: SandboxAccess) throws {
        let app = try TestPlatform.shared.connect(as: .app)
        _ = try app.run("SELECT set_config('sbx.tenant', $1, false)", [uuidText(access.tenant)])
        #expect(try app.run("\(sql) = $1", [uuidText(access.sandbox)]).affected == 1, "\(sql)")
    }

    private func end(_ access: SandboxAccess) throws {
        try change("UPDATE sbx.sandboxes SET expires_at = \(Self.beforeSweep) WHERE id", access)
        try change(
            "UPDATE sbx.directory_slugs SET expires_at = \(Self.beforeSweep) WHERE sandbox_id",
            access)
    }

    private func rows(_ sql: String, _ access: SandboxAccess) throws -> Rows {
        let app = try TestPlatform.shared.connect(as: .app)
        _ = try app.run("SELECT set_config('sbx.tenant', $1, false)", [uuidText(access.tenant)])
        return try app.run("\(sql) = $1", [uuidText(access.sandbox)])
    }

    @Test func `deletes an expired sandbox whole and leaves the receipt in the audit log`() async throws {
        let platform = TestPlatform.shared
        let ended = try await platform.run { platform in
            let access = try await platform.makeSandbox()
            try await platform.fillWorld(access)
            return access
        }
        try end(ended)
        let swept = try await platform.run { try await sweeper($0).deleteExpiredSandboxes() }
        #expect(swept >= 1)
        #expect(try rows("SELECT 1 FROM sbx.sandboxes WHERE id", ended).isEmpty)
        #expect(try await platform.run { try await $0.directory.sandbox(id: ended.sandbox) } == nil)
        let app = try platform.connect(as: .app)
        _ = try app.run("SELECT set_config('sbx.tenant', $1, false)", [uuidText(ended.tenant)])
        let audit = try app.run(
            """
            SELECT actor_kind, details ->> 'entities', details ->> 'sandboxes'
            FROM sbx.audit_log WHERE action = 'expire_sandbox' AND subject = $1
            """, [ended.sandbox.description])
        try #require(audit.count == 1)
        #expect((0..<3).map { audit[0].text($0) } == ["sweeper", "1", "1"])
        #expect(try app.run("SELECT sandbox_count FROM sbx.tenants")[0].int(0) == 0)
    }

    @Test func `spares a sandbox that was extended after it was found`() async throws {
        let platform = TestPlatform.shared
        let access = try await platform.run { try await $0.makeSandbox() }
        // The directory still says so, the sandbox itself no longer.
        try change(
            "UPDATE sbx.directory_slugs SET expires_at = \(Self.beforeSweep) WHERE sandbox_id",
            access)
        _ = try await platform.run { try await sweeper($0).deleteExpiredSandboxes() }
        #expect(try rows("SELECT 1 FROM sbx.sandboxes WHERE id", access).count == 1)
    }

    @Test func `deletes idempotency records that are over by their sandbox's own clock`() async throws {
        let platform = TestPlatform.shared
        let (running, frozen, fresh) = try await platform.run { platform in
            var draft = SandboxDraft()
            let running = try await platform.makeSandbox(draft)
            let fresh = try await platform.makeSandbox(draft)
            draft.clock = SandboxDraft.Clock(
                mode: .frozen, now: SandboxInstant(rfc3339: "1999-01-01T00:00:00Z"))
            let frozen = try await platform.makeSandbox(draft)
            for access in [running, frozen, fresh] { try await platform.fillWorld(access) }
            return (running, frozen, fresh)
        }
        for access in [running, frozen] {
            try change(
                """
                UPDATE sbx.idempotency_records
                SET created_at = \(Self.beforeSweep), expires_at = \(Self.beforeSweep)
                WHERE sandbox_id
                """, access)
        }
        let swept = try await platform.run { try await sweeper($0).deleteExpiredIdempotencyRecords() }
        #expect(swept >= 1)
        for (access, left) in [(running, 0), (frozen, 1), (fresh, 1)] {
            #expect(
                try rows("SELECT 1 FROM sbx.idempotency_records WHERE sandbox_id", access).count
                    == left)
        }
    }
}
