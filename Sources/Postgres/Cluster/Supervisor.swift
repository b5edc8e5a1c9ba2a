import CLinux
import Glibc
import Runtime

/// A thread that waits for the server's death and brings it back.
final class Supervisor: Sendable {
    private let wakeUp: CInt
    private let thread: Thread

    /// `restart` blocks until the server takes connections again.
    init(
        _ server: ProcessWatch, onEvent: @escaping @Sendable (ClusterEvent) -> Void,
        restart: @escaping @Sendable () throws(ClusterError) -> ProcessWatch
    ) {
        let wakeUp = eventfd(0, CInt(EFD_CLOEXEC))
        precondition(wakeUp >= 0, "no descriptors left for a supervisor")
        self.wakeUp = wakeUp
        thread = Thread(named: "pg-supervisor") {
            Self.watch(server, wakeUp, onEvent, restart)
        }
    }

    /// Ends supervision; the server lives on.
    func stop() {
        eventfd_write(wakeUp, 1)
        thread.join()
        close(wakeUp)
    }

    private static func watch(
        _ first: ProcessWatch, _ wakeUp: CInt, _ onEvent: @Sendable (ClusterEvent) -> Void,
        _ restart: () throws(ClusterError) -> ProcessWatch
    ) {
        var server = first
        var delay = Duration.zero
        while true {
            let begin = MonotonicInstant.now()
            guard server.wait(nil, orSignalOn: wakeUp) == .ended else { return }
            onEvent(.died)
            if MonotonicInstant.now() - begin >= Limits.serverStableAfter { delay = .zero }
            var restarted: ProcessWatch?
            while restarted == nil {
                guard !signalled(wakeUp, within: delay) else { return }
                delay = min(
                    max(delay * 2, Limits.serverRestartDelay), Limits.serverRestartDelayMax)
                do throws(ClusterError) {
                    restarted = try restart()
                } catch {
                    onEvent(.restartFailed(error, retryAfter: delay))
                }
            }
            if let restarted { server = restarted }
        }
    }

    private static func signalled(_ wakeUp: CInt, within limit: Duration) -> Bool {
        var polled = pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0)
        return poll(&polled, 1, CInt(clamping: limit.milliseconds)) > 0
    }
}
