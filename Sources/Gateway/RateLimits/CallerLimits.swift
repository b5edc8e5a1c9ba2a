import Access
import Identifiers
import Observability
import Runtime
import Synchronization
import Tenancy

/// The limits of every tenant that this gateway has seen lately, with the state of their buckets.
final class CallerLimits: Sendable {
    private let entries = Mutex<[TenantID: TenantAllowance]>([:])
    private let tenants: TenantStore

    init(tenants: TenantStore) {
        self.tenants = tenants
    }

    /// The tenant's allowance, its numbers at most `GatewayLimits.cacheTime` old.
    func limits(of access: TenantAccess) async throws(Refusal) -> TenantAllowance {
        let now = MonotonicInstant.now()
        let known = entries.withLock { $0[access.tenant] }
        if let known, known.validUntil > now { return known }
        let limits: TenantLimits
        do throws(TenancyError) {
            limits = try await tenants.limits(of: access)
        } catch {
            throw .tenancy(error, during: .limit)
        }
        return entries.withLock { entries in
            if entries.count >= GatewayLimits.cachedTenants { entries = [:] }
            // Buckets and counters live on: a refresh is no fresh start.
            let fresh = TenantAllowance(
                limits, state: entries[access.tenant]?.state ?? TenantAllowance.State(),
                validUntil: now + GatewayLimits.cacheTime)
            entries[access.tenant] = fresh
            return fresh
        }
    }

    /// Numbers are read anew at the next call; buckets stay.
    func forgetNumbers() {
        entries.withLock { entries in
            entries = entries.mapValues { $0.expired }
        }
    }
}

/// What one tenant may do, and how much of it is used up.
struct TenantAllowance: Sendable {
    final class State: Sendable {
        let bucket = RateBucket()
        let flights = FlightCounter()
        fileprivate let keys = Mutex<[UInt64: RateBucket]>([:])
    }

    let key: RateLimit
    let tenant: RateLimit
    let inFlight: Int
    let validUntil: MonotonicInstant
    fileprivate let state: State

    fileprivate init(_ limits: TenantLimits, state: State, validUntil: MonotonicInstant) {
        let standard = GatewayLimits.tenantRate
        tenant = RateLimit(
            perSecond: limits.ratePerSecond ?? standard.perSecond,
            burst: limits.burst ?? standard.burst)
        let isOwn = limits.ratePerSecond != nil || limits.burst != nil
        key = isOwn ? tenant : GatewayLimits.keyRate
        inFlight = limits.inFlight ?? GatewayLimits.inFlight
        self.state = state
        self.validUntil = validUntil
    }

    private init(_ other: TenantAllowance, validUntil: MonotonicInstant) {
        key = other.key
        tenant = other.tenant
        inFlight = other.inFlight
        state = other.state
        self.validUntil = validUntil
    }

    fileprivate var expired: TenantAllowance {
        TenantAllowance(self, validUntil: MonotonicInstant(nanoseconds: 0))
    }

    var tenantBucket: RateBucket { state.bucket }
    var flights: FlightCounter { state.flights }

    func bucket(of principal: Principal) -> RateBucket {
        let bits = principal.bits
        return state.keys.withLock { keys in
            if let bucket = keys[bits.high ^ bits.low] { return bucket }
            if keys.count >= GatewayLimits.bucketsPerTenant { keys = [:] }
            let bucket = RateBucket()
            keys[bits.high ^ bits.low] = bucket
            return bucket
        }
    }
}
