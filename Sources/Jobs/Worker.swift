package import Runtime
import Synchronization

/// Serves the lanes of one source: looks for those with work, and gives each a turn of its own,
/// spread over the loops.
///
/// A worker may be woken by a hint and polls besides. Several workers share a source; the bound on
/// what runs at once in a lane holds for each of them.
package final class Worker<Source: LaneSource>: Sendable {
    private struct State {
        var active: Set<Source.Lane> = []
        var othersWait = false
        var isStopping = false
        var nextLoop = 0
    }

    private let source: Source
    private let loops: [EventLoop]
    private let onError: @Sendable (any Error) -> Void
    private let state = Mutex(State())
    private let alarm: Alarm

    /// `onError` hears of the store's failures; the worker goes on trying.
    package init(
        _ source: Source, loops: [EventLoop], onError: @escaping @Sendable (any Error) -> Void
    ) {
        precondition(!loops.isEmpty, "a worker runs on loops")
        self.source = source
        self.loops = loops
        self.onError = onError
        alarm = Alarm(on: loops[0])
    }

    /// Works until `stop`; returns when what was running has ended and is recorded. On the first
    /// of the worker's loops.
    package func run() async {
        await withDiscardingTaskGroup { group in
            while !isStopping {
                for lane in await dueLanes() {
                    guard let loop = begin(lane) else { continue }
                    group.addTask(executorPreference: loop) { await self.serve(lane, on: loop) }
                }
                await alarm.wait(atMost: Limits.pollInterval)
            }
        }
    }

    /// Something may be due. From any thread.
    package func wake() { alarm.ring() }

    /// Claims nothing more. From any thread.
    package func stop() {
        state.withLock { $0.isStopping = true }
        alarm.ring()
    }

    private var isStopping: Bool { state.withLock { $0.isStopping } }

    private func dueLanes() async -> [Source.Lane] {
        do {
            return try await source.dueLanes(limit: Limits.lanesAtOnce * 2)
        } catch {
            onError(error)
            return []
        }
    }

    /// The loop for the lane's turn; nil while it has one, or while there is no place for it.
    private func begin(_ lane: Source.Lane) -> EventLoop? {
        state.withLock { state in
            guard !state.active.contains(lane) else { return nil }
            guard state.active.count < Limits.lanesAtOnce else {
                state.othersWait = true
                return nil
            }
            state.active.insert(lane)
            state.nextLoop = (state.nextLoop + 1) % loops.count
            return loops[state.nextLoop]
        }
    }

    private func serve(_ lane: Source.Lane, on loop: EventLoop) async {
        let turnEnd = MonotonicInstant.now() + Limits.laneTurn
        let run = LaneRun(
            source: source, lane: lane, loop: loop,
            mustEnd: { [self] in
                state.withLock {
                    $0.isStopping || $0.othersWait && MonotonicInstant.now() > turnEnd
                }
            }, onError: onError)
        await run.run()
        state.withLock { state in
            state.active.remove(lane)
            state.othersWait = false
        }
        // What came while the lane was served found it busy.
        alarm.ring()
    }
}

/// Wakes one waiting task. Confined to its loop but for `ring`.
private final class Alarm: @unchecked Sendable {
    // Loop-confined: `ring` submits to the loop, `wait` is called by its only task there.
    private let loop: EventLoop
    private var isRinging = false
    private var waiter: UnsafeContinuation<Void, Never>?

    init(on loop: EventLoop) {
        self.loop = loop
    }

    func ring() {
        loop.submit { [self] in
            isRinging = true
            resume()
        }
    }

    func wait(atMost delay: Duration) async {
        loop.assertCurrent()
        if !isRinging {
            let timer = loop.schedule(after: delay) { [self] in resume() }
            await withUnsafeContinuation { waiter = $0 }
            timer.cancel()
        }
        isRinging = false
    }

    private func resume() {
        waiter?.resume()
        waiter = nil
    }
}
