import Tenancy

/// Timers in the order of firing, with some that come while others fire. What was read stays a
/// sorted list; what comes is kept apart, so that a firing costs little.
struct TimerQueue {
    private let read: [WorldTimer]
    private var position = 0
    /// Sorted; few, because each firing schedules few.
    private var fresh: [WorldTimer] = []
    /// Ids among those read that count no more: fired, cancelled or scheduled anew.
    private var superseded: Set<String> = []

    /// `read` is in the order of firing.
    init(_ read: [WorldTimer]) {
        self.read = read
    }

    var first: WorldTimer? {
        mutating get {
            while position < read.count, superseded.contains(read[position].id) { position += 1 }
            guard position < read.count else { return fresh.first }
            guard let own = fresh.first, WorldTimer.firesBefore(own, read[position]) else {
                return read[position]
            }
            return own
        }
    }

    /// At most `count` of those that were read and have not fired, the next ones first.
    func upcoming(_ count: Int) -> ArraySlice<WorldTimer> { read[position...].prefix(count) }

    mutating func removeFirst() {
        guard let timer = first else { return }
        if fresh.first == timer { fresh.removeFirst() } else { position += 1 }
    }

    /// In place of another with the same id, if there is one.
    mutating func insert(_ timer: WorldTimer) {
        remove(timer.id)
        var low = 0
        var high = fresh.count
        while low < high {
            let middle = (low + high) / 2
            if WorldTimer.firesBefore(fresh[middle], timer) { low = middle + 1 } else { high = middle }
        }
        fresh.insert(timer, at: low)
    }

    mutating func remove(_ id: String) {
        superseded.insert(id)
        fresh.removeAll { $0.id == id }
    }
}
