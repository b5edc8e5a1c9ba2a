package import Access
package import Runtime
import Synchronization

/// Fires what a running clock owes. The one implementation stands in Simulators, which this module
/// cannot see.
package protocol ClockKeeper: Sendable {
    /// Fires what is due now, in order, until `deadline`. More may be left.
    func fireDue(as access: SandboxAccess, until deadline: MonotonicInstant) async throws
}

/// Where the keeper is found: taken after the stores were made, because the keeper is made of them.
/// Without one, due timers stay.
package final class ClockSeat: Sendable {
    private let keeper = Mutex<(any ClockKeeper)?>(nil)

    package init() {}

    package func take(_ keeper: any ClockKeeper) {
        self.keeper.withLock { $0 = keeper }
    }

    var current: (any ClockKeeper)? { keeper.withLock { $0 } }
}

/// Why a call must wait before it may begin.
enum ClockPause: Error {
    /// Somebody moves the clock.
    case advancing
    /// Timers are due that come before the call.
    case due
}
