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
        return Refusal(
            .limit, .rateLimited,
            "The \(policy) may send \(limit.perSecond) calls a second and \(limit.burst) at once.",
            hint: "Wait for the time in Retry-After, or ask the operator for a higher limit."
        ).bounded(
            Bound(
                policy: policy, rule: "\(policy)_rate", observed: .int(limit.burst + 1),
                limit: .int(limit.burst))
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
