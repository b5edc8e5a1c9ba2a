import Access
import Contracts
import Observability
import Runtime

// Quota and rate limit: the key's bucket, the tenant's bucket, and the tenant's calls in flight.
extension Pipeline {
    /// A provider's call counts as part of the call that needs it.
    func limit(_ access: TenantAccess, _ call: inout Call) async throws(Refusal) -> Flight {
        if call.insideCaller?.kind == .provider { return Flight(nil) }
        let limits = try await services.limits.limits(of: access)
        let now = call.began
        if let principal = access.principal {
            try admit(limits.bucket(of: principal), limits.key, policy: "key", at: now, &call)
        }
        try admit(limits.tenantBucket, limits.tenant, policy: "tenant", at: now, &call)
        guard limits.flights.begin(limit: limits.inFlight) else {
            throw .tooManyInFlight(limit: limits.inFlight)
        }
        return Flight(limits.flights)
    }

    private func admit(
        _ bucket: RateBucket, _ limit: RateLimit, policy: String, at now: MonotonicInstant,
        _ call: inout Call
    ) throws(Refusal) {
        switch bucket.admit(at: now, limit) {
        case .admitted(let remaining, let reset):
            // The tighter of the two is what the caller has to plan with.
            if remaining <= call.rate?.remaining ?? .max {
                call.rate = RateStanding(
                    policy: policy, limit: limit, remaining: remaining, reset: reset)
            }
        case .refused(let retryAfter):
            call.rate = RateStanding(
                policy: policy, limit: limit, remaining: 0, reset: retryAfter)
            throw .rateLimited(policy: policy, limit, retryAfter: retryAfter)
        }
    }
}

/// A call counted among those of its tenant that run now.
struct Flight: ~Copyable {
    private let counter: FlightCounter?

    /// Without a counter it counts nowhere.
    init(_ counter: FlightCounter?) {
        self.counter = counter
    }

    func end() {
        counter?.end()
    }
}
