import Contracts
import Observability
import Runtime

// Refusals of the limiter and of the credential check's neighbours.
extension Refusal {
    static func rateLimited(
        policy: String, _ limit: RateLimit, retryAfter: Duration
    ) -> Refusal {
        // Rounded up: a client that comes back then must be let in.
        let seconds = max(1, (retryAfter.nanoseconds + 999_999_999) / 1_000_000_000)
        let isOwn = policy.hasPrefix(SandboxRates.policyPrefix)
        return Refusal(
            .limit, .rateLimited,
            isOwn
                ? "The sandbox's own limit \(policy) takes \(limit.perSecond) calls a second and "
                    + "\(limit.burst) at once."
                : "The \(policy) may send \(limit.perSecond) calls a second and \(limit.burst) at once.",
            hint: isOwn
                ? "Wait for the time in Retry-After, or change rate_limits of the sandbox's policy."
                : "Wait for the time in Retry-After, or ask the operator for a higher limit."
        ).bounded(
            Bound(
                policy: policy, rule: "\(policy)_rate", observed: .int(limit.burst + 1),
                limit: .int(limit.burst))
        ).with("Retry-After", String(seconds))
    }

    /// The quota's end is told to the second; when to come back, with a jitter by the tenant.
    static func quotaExceeded(
        _ standing: CallQuota.Standing, _ rate: RateStanding, jitter: UInt64
    ) -> Refusal {
        let period = standing.period.rawValue
        let seconds = rate.resetSeconds + Int(jitter % UInt64(GatewayLimits.quotaJitterSeconds))
        return Refusal(
            .limit, .quotaExceeded,
            "The tenant has made the \(standing.quota) calls that it may make in a \(period) (UTC).",
            hint: "Wait until the \(period) is over, or ask the operator for a higher quota."
        ).bounded(
            Bound(
                policy: period, rule: "\(period)_quota",
                observed: .int(standing.quota - standing.remaining),
                limit: .int(standing.quota))
        ).with("Retry-After", String(seconds))
    }

    static func tooManyInFlight(limit: Int) -> Refusal {
        Refusal(
            .limit, .tooManyInFlight, "\(limit) calls of this tenant are running already.",
            hint: "Wait for some of them to end."
        ).bounded(
            Bound(
                policy: "tenant", rule: "in_flight", observed: .int(limit + 1), limit: .int(limit))
        ).with("Retry-After", "1")
    }
}
