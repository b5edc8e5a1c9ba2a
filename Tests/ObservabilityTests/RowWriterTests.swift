import Identifiers
import Runtime
import Synchronization
import Testing

@testable import Observability

@Suite struct `The request log's writer` {
    @Test func `stores every row, many in one batch`() async throws {
        let sink = FakeSink()
        let counts = try await Self.run(sink) { writer in
            for number in 0..<500 { writer.append(Self.record(number)) }
            await writer.drain()
            return writer.counts
        }
        #expect(counts == (500, 0, 0))
        #expect(sink.rows == 500)
        #expect(sink.batches < 10)
    }

    @Test func `tries again when a COPY fails, and loses nothing`() async throws {
        let sink = FakeSink(failures: 2)
        let counts = try await Self.run(sink) { writer in
            for number in 0..<10 { writer.append(Self.record(number)) }
            await writer.drain()
            return writer.counts
        }
        #expect(counts == (10, 0, 0))
        #expect(sink.rows == 10)
        #expect(sink.attempts >= 3)
    }

    @Test func `drops and counts what does not fit, and never makes a request wait`() async throws {
        let sink = FakeSink(failures: .max)
        let (counts, elapsed) = try await Self.run(sink) { writer in
            let start = MonotonicInstant.now()
            for number in 0..<(Limits.rowsHeld + 100) { writer.append(Self.record(number)) }
            return (writer.counts, MonotonicInstant.now() - start)
        }
        #expect((counts.stored, counts.dropped) == (0, 100))
        // 40,000 rows are written as text here; waiting for the sink would take forever.
        #expect(elapsed < .seconds(30))
    }

    @Test func `gives up when it is drained while the database is away`() async throws {
        let sink = FakeSink(failures: .max)
        let counts = try await Self.run(sink) { writer in
            for number in 0..<10 { writer.append(Self.record(number)) }
            await writer.drain(within: .milliseconds(50))
            return writer.counts
        }
        #expect(counts == (0, 10, 0))
    }

    @Test func `a look-up waits for the rows of its own trace, and for no others`() async throws {
        let sink = FakeSink(failures: 1)
        let counts = try await Self.run(sink) { writer in
            writer.append(Self.record(7))
            // Nothing else ran on the loop in between: the row still waits for company.
            await writer.settle(Self.trace(of: 8))
            let between = writer.counts
            // In the buffer, then in a COPY that fails first.
            await writer.settle(Self.trace(of: 7))
            return (between, writer.counts)
        }
        #expect(counts.0 == (0, 0, 1))
        #expect(counts.1 == (1, 0, 0))
    }

    @Test func `a trace is known again when its rows come in two batches`() async throws {
        let sink = FakeSink()
        let stored = try await Self.run(sink) { writer in
            var stored: [Int] = []
            for _ in 0..<3 {
                writer.append(Self.record(7))
                await writer.settle(Self.trace(of: 7))
                stored.append(writer.counts.stored)
            }
            return stored
        }
        #expect(stored == [1, 2, 3])
    }

    @Test func `a row reads as COPY's binary format, hostile bytes and all`() async throws {
        let sink = FakeSink()
        try await Self.run(sink) { writer in
            var record = Self.record(1)
            record.path = Array("/a\\b\tc\nd\re".utf8)[...]
            record.code = "declined"
            record.status = 402
            record.revision = -1
            record.decisions.note(.match, .passed, "create")
            writer.append(record)
            writer.append(Self.record(2))
            await writer.drain()
        }
        let rows = try #require(BinaryCopy.rows(sink.bytes))
        #expect(rows.count == 2)
        let row = rows[0]
        #expect(row.count == RequestRecord.table.split(separator: ",").count)
        #expect(row[1] == [0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1])
        // 1970, counted from 2000.
        #expect(BinaryCopy.integer(row[2]) == -946_684_800_000_000)
        #expect(row[3] == nil)
        #expect(row[5] == Array("GET".utf8))
        #expect(row[6] == Array("/a\\b\tc\nd\re".utf8))
        #expect(row[7] == nil)
        #expect(BinaryCopy.integer(row[9]) == 402)
        #expect(row[10] == Array("declined".utf8))
        #expect(row[13]?.count == 16)
        #expect(row[14]?.count == 8)
        #expect(BinaryCopy.integer(row[15]) == -1)
        #expect(row[19] == Array("[[\"match\",\"passed\",\"create\"]]".utf8))
    }

