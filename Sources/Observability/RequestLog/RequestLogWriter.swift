package import Runtime
import Synchronization

/// Takes batches of rows in COPY's binary format. The second implementation is the tests'.
package protocol RowSink: Sendable {
    /// Stores the rows or throws; all of them or none.
    func store(_ rows: [UInt8], count: Int, table: String) async throws
}

/// Writes the request log, one writer a loop. A request hands its record over and goes on; rows
/// wait a moment for company, leave in one COPY, and are dropped and counted when the database
/// cannot keep up, because a request never waits for its record.
package final class RequestLogWriter: @unchecked Sendable {
    // Loop-confined: `append` and the flushing task run on `loop`, asserted; the counters are
    // atomic.
    private let loop: EventLoop
    private let sink: any RowSink
    private var rows: [UInt8] = []
    private var rowCount = 0
    private var isFlushing = false
    /// Set while draining: what is not stored by then is given up.
    private var givesUpAt: MonotonicInstant?
    private let stored = Atomic<Int>(0)
    private let dropped = Atomic<Int>(0)

    package init(loop: EventLoop, sink: any RowSink) {
        self.loop = loop
        self.sink = sink
    }

    /// Rows that reached the database, and rows that were given up.
    package var counts: (stored: Int, dropped: Int) {
        (stored.load(ordering: .relaxed), dropped.load(ordering: .relaxed))
    }

    package func append(_ record: RequestRecord) {
        loop.assertCurrent()
        guard rowCount < Limits.rowsHeld else {
            dropped.wrappingAdd(1, ordering: .relaxed)
            return
        }
        if rows.isEmpty { rows.append(contentsOf: CopyRow.header) }
        record.append(to: &rows)
        rowCount += 1
        guard !isFlushing else { return }
        isFlushing = true
        Task(executorPreference: loop) { await self.flush() }
    }

    /// Waits until everything appended so far has been stored, or given up because the database
    /// has not taken it within `Limits.drainPatience`.
    package func drain() async {
        await drain(within: Limits.drainPatience)
    }

    func drain(within patience: Duration) async {
        givesUpAt = MonotonicInstant.now() + patience
        defer { givesUpAt = nil }
        while rowCount > 0 || isFlushing {
            await loop.sleep(for: .milliseconds(5))
        }
    }

    private func flush() async {
        while rowCount > 0 {
            if rowCount < Limits.rowsPerCopy { await loop.sleep(for: Limits.rowDelay) }
            let (batch, count) = takeRows()
            await store(batch, count)
        }
        isFlushing = false
    }

    private func takeRows() -> (batch: [UInt8], count: Int) {
        let count = rowCount
        let batch = rows + CopyRow.trailer
        rows.removeAll(keepingCapacity: rows.count <= Limits.rowBytesKept)
        rowCount = 0
        return (batch, count)
    }

    /// Tries until it works, or newer rows have taken all the room, or a drain's time is over.
    private func store(_ batch: [UInt8], _ count: Int) async {
        while true {
            do {
                try await sink.store(batch, count: count, table: RequestRecord.table)
                stored.wrappingAdd(count, ordering: .relaxed)
                return
            } catch {
                guard rowCount < Limits.rowsHeld / 2, !isDrainOver else { break }
                await loop.sleep(for: Limits.retryDelay)
            }
        }
        dropped.wrappingAdd(count, ordering: .relaxed)
    }

    private var isDrainOver: Bool {
        givesUpAt.map { $0 <= MonotonicInstant.now() } ?? false
    }
}
