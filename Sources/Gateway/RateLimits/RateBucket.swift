import Runtime
import Synchronization

/// How much a caller may send: so many calls a second, and so many at once after a pause.
package struct RateLimit: Sendable, Hashable {
    package let perSecond: Int
    package let burst: Int

    package init(perSecond: Int, burst: Int) {
        self.perSecond = perSecond
        self.burst = burst
    }

    var nanosecondsPerCall: Int64 { 1_000_000_000 / Int64(perSecond) }
}

/// One caller's bucket under the generic cell rate algorithm: a single number, the theoretical
/// arrival time of the next call if all came evenly, tells everything. It is exact, takes no
/// timer, and changes by one compare-and-swap, so every loop shares it.
final class RateBucket: Sendable {
    enum Verdict: Equatable {
        /// `remaining` calls may follow at once; the bucket is full again after `reset`.
        case admitted(remaining: Int, reset: Duration)
        /// The next call is admitted after `retryAfter`.
        case refused(retryAfter: Duration)
    }

    private let arrival = Atomic<Int64>(0)

    func admit(at now: MonotonicInstant, _ limit: RateLimit) -> Verdict {
        admit(at: now, everyNanoseconds: limit.nanosecondsPerCall, burst: limit.burst)
    }

    /// One call every so often, and `burst` at once after a pause.
    func admit(
        at now: MonotonicInstant, everyNanoseconds interval: Int64, burst: Int
    ) -> Verdict {
        let tolerance = interval * Int64(burst)
        var current = arrival.load(ordering: .relaxed)
        while true {
            let next = max(current, now.nanoseconds) + interval
            let ahead = next - now.nanoseconds
            guard ahead <= tolerance else {
                return .refused(retryAfter: .nanoseconds(ahead - tolerance))
            }
            let (isExchanged, seen) = arrival.compareExchange(
                expected: current, desired: next, ordering: .relaxed)
            if isExchanged {
                return .admitted(
                    remaining: Int((tolerance - ahead) / interval), reset: .nanoseconds(ahead))
            }
            current = seen
        }
    }

    /// Nanoseconds until it is full again.
    func ahead(at now: MonotonicInstant) -> Int64 {
        max(0, arrival.load(ordering: .relaxed) - now.nanoseconds)
    }

    /// It is at least so far from full: others have drawn from it.
    func note(aheadNanoseconds: Int64, at now: MonotonicInstant) {
        let noted = now.nanoseconds + aheadNanoseconds
        var current = arrival.load(ordering: .relaxed)
        while current < noted {
            let (isExchanged, seen) = arrival.compareExchange(
                expected: current, desired: noted, ordering: .relaxed)
            if isExchanged { return }
            current = seen
        }
    }
}