    @Test func `a path is cut at its bound`() async throws {
        let sink = FakeSink()
        try await Self.run(sink) { writer in
            var record = Self.record(1)
            record.path = Array(("/" + String(repeating: "x", count: 9_000)).utf8)[...]
            writer.append(record)
            await writer.drain()
        }
        let rows = try #require(BinaryCopy.rows(sink.bytes))
        #expect(rows[0][6]?.count == Limits.pathBytes)
    }

    // MARK: Arranging

    /// Runs on a loop with a writer over the sink.
    @discardableResult
    private static func run<Value: Sendable>(
        _ sink: FakeSink, _ body: @escaping @Sendable (RowWriter) async -> Value
    ) async throws -> Value {
        let group = EventLoopGroup(count: 1)
        defer { group.shutdown() }
        return try await EventLoopGroup.run(on: group.loops[0]) {
            await body(RowWriter.requestLog(loop: group.loops[0], sink: sink))
        }
    }

    private static func trace(of number: Int) -> TraceID {
        let digits = String(number, radix: 16)
        guard let id = TraceID("2" + String(repeating: "0", count: 31 - digits.count) + digits) else {
            preconditionFailure("32 digits are an id")
        }
        return id
    }

    private static func record(_ number: Int) -> RequestRecord {
        let id = RequestID(high: 2, low: UInt64(number))
        return RequestRecord(
            tenant: TenantID(high: 1, low: 1), id: id, startedAt: WallInstant(microseconds: 0),
            method: "GET", path: Array("/v1".utf8)[...],
            trace: TraceContext(traceparent: nil, request: id, random: { 7 }))
    }
}

/// Keeps rows, after failing as often as it was told to.
private final class FakeSink: RowSink {
    private struct State: Sendable {
        var failures: Int
        var attempts = 0
        var batches = 0
        var rows = 0
        var bytes: [UInt8] = []
    }

    private struct Away: Error {}

    private let state: Mutex<State>

    init(failures: Int = 0) {
        state = Mutex(State(failures: failures))
    }

    var attempts: Int { state.withLock { $0.attempts } }
    var batches: Int { state.withLock { $0.batches } }
    var rows: Int { state.withLock { $0.rows } }
    var bytes: [UInt8] { state.withLock { $0.bytes } }

    func store(_ rows: [UInt8], count: Int, table: String) async throws {
        try state.withLock { state throws(Away) in
            state.attempts += 1
            guard state.failures == 0 else {
                state.failures -= 1
                throw Away()
            }
            state.batches += 1
            state.rows += count
            state.bytes += rows
        }
    }
}

/// Reads COPY's binary format by its documentation; nil for anything else.
private enum BinaryCopy {
    static func rows(_ bytes: [UInt8]) -> [[[UInt8]?]]? {
        let header = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A] + [UInt8](repeating: 0, count: 9)
        guard bytes.starts(with: header) else { return nil }
        var rest = bytes.dropFirst(header.count)
        var rows: [[[UInt8]?]] = []
        while true {
            guard let columns = integer(take(2, &rest)) else { return nil }
            if columns == -1 { return rest.isEmpty ? rows : nil }
            var row: [[UInt8]?] = []
            for _ in 0..<columns {
                guard let length = integer(take(4, &rest)) else { return nil }
                row.append(length < 0 ? nil : take(Int(length), &rest))
            }
            rows.append(row)
        }
    }

    /// Two's complement, big-endian.
    static func integer(_ bytes: [UInt8]?) -> Int64? {
        guard let bytes, let first = bytes.first else { return nil }
        return bytes.reduce(first < 128 ? 0 : -1) { $0 << 8 | Int64($1) }
    }

    private static func take(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }
}
