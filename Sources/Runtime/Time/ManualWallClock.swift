import Synchronization

/// A clock that stands until it is moved, for tests and seeded runs.
package final class ManualWallClock: WallClock {
    private let time: Mutex<WallInstant>

    package init(_ start: WallInstant) {
        time = Mutex(start)
    }

    package func now() -> WallInstant {
        time.withLock { $0 }
    }

    package func advance(by duration: Duration) {
        time.withLock { $0 = $0 + duration }
    }
}
