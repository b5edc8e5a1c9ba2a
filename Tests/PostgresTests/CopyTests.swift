import Runtime
import TestSupport
import Testing

@testable import Postgres

@Suite struct Copying {
    private static let table = """
        CREATE TABLE events (
            id uuid, name text, amount bigint, is_live boolean, body bytea, at timestamptz)
        """
    private static let target = "events (id, name, amount, is_live, body, at)"
    private static let select = Statement(
        "test_events", "SELECT id, name, amount, is_live, body, at FROM events ORDER BY amount")
    private static let count = Statement("test_event_count", "SELECT count(*) FROM events")

    @Test func `stores every value as it was, whatever it holds`() async throws {
        try await DatabaseFixture(Self.table).run { postgres in
            let names = ["plain", "", "\t\n\r\\", "\\N", "\\.", "支付 🏦", "'\"{}", "a\u{08}b"]
            var rows = CopyRows()
            for (number, name) in names.enumerated() {
                rows.add(uuid: UInt64(number), .max)
                rows.add(text: name)
                rows.add(int: Int64(number) - 3)
                rows.add(bool: number % 2 == 0)
                rows.add(bytes: [0, 255, UInt8(number)])
                rows.add(microsecondsSince1970: -1_234_567 + Int64(number))
                rows.endRow()
            }
            for _ in 0..<6 { rows.addNull() }
            rows.endRow()
            let writer = postgres.makeCopyWriter()
            let (bytes, total) = (rows.bytes, rows.rowCount)
            try await expect(total) { try await writer.copy(into: Self.target, bytes) }
            let found = try await postgres.read(Call(Self.select))
            for (number, name) in names.enumerated() {
                let row = found[number]
                #expect(row.uuid(0) == (UInt64(number), .max))
                #expect(row.text(1) == name)
                #expect(row.int(2) == Int64(number) - 3)
                #expect(row.bool(3) == (number % 2 == 0))
                #expect(row.bytes(4) == [0, 255, UInt8(number)])
                #expect(row.microseconds(5) == -1_234_567 + Int64(number))
            }
            #expect((0..<6).allSatisfy { found[names.count].isNull($0) })
            writer.close()
        }
    }

    @Test func `many batches and big ones go over one connection`() async throws {
        try await DatabaseFixture(Self.table).run { postgres in
            let writer = postgres.makeCopyWriter()
            let long = String(repeating: "x", count: 5_000)
            var stored = 0
            for batch in 1...5 {
                var rows = CopyRows()
                for number in 0..<(batch * 400) {
                    rows.add(uuid: 1, 2)
                    rows.add(text: long)
                    rows.add(int: Int64(number))
                    for _ in 0..<3 { rows.addNull() }
                    rows.endRow()
                }
                stored += try await writer.copy(into: Self.target, rows.bytes)
            }
            #expect(stored == 6_000)
            try await expect(6_000) { try await postgres.read(Call(Self.count))[0].int(0) }
            writer.close()
        }
    }

    @Test func `a bad row stores nothing of its batch and spares the next`() async throws {
        try await DatabaseFixture(Self.table).run { postgres in
            let writer = postgres.makeCopyWriter()
            var good = CopyRows()
            good.add(int: 1)
            good.endRow()
            let bad = good.bytes + Array("one\n".utf8)
            for (target, state) in [
                ("events (amount)", "22P02"), ("events (no_such)", "42703"), ("nowhere", "42P01"),
            ] {
                let error = await postgresError { _ = try await writer.copy(into: target, bad) }
                #expect(error?.serverError?.sqlState == state)
            }
            let bytes = good.bytes
            try await expect(1) { try await writer.copy(into: "events (amount)", bytes) }
            try await expect(1) { try await postgres.read(Call(Self.count))[0].int(0) }
            writer.close()
        }
    }

    @Test func `a lost connection is told and replaced`() async throws {
        let fixture = try DatabaseFixture(Self.table)
        try await fixture.run { postgres in
            let writer = postgres.makeCopyWriter()
            var rows = CopyRows()
            rows.add(int: 1)
            rows.endRow()
            let bytes = rows.bytes
            try await writer.begin("events (amount)")
            try await writer.append(bytes)
            try expectOne(fixture.terminateSessions("copy"))
            let error = await postgresError { _ = try await writer.finish() }
            guard case .connectionLost = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            try await expect(0) { try await postgres.read(Call(Self.count))[0].int(0) }
            try await expect(1) { try await writer.copy(into: "events (amount)", bytes) }
            writer.close()
        }
    }

    private func expectOne(_ count: Int) throws { #expect(count == 1) }
}
