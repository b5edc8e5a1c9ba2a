package import Runtime
import Synchronization

/// Tells workers everywhere that something may be due, by the database's NOTIFY, at most once per
/// ``Limits/nudgeInterval``. A hint: who misses one polls.
///
/// Not part of the commits that make work due: a commit that notifies holds a lock which all
/// other such commits wait for.
package final class Nudge: Sendable {
    package static let channel = "sbx_work"

    private let isPending = Mutex(false)
    private let loop: EventLoop
    private let send: @Sendable () async -> Void

    /// `send` notifies the channel; it runs on `loop` and deals with its own errors.
    package init(on loop: EventLoop, send: @escaping @Sendable () async -> Void) {
        self.loop = loop
        self.send = send
    }

    /// From any thread; costs nothing while one is on its way.
    package func nudge() {
        let isFirst = isPending.withLock { isPending in
            defer { isPending = true }
            return !isPending
        }
        guard isFirst else { return }
        let (loop, send) = (loop, send)
        loop.submit { [self] in
            loop.schedule(after: Limits.nudgeInterval) { [self] in
                isPending.withLock { $0 = false }
                Task(executorPreference: loop) { await send() }
            }
        }
    }
}
