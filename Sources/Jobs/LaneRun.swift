import Runtime

/// One worker's turn on one lane: claims, runs, records, until nothing is due or its turn is over.
///
///     claim ──▶ ready ──▶ running (`atOnce` at most) ──▶ finished ──▶ recorded with next claim
///
/// Recording and the next claim are one commit, an exchange. One is made while half a claim is still
/// ready, so that neither a quick receiver nor the store ever waits for the other.
struct LaneRun<Source: LaneSource> {
    let source: Source
    let lane: Source.Lane
    let loop: EventLoop
    /// Whether to claim no more: the worker stops, or others wait for this lane's place.
    let mustEnd: @Sendable () -> Bool
    let onError: @Sendable (any Error) -> Void

    func run() async {
        await withTaskGroup(of: Step.self) { group in
            var turn = Turn()
            while true {
                let ends = mustEnd()
                while !ends, let item = turn.next() {
                    group.addTask { .ran(await source.run(item)) }
                }
                if turn.needsExchange(atEnd: ends) {
                    let (finished, released) = turn.beginExchange(atEnd: ends)
                    group.addTask { .exchanged(await exchange(finished, releasing: released)) }
                }
                switch await group.next() {
                case .ran(let outcome): turn.add(outcome)
                case .exchanged(let claimed): turn.endExchange(claimed)
                case nil: return
                }
            }
        }
    }

    /// What a child task has come to.
    private enum Step: Sendable {
        case ran(Source.Outcome)
        case exchanged(Claimed<Source.Item>)
    }

    /// The items of the turn, by how far they are.
    private struct Turn {
        private var ready: ArraySlice<Source.Item> = []
        private var finished: [Source.Outcome] = []
        private var running = 0
        private var atOnce = 1
        private var mayHaveMore = true
        private var isExchanging = false

        /// The next item, which begins to run; nil while none may.
        mutating func next() -> Source.Item? {
            guard running < atOnce, let item = ready.popFirst() else { return nil }
            running += 1
            return item
        }

        mutating func add(_ outcome: Source.Outcome) {
            running -= 1
            finished.append(outcome)
        }

        /// One at a time: what one claims shows whether there is more.
        func needsExchange(atEnd: Bool) -> Bool {
            guard !isExchanging else { return false }
            if atEnd { return !finished.isEmpty || !ready.isEmpty }
            return ready.count <= Limits.itemsPerClaim / 2 && (mayHaveMore || !finished.isEmpty)
        }

        /// What is finished, and at the turn's end what has not begun.
        mutating func beginExchange(
            atEnd: Bool
        ) -> (finished: [Source.Outcome], released: [Source.Item]) {
            isExchanging = true
            let taken = (finished, atEnd ? Array(ready) : [])
            finished = []
            if atEnd { ready = [] }
            return taken
        }

        mutating func endExchange(_ claimed: Claimed<Source.Item>) {
            isExchanging = false
            mayHaveMore = claimed.items.count == Limits.itemsPerClaim
            guard !claimed.items.isEmpty else { return }
            ready = ready + claimed.items
            atOnce = claimed.atOnce
        }
    }

    /// Stores what is finished whatever it takes, within reason, and claims the next items.
    private func exchange(
        _ outcomes: [Source.Outcome], releasing released: [Source.Item]
    ) async -> Claimed<Source.Item> {
        for _ in 0..<Limits.recordAttempts {
            do {
                return try await source.exchange(
                    lane, recording: outcomes, releasing: released,
                    claiming: mustEnd() ? 0 : Limits.itemsPerClaim)
            } catch {
                onError(error)
                await loop.sleep(for: Limits.errorDelay)
                if outcomes.isEmpty { break }
            }
        }
        return Claimed([], atOnce: 1)
    }
}
