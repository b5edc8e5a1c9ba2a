/// The numbers from 0 on for as long as one may wait for something, 30 seconds unless told: a count of
/// tries says nothing of time, and a fast machine makes hundreds before anything else had a turn.
package struct Tries: Sequence, IteratorProtocol {
    private let deadline: ContinuousClock.Instant
    private var count = 0

    package init(for patience: Duration = .seconds(30)) {
        deadline = ContinuousClock.now + patience
    }

    package mutating func next() -> Int? {
        guard ContinuousClock.now < deadline else { return nil }
        defer { count += 1 }
        return count
    }
}
