import Glibc

/// Threads for work that blocks or burns: files, names, password hashing. Nothing of that kind
/// runs on an event loop.
package final class BlockingPool: @unchecked Sendable {
    /// The pool had `Limits.blockingQueue` pieces of work waiting already.
    package struct Overloaded: Error {}

    // `mutex` protects `queue` and `isStopping`; `condition` tells of changes to them.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var queue: [@Sendable () -> Void] = []
    private var isStopping = false
    private var threads: [Thread] = []

    package init(threads count: Int = 4) {
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
        threads = (0..<count).map { number in
            Thread(named: "blocking-\(number)") { [unowned self] in work() }
        }
    }

    /// Runs `body` on a thread of the pool; the task waits without holding its own thread. A task of
    /// an event loop gets the result on the loop's thread, as all that happens to such tasks does.
    package func run<T: Sendable>(
        _ body: @escaping @Sendable () throws -> T
    ) async throws -> T {
        let loop = EventLoop.current
        return try await withUnsafeThrowingContinuation { continuation in
            let accepted = submit {
                let result = Result(catching: body)
                guard let loop else { return continuation.resume(with: result) }
                loop.submit { continuation.resume(with: result) }
            }
            if !accepted { continuation.resume(throwing: Overloaded()) }
        }
    }

    /// Finishes what is queued and ends the threads.
    package func shutdown() {
        locked { isStopping = true }
        pthread_cond_broadcast(condition)
        for thread in threads { thread.join() }
        threads = []
    }

    private func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        let accepted = locked {
            guard !isStopping, queue.count < Limits.blockingQueue else { return false }
            queue.append(work)
            return true
        }
        pthread_cond_signal(condition)
        return accepted
    }

    private func work() {
        while let work = next() { work() }
    }

    private func next() -> (@Sendable () -> Void)? {
        locked {
            while queue.isEmpty, !isStopping { pthread_cond_wait(condition, mutex) }
            return queue.isEmpty ? nil : queue.removeFirst()
        }
    }

    private func locked<T>(_ body: () -> T) -> T {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }
}
