import Access
import PlatformSupport
import Postgres
import Runtime
import Testing

@Suite struct `Partitions of days` {
    /// 2026-01-01, where the test platform's clock stands.
    private static func day(_ number: Int64) -> WallInstant {
        WallInstant(microseconds: 1_767_225_600_000_000 + number * 86_400_000_000)
    }

    @Test func `are made ahead, and dropped with their rows when these are no longer kept`() async throws {
        let platform = TestPlatform.alone("partitions")
        let rows = try platform.connect(as: .system)
        func storedSpans() throws -> [String] {
            try rows.run("SELECT name FROM sbx.spans ORDER BY received_at").map { $0.text(0) }
        }
        try await platform.run { platform async throws in
            let system = platform.systemWork
            // Yesterday, today and two days more, of the log and of spans.
            #expect(try await system.ensurePartitions(now: Self.day(0)) == 8)
            #expect(try await system.ensurePartitions(now: Self.day(0)) == 0)
        }
        for (name, time) in [
            ("yesterday's last", "2025-12-31T23:59:59.999999Z"),
            ("today's first", "2026-01-01T00:00:00Z"), ("tomorrow's", "2026-01-02T12:00:00Z"),
        ] {
            try rows.run(
                """
                INSERT INTO sbx.spans (tenant_id, sandbox_id, trace_id, span_id, received_at,
                    started_ns, ended_ns, kind, status, name, attributes, events)
                VALUES (gen_random_uuid(), gen_random_uuid(), decode(repeat('01', 16), 'hex'),
                    int8send(1), '\(time)', 1, 2, 0, 0, '\(name.replacing("'", with: "''"))', '{}', '[]')
                """)
        }
        try await platform.run { platform async throws in
            let system = platform.systemWork
            // Spans are kept for seven days after theirs, the log for thirty.
            #expect(try await system.dropOldPartitions(now: Self.day(6)) == 0)
            #expect(try await system.dropOldPartitions(now: Self.day(7)) == 1)
        }
        #expect(try storedSpans() == ["today's first", "tomorrow's"])
        try await platform.run { platform async throws in
            let system = platform.systemWork
            #expect(try await system.dropOldPartitions(now: Self.day(8)) == 1)
            #expect(try await system.dropOldPartitions(now: Self.day(8)) == 0)
        }
        #expect(try storedSpans() == ["tomorrow's"])
        try await platform.run { platform async throws in
            // The last two of spans, and the log's first.
            #expect(try await platform.systemWork.dropOldPartitions(now: Self.day(30)) == 3)
            #expect(try await platform.systemWork.dropOldPartitions(now: Self.day(33)) == 3)
        }
        #expect(try storedSpans().isEmpty)
    }
}
