/// A one-shot timer of an event loop. Confined to that loop's thread.
package final class LoopTimer: @unchecked Sendable {
    // Loop-confined: made by `EventLoop.schedule`, which asserts it.
    let deadline: MonotonicInstant
    private var action: (@Sendable () -> Void)?

    init(deadline: MonotonicInstant, action: @escaping @Sendable () -> Void) {
        self.deadline = deadline
        self.action = action
    }

    /// The action will not run. Harmless after it has run.
    package func cancel() {
        action = nil
    }

    var isCancelled: Bool { action == nil }

    func fire() {
        let action = action
        self.action = nil
        action?()
    }
}

/// Timers by deadline: a binary heap. Cancelled ones are dropped when they come to the top, or all
/// at once when they are the majority.
struct TimerHeap {
    private var timers: [LoopTimer] = []

    var nextDeadline: MonotonicInstant? { timers.first?.deadline }

    mutating func insert(_ timer: LoopTimer) {
        if timers.count >= 64, timers.count == timers.capacity { dropCancelled() }
        timers.append(timer)
        siftUp(from: timers.count - 1)
    }

    /// The earliest timer whose time has come and which is not cancelled.
    mutating func popDue(at now: MonotonicInstant) -> LoopTimer? {
        while let first = timers.first, first.deadline <= now || first.isCancelled {
            removeFirst()
            if !first.isCancelled { return first }
        }
        return nil
    }

    private mutating func removeFirst() {
        timers.swapAt(0, timers.count - 1)
        timers.removeLast()
        siftDown(from: 0)
    }

    private mutating func dropCancelled() {
        let live = timers.filter { !$0.isCancelled }
        guard live.count * 2 < timers.count else { return }
        timers = live.sorted { $0.deadline < $1.deadline }
    }

    private mutating func siftUp(from index: Int) {
        var child = index
        while child > 0 {
            let parent = (child - 1) / 2
            guard timers[child].deadline < timers[parent].deadline else { return }
            timers.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown(from index: Int) {
        var parent = index
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < timers.count {
                if timers[child].deadline < timers[least].deadline { least = child }
            }
            guard least != parent else { return }
            timers.swapAt(parent, least)
            parent = least
        }
    }
}
