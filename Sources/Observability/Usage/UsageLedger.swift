package import Access
package import Runtime

/// Takes usage figures. The second implementation is the tests'.
package protocol UsageStore: Sendable {
    /// Adds the batch, once however often it is sent, or throws.
    func add(_ batch: UsageBatch) async throws
}

/// Adds what the loops have counted to the stored figures, a batch at a time. A batch whose outcome
/// is unknown is sent again under its own number until it is stored, so that the figures are exact;
/// meanwhile the loops go on counting. A process that is killed loses what it has counted since its
/// last batch, a second's calls.
package final class UsageLedger: @unchecked Sendable {
    // Loop-confined: `pending`, `number` and `isWriting` are touched on `loop` only, asserted.
    private let loop: EventLoop
    private let counters: [UsageCounter]
    private let store: any UsageStore
    private let writer: (high: UInt64, low: UInt64)
    private var pending: UsageBatch?
    private var number: Int64 = 0
    private var isWriting = false

    package init(
        loop: EventLoop, counters: [UsageCounter], store: any UsageStore, random: any RandomSource
    ) {
        self.loop = loop
        self.counters = counters
        self.store = store
        writer = (random.next(), random.next())
    }

    /// Returns when everything that was counted before is stored; throws when the store does not
    /// take it, which it is asked again the next time.
    package func write() async throws {
        try await EventLoopGroup.run(on: loop) { try await self.writeHere() }
    }

    private func writeHere() async throws {
        loop.assertCurrent()
        while isWriting { await loop.sleep(for: .milliseconds(2)) }
        isWriting = true
        defer { isWriting = false }
        // What could not be stored before comes first, then what was counted since.
        if pending != nil { try await storePending() }
        takeCounts()
        if pending != nil { try await storePending() }
    }

    private func storePending() async throws {
        guard let batch = pending else { return }
        try await store.add(batch)
        pending = nil
    }

    private func takeCounts() {
        var rows: [UsageKey: UsageCounts] = [:]
        for counter in counters {
            rows.merge(counter.take()) { left, right in
                var sum = left
                sum.add(right)
                return sum
            }
        }
        guard !rows.isEmpty else { return }
        number += 1
        pending = UsageBatch(writer: writer, number: number, rows: rows)
    }
}
