import Access
import HTTP
import Runtime

/// A caller's standing after this call under the policy that leaves it least, for the RateLimit
/// fields.
struct RateStanding: Sendable {
    /// Whose limit it is: `key`, `tenant`, or the tenant's quota of the `day` or `month`.
    let policy: String
    let quota: Int
    let windowSeconds: Int
    let remaining: Int
    /// Until more is granted.
    let reset: Duration

    init(policy: String, _ limit: RateLimit, remaining: Int, reset: Duration) {
        self.policy = policy
        // Whole seconds in which an empty bucket fills, and what is granted in them: rounded up,
        // the two give the true rate, and what remains is never more than the quota.
        windowSeconds = (limit.burst + limit.perSecond - 1) / limit.perSecond
        quota = limit.perSecond * windowSeconds
        self.remaining = remaining
        self.reset = reset
    }

    init(_ standing: CallQuota.Standing, on today: CallDay, at now: WallInstant) {
        policy = standing.period.rawValue
        quota = standing.quota
        remaining = max(0, standing.remaining)
        let end: CallDay
        switch standing.period {
        case .day:
            windowSeconds = 86_400
            end = today.adding(days: 1)
        case .month:
            windowSeconds = 86_400 * today.daysOfMonth
            end = today.month.adding(days: today.daysOfMonth)
        }
        reset = end.start - now
    }

    /// Rounded up: a client that comes back then must be let in.
    var resetSeconds: Int { Int((reset.nanoseconds + 999_999_999) / 1_000_000_000) }

    var state: RateLimitState {
        RateLimitState(
            policy: policy, quota: quota, windowSeconds: windowSeconds, remaining: remaining,
            resetSeconds: resetSeconds)
    }
}
