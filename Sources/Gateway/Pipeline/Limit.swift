import Access
import Contracts
import HTTP
import Identifiers
import Observability
import Runtime
import Tenancy

// Quota and rate limit: the tenant's quotas of day and month, the key's bucket, the tenant's bucket,
// the tenant's calls in flight, and what the sandbox sets itself. A call that one of the tenant's
// refuses counts towards no quota.
extension Pipeline {
    /// A provider's call counts as part of the call that needs it.
    func limit(_ access: TenantAccess, _ call: inout Call) async throws(Refusal) -> Flight {
        if call.insideCaller?.kind == .provider { return Flight(nil) }
        let limits = services.limits
        let allowance = try await allowance(of: access)
        let today = CallDay(of: call.startedAt)
        try checkQuotas(allowance, on: today, access, &call)
        if let principal = access.principal {
            try await draw(
                from: allowance.bucket(of: principal), allowance.key, policy: "key", access, &call)
        }
        try await draw(from: allowance.tenantBucket, allowance.tenant, policy: "tenant", access, &call)
        guard try await begins(allowance, access) else {
            throw .tooManyInFlight(limit: allowance.inFlight)
        }
        limits.count(allowance, on: today)
        return Flight(allowance.flights)
    }

    /// The limits that the sandbox sets on calls to itself.
    func limit(
        _ rates: SandboxRates, _ target: SandboxTarget, _ access: SandboxAccess, _ call: inout Call
    ) async throws(Refusal) {
        let rates = rates.rates(method: call.head.method.description, path: target.fullPath)
        guard !rates.isEmpty else { return }
        let tenant = access.tenantAccess
        let allowance = try await allowance(of: tenant)
        for rate in rates {
            try await draw(
                from: allowance.bucket(of: rate, on: access.sandbox), rate.limit,
                policy: rate.policy, tenant, &call)
        }
    }

    private func checkQuotas(
        _ allowance: TenantAllowance, on today: CallDay, _ access: TenantAccess, _ call: inout Call
    ) throws(Refusal) {
        switch allowance.quota.check(allowance.quotas, on: today) {
        case .admitted(let standing): call.rate = RateStanding(standing, on: today, at: call.startedAt)
        case .refused(let standing):
            let rate = RateStanding(standing, on: today, at: call.startedAt)
            call.rate = rate
            throw .quotaExceeded(standing, rate, jitter: access.tenant.low)
        }
    }

    private func draw(
        from bucket: SharedBucket, _ limit: RateLimit, policy: String, _ access: TenantAccess,
        _ call: inout Call
    ) async throws(Refusal) {
        // The time of the step, not of the call: what it waited for before may have taken longer than
        // the bucket's whole burst, and calls that came later would have spent it.
        let now = MonotonicInstant.now()
        let verdict: RateBucket.Verdict
        if let alone = services.limits.drawAlone(from: bucket, limit, at: now) {
            verdict = alone
        } else {
            verdict = try await reading { () throws(TenancyError) in
                try await services.limits.draw(from: bucket, limit, at: now, as: access)
            }
        }
        switch verdict {
        case .admitted(let remaining, let reset):
            // The tightest is what the caller has to plan with.
            if remaining <= call.rate?.remaining ?? .max {
                call.rate = RateStanding(policy: policy, limit, remaining: remaining, reset: reset)
            }
        case .refused(let retryAfter):
            call.rate = RateStanding(policy: policy, limit, remaining: 0, reset: retryAfter)
            throw .rateLimited(policy: policy, limit, retryAfter: retryAfter)
        }
    }

    private func allowance(of access: TenantAccess) async throws(Refusal) -> TenantAllowance {
        if let known = services.limits.known(of: access) { return known }
        return try await reading { () throws(TenancyError) in
            try await services.limits.limits(of: access)
        }
    }

    private func begins(
        _ allowance: TenantAllowance, _ access: TenantAccess
    ) async throws(Refusal) -> Bool {
        if let hasBegun = services.limits.beginFlightAlone(allowance) { return hasBegun }
        return try await reading { () throws(TenancyError) in
            try await services.limits.beginFlight(allowance, as: access)
        }
    }

    private func reading<Value>(
        _ body: () async throws(TenancyError) -> Value
    ) async throws(Refusal) -> Value {
        do throws(TenancyError) {
            return try await body()
        } catch {
            throw .tenancy(error, during: .limit)
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
