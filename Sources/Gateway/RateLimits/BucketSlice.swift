import Runtime
import Tenancy

/// A gateway's slice of a bucket that it shares with others: what may be admitted without asking the
/// database, and when to ask. Pure; the caller asks and reports.
///
///     empty ──ask──▶ asking ──granted──▶ some left ──spent, or a second later──▶ empty
///                        └──nothing left──▶ dry ──until the next call is due──▶ empty
///
/// How much is asked for at once: one call for each that waits, and a spare that doubles while
/// slices are spent quickly. Spares of all gateways together are at most a fiftieth of the burst,
/// because what they hold does not keep the bucket from filling: so much more than the bucket's
/// promise may be admitted (DESIGN § 12). Small buckets thus have no spare, and each call asks.
struct BucketSlice: Sendable {
    enum Step: Equatable {
        /// `remaining` more may follow: what this gateway holds, and just after a look what was in
        /// the bucket. Never more than is true.
        case admitted(remaining: Int)
        case refused(retryAfter: Duration)
        /// Ask the database for so many calls, or wait for who asks already, and step again.
        case ask(Int)
        case wait
    }

    private var calls = 0
    private var endsAt = MonotonicInstant(nanoseconds: 0)
    private var dryUntil = MonotonicInstant(nanoseconds: 0)
    /// When a call is due in a bucket that is dry.
    private var dueAt = MonotonicInstant(nanoseconds: 0)
    private var spare = 0
    private var askedAt = MonotonicInstant(nanoseconds: 0)
    private var isAsking = false
    private var waiting = 0
    /// Left in the bucket when it was looked at; nil once something was admitted since.
    private var level: Int?

    /// For a call that comes at `now`, among `gateways` that share a bucket of this `burst`.
    mutating func step(at now: MonotonicInstant, burst: Int, gateways: Int) -> Step {
        if calls > 0, now < endsAt {
            calls -= 1
            defer { level = nil }
            return .admitted(remaining: calls + (level ?? 0))
        }
        if now < dryUntil { return .refused(retryAfter: max(dueAt - now, .nanoseconds(1))) }
        waiting += 1
        guard !isAsking else { return .wait }
        isAsking = true
        let bound = burst / (Self.spareParts * gateways)
        spare = now - askedAt < Self.quick ? min(max(1, spare * 2), bound) : min(spare / 2, bound)
        askedAt = now
        return .ask(waiting + spare)
    }

    /// The database has answered, or failed (nil): who has waited may step again.
    mutating func took(
        _ slice: SharedLimits.Slice?, of asked: Int, from bucket: SharedLimits.Bucket,
        at now: MonotonicInstant
    ) {
        isAsking = false
        waiting = 0
        guard let slice else { return }
        calls = slice.calls
        endsAt = now + Self.life
        let whole = bucket.nanosecondsPerCall * Int64(bucket.burst)
        level = Int(max(0, whole - slice.aheadNanoseconds) / bucket.nanosecondsPerCall)
        guard slice.calls < asked else { return }
        // Dry once that is spent: a call is due when a whole interval has fitted in again.
        dueAt = now + .nanoseconds(slice.aheadNanoseconds + bucket.nanosecondsPerCall - whole)
        dryUntil = max(dueAt, now + Self.dryLook)
    }

    private static let spareParts = 50
    private static let quick = Duration.milliseconds(100)
    /// What is not spent by then is given up: somebody else's turn.
    private static let life = Duration.seconds(1)
    /// An empty bucket is looked at a hundred times a second at most, however fast it fills.
    private static let dryLook = Duration.milliseconds(10)
}
