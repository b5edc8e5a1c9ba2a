package import Runtime
import Synchronization

/// Takes batches of rows in COPY's binary format. The second implementation is the tests'.
package protocol RowSink: Sendable {
    /// Stores the rows or throws; all of them or none.
    func store(_ rows: [UInt8], count: Int, table: String) async throws
}

/// Writes rows of one table, one writer a loop. A request hands its rows over and goes on; they wait
/// a moment for company, leave in one COPY, and are dropped and counted when the database cannot
/// keep up, because a request never waits for what is told of it.
package final class RowWriter: @unchecked Sendable {
    // Loop-confined: `append` and the flushing task run on `loop`, asserted; the counters are
    // atomic.
    private let loop: EventLoop
    private let sink: any RowSink
    private let table: String
    private var rows: [UInt8] = []
    private var rowCount = 0
    private var isFlushing = false
    /// Rows taken in since the start, and how many of them have been stored or given up.
    private var appended = 0
    private var finished = 0
    /// Traces of the rows that wait, and of those in the COPY under way.
    private var waitingTraces = TraceMarks()
    private var leavingTraces = TraceMarks()
    /// Set while draining: what is not stored by then is given up.
    private var givesUpAt: MonotonicInstant?
    private let stored = Atomic<Int>(0)
    private let dropped = Atomic<Int>(0)
    private let waiting = Atomic<Int>(0)

    init(loop: EventLoop, sink: any RowSink, table: String) {
        self.loop = loop
        self.sink = sink
        self.table = table
    }

    /// Rows that reached the database, rows that were given up, and rows that no COPY has taken yet.
    package var counts: (stored: Int, dropped: Int, waiting: Int) {
        (
            stored.load(ordering: .relaxed), dropped.load(ordering: .relaxed),
            waiting.load(ordering: .relaxed)
        )
    }

    /// Appends one row of a trace, which `write` adds in COPY's binary format; false when it was
    /// dropped.
    @discardableResult
    func append(of trace: UInt64, _ write: (inout [UInt8]) -> Void) -> Bool {
        loop.assertCurrent()
        guard rowCount < Limits.rowsHeld, rows.count < Limits.rowBytesHeld else {
            dropped.wrappingAdd(1, ordering: .relaxed)
            return false
        }
        if rows.isEmpty { rows.append(contentsOf: CopyRow.header) }
        write(&rows)
        waitingTraces.add(trace)
        setCount(rowCount + 1)
        appended += 1
        guard !isFlushing else { return true }
        isFlushing = true
        Task(executorPreference: loop) { await self.flush() }
        return true
    }

    /// Waits until everything appended so far has been stored, or given up because the database
    /// has not taken it within `Limits.drainPatience`.
    package func drain() async {
        await drain(within: Limits.drainPatience)
    }

    /// Waits until everything appended so far has been stored, at most `Limits.settlePatience`.
    /// Gives nothing up.
    package func settle() async {
        await settle { true }
    }

    /// The same for the rows of one trace. Where none waits, this does not wait for those of others,
    /// of which a busy loop always has some.
    package func settle(_ trace: TraceID) async {
        await settle { [self] in waitingTraces.has(trace.low) || leavingTraces.has(trace.low) }
    }

    private func settle(while isAwaited: () -> Bool) async {
        let (deadline, target) = (MonotonicInstant.now() + Limits.settlePatience, appended)
        while finished < target, isAwaited(), MonotonicInstant.now() < deadline {
            await loop.sleep(for: .milliseconds(5))
        }
    }

    func drain(within patience: Duration) async {
        givesUpAt = MonotonicInstant.now() + patience
        defer { givesUpAt = nil }
        while rowCount > 0 || isFlushing {
            await loop.sleep(for: .milliseconds(5))
        }
    }

    private func setCount(_ count: Int) {
        rowCount = count
        waiting.store(count, ordering: .relaxed)
    }

    private func flush() async {
        while rowCount > 0 {
            if rowCount < Limits.rowsPerCopy { await loop.sleep(for: Limits.rowDelay) }
            let (batch, count) = takeRows()
            await store(batch, count)
            leavingTraces.removeAll()
        }
        isFlushing = false
    }

    private func takeRows() -> (batch: [UInt8], count: Int) {
        let count = rowCount
        let batch = rows + CopyRow.trailer
        rows.removeAll(keepingCapacity: rows.count <= Limits.rowBytesKept)
        // The one that was emptied behind the last COPY is filled next, in its memory.
        swap(&waitingTraces, &leavingTraces)
        setCount(0)
        return (batch, count)
    }

    /// Tries until it works, or newer rows have taken all the room, or a drain's time is over.
    private func store(_ batch: [UInt8], _ count: Int) async {
        defer { finished += count }
        while true {
            do {
                try await sink.store(batch, count: count, table: table)
                stored.wrappingAdd(count, ordering: .relaxed)
                return
            } catch {
                guard hasRoom, !isDrainOver else { break }
                await loop.sleep(for: Limits.retryDelay)
            }
        }
        dropped.wrappingAdd(count, ordering: .relaxed)
    }

    private var hasRoom: Bool {
        rowCount < Limits.rowsHeld / 2 && rows.count < Limits.rowBytesHeld / 2
    }

    private var isDrainOver: Bool {
        givesUpAt.map { $0 <= MonotonicInstant.now() } ?? false
    }
}

extension RowWriter {
    /// Of the request log.
    package static func requestLog(loop: EventLoop, sink: any RowSink) -> RowWriter {
        RowWriter(loop: loop, sink: sink, table: RequestRecord.table)
    }

    package func append(_ record: RequestRecord) {
        append(of: record.trace.traceLow) { record.append(to: &$0) }
    }
}

/// Which traces some rows belong to, by the lower halves of their ids: two that share it wait for
/// each other's rows, which does no harm.
private struct TraceMarks {
    private var marks: Set<UInt64> = []
    /// Spans of a trace come together.
    private var last: UInt64?

    mutating func add(_ low: UInt64) {
        guard low != last else { return }
        marks.insert(low)
        last = low
    }

    func has(_ low: UInt64) -> Bool { marks.contains(low) }

    mutating func removeAll() {
        marks.removeAll(keepingCapacity: marks.count <= Limits.rowsPerCopy)
        last = nil
    }
}
