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
        #expect(counts == (500, 0))
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
        #expect(counts == (10, 0))
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
        #expect(counts == (0, 100))
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
        #expect(counts == (0, 10))
    }

    @Test func `a row reads as COPY's text format, hostile bytes and all`() async throws {
        let sink = FakeSink()
        try await Self.run(sink) { writer in
            var record = Self.record(1)
            record.path = Array("/a\\b\tc\nd\re".utf8)[...]
            record.code = "declined"
            writer.append(record)
            await writer.drain()
        }
        let text = String(decoding: sink.bytes, as: UTF8.self)
        #expect(text.hasSuffix("\n"))
        #expect(text.filter { $0 == "\n" }.count == 1)
        let fields = text.dropLast().split(separator: "\t", omittingEmptySubsequences: false)
        #expect(fields.count == RequestRecord.table.split(separator: ",").count)
        #expect(fields[5] == "GET")
        #expect(fields[6] == "/a\\\\b\\tc\\nd\\re")
        #expect(fields[7] == "\\N")
        #expect(fields[10] == "declined")
    }

    @Test func `a path is cut at its bound`() async throws {
        let sink = FakeSink()
        try await Self.run(sink) { writer in
            var record = Self.record(1)
            record.path = Array(("/" + String(repeating: "x", count: 9_000)).utf8)[...]
            writer.append(record)
            await writer.drain()
        }
        let fields = String(decoding: sink.bytes, as: UTF8.self).split(separator: "\t")
        #expect(fields[6].utf8.count == Limits.pathBytes)
    }

    // MARK: Arranging

    /// Runs on a loop with a writer over the sink.
    @discardableResult
    private static func run<Value: Sendable>(
        _ sink: FakeSink, _ body: @escaping @Sendable (RequestLogWriter) async -> Value
    ) async throws -> Value {
        let group = EventLoopGroup(count: 1)
        defer { group.shutdown() }
        return try await EventLoopGroup.run(on: group.loops[0]) {
            await body(RequestLogWriter(loop: group.loops[0], sink: sink))
        }
    }

    private static func record(_ number: Int) -> RequestRecord {
        RequestRecord(
            tenant: TenantID(high: 1, low: 1), id: RequestID(high: 2, low: UInt64(number)),
            startedAt: WallInstant(microseconds: 0), method: "GET", path: Array("/v1".utf8)[...],
            trace: TraceContext(traceparent: nil, random: { 7 }))
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
