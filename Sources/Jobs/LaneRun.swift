import Runtime

/// One worker's turn on one lane: claims, runs, records, until nothing is due or its turn is over.
///
///     claim ──▶ ready ──▶ running (`atOnce` at most) ──▶ finished ──▶ recorded with next claim
///
/// Recording and the next claim are one commit, made while the last items still run, so that a
/// quick lane never waits for the store.
struct LaneRun<Source: LaneSource> {
    let source: Source
    let lane: Source.Lane
    let loop: EventLoop
    /// Whether to claim no more: the worker stops, or others wait for this lane's place.
    let mustEnd: @Sendable () -> Bool
    let onError: @Sendable (any Error) -> Void

    func run() async {
        let finished = Finished<Source.Outcome>()
        await withTaskGroup(of: Void.self) { group in
            var ready: ArraySlice<Source.Item> = []
            var running = 0
            var atOnce = 1
            var mayHaveMore = true
            while true {
                while running < atOnce, !mustEnd(), let item = ready.popFirst() {
                    running += 1
                    group.addTask { finished.append(await source.run(item)) }
                }
                if mustEnd() { mayHaveMore = false }
                let hasNews = !finished.isEmpty || mustEnd() && !ready.isEmpty
                if ready.isEmpty && mayHaveMore || hasNews && (ready.isEmpty || mustEnd()) {
                    let claimed = await exchange(finished.take(), releasing: mustEnd() ? ready : [])
                    mayHaveMore = claimed.items.count == Limits.itemsPerClaim
                    ready = claimed.items[...]
                    if !ready.isEmpty { atOnce = claimed.atOnce }
                } else if running > 0 {
                    await group.next()
                    running -= 1
                } else if ready.isEmpty {
                    return
                }
            }
        }
    }

    /// Stores what is finished whatever it takes, within reason, and claims the next items.
    private func exchange(
        _ outcomes: [Source.Outcome], releasing released: ArraySlice<Source.Item>
    ) async -> Claimed<Source.Item> {
        for _ in 0..<Limits.recordAttempts {
            do {
                return try await source.exchange(
                    lane, recording: outcomes, releasing: Array(released),
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

/// Outcomes on their way from the items' tasks to the lane's. Confined to the lane's loop.
private final class Finished<Outcome: Sendable>: @unchecked Sendable {
    // Loop-confined: the lane's task and its children run on one loop.
    private var outcomes: [Outcome] = []

    var isEmpty: Bool { outcomes.isEmpty }

    func append(_ outcome: Outcome) { outcomes.append(outcome) }

    func take() -> [Outcome] {
        defer { outcomes = [] }
        return outcomes
    }
}
