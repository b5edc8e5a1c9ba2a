import Glibc

/// The loops of a process, one thread each.
package final class EventLoopGroup: Sendable {
    package let loops: [EventLoop]
    private let threads: [Thread]

    /// Starts `count` loops, one a core by default.
    package init(count: Int = EventLoopGroup.coreCount) {
        precondition(count > 0)
        OpenSSLLibrary.load()
        // A peer that has gone is an error of the write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        loops = (0..<count).map(EventLoop.init(index:))
        threads = loops.map { loop in
            Thread(named: "loop-\(loop.index)") { loop.run() }
        }
    }

    /// Cores this process may run on.
    package static var coreCount: Int {
        max(1, Int(sysconf(CInt(_SC_NPROCESSORS_ONLN))))
    }

    /// Ends the loops and waits for their threads. Not to be called on one of them.
    package func shutdown() {
        for loop in loops { loop.stop() }
        for thread in threads { thread.join() }
    }

    /// Runs `body` as a task on `loop` and waits for it.
    package static func run<T: Sendable>(
        on loop: EventLoop, _ body: @escaping @Sendable () async throws -> T
    ) async throws -> T {
        try await Task(executorPreference: loop, operation: body).value
    }
}
