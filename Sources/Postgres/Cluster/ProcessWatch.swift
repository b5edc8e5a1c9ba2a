import CLinux
import Glibc
import Runtime

/// Watches a process through its pidfd, whether it is our child or one that we adopted, so that
/// neither polling nor SIGCHLD is needed and a reused pid is never mistaken for it.
final class ProcessWatch: Sendable {
    let pid: pid_t
    private let descriptor: CInt

    /// Nil when there is no such process.
    init?(_ pid: pid_t) {
        descriptor = pidfd_open(pid, 0)
        guard descriptor >= 0 else { return nil }
        self.pid = pid
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    var isAlive: Bool { !waitForEnd(.zero) }

    /// Waits until the process has ended; false when it lives on. Reaps it if it was our child.
    func waitForEnd(_ limit: Duration) -> Bool {
        wait(limit, orSignalOn: -1) == .ended
    }

    enum Outcome { case ended, signalled, timedOut }

    /// Waits for the end of the process or for `wakeUp` to become readable. `limit` nil: for ever.
    func wait(_ limit: Duration?, orSignalOn wakeUp: CInt) -> Outcome {
        var polled = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0),
        ]
        let milliseconds = limit.map { CInt(clamping: ($0.nanoseconds + 999_999) / 1_000_000) }
        while poll(&polled, 2, milliseconds ?? -1) < 0, errno == EINTR {}
        if polled[0].revents != 0 {
            var status: Int32 = 0
            waitpid(pid, &status, WNOHANG)
            return .ended
        }
        return polled[1].revents != 0 ? .signalled : .timedOut
    }
}
