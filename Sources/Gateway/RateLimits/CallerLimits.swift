package import Access
import Identifiers
import Observability
import Runtime
import Synchronization
import Tenancy

/// The limits of every tenant that this gateway has seen lately, with the state of their buckets.
package final class CallerLimits: Sendable {
    private let entries = Mutex<[TenantID: TenantAllowance]>([:])
    /// Quotas of which the database does not know all.
    private let uncounted = Mutex<[CallQuota]>([])
    private let tenants: TenantStore
    private let shared: SharedLimits
    private let fleet: Fleet
    private let clock: any WallClock

    init(tenants: TenantStore, shared: SharedLimits, fleet: Fleet, clock: any WallClock) {
        self.tenants = tenants
        self.shared = shared
        self.fleet = fleet
        self.clock = clock
    }

    /// The tenant's allowance when it is known, its numbers at most `GatewayLimits.cacheTime` old.
    func known(of access: TenantAccess) -> TenantAllowance? {
        guard let known = entries.withLock({ $0[access.tenant] }), known.validUntil > .now() else {
            return nil
        }
        return known
    }

    /// The same, read where it is not known.
    func limits(of access: TenantAccess) async throws(TenancyError) -> TenantAllowance {
        if let known = known(of: access) { return known }
        let now = MonotonicInstant.now()
        let today = CallDay(of: clock.now())
        let (limits, calls) = try await tenants.limits(of: access, on: today)
        return entries.withLock { entries in
            if entries.count >= GatewayLimits.cachedTenants { entries = [:] }
            // Buckets and counters live on: a refresh is no fresh start.
            let state = entries[access.tenant]?.state ?? TenantAllowance.State(access)
            state.quota.know(calls, on: today)
            let fresh = TenantAllowance(
                limits, state: state, validUntil: now + GatewayLimits.cacheTime)
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

    // MARK: Admitting

    /// Draws a call from a bucket of the tenant's; nil where other gateways have a part in it, so
    /// that the database has to be asked.
    func drawAlone(
        from bucket: SharedBucket, _ limit: RateLimit, at now: MonotonicInstant
    ) -> RateBucket.Verdict? {
        fleet.isAlone ? bucket.admit(at: now, limit) : nil
    }

    /// The same, asking the database where that has to be.
    func draw(
        from bucket: SharedBucket, _ limit: RateLimit, at now: MonotonicInstant,
        as access: TenantAccess
    ) async throws(TenancyError) -> RateBucket.Verdict {
        if let verdict = drawAlone(from: bucket, limit, at: now) { return verdict }
        return try await bucket.admit(limit, among: fleet.count, in: shared, as: access)
    }

    /// Counts a call among those of its tenant that run now, unless as many run as may; nil where
    /// the database has to be asked.
    func beginFlightAlone(_ allowance: TenantAllowance) -> Bool? {
        fleet.isAlone ? allowance.flights.begin(limit: allowance.inFlight) : nil
    }

    /// The same, asking the database where that has to be.
    func beginFlight(
        _ allowance: TenantAllowance, as access: TenantAccess
    ) async throws(TenancyError) -> Bool {
        if let hasBegun = beginFlightAlone(allowance) { return hasBegun }
        return try await allowance.flights.begin(
            limit: allowance.inFlight, in: fleet, shared, as: access)
    }

    /// Counts a call towards the tenant's quotas.
    func count(_ allowance: TenantAllowance, on day: CallDay) {
        let quota = allowance.quota
        guard quota.count(on: day) else { return }
        uncounted.withLock { $0.append(quota) }
    }

    // MARK: Once a second

    /// Tells the database which calls were admitted, and learns what other gateways have told.
    package func countCalls(_ system: SystemWork) async throws {
        let quotas = uncounted.withLock { uncounted in
            defer { uncounted = [] }
            return uncounted
        }
        let taken = quotas.flatMap { quota in quota.take().map { (quota, $0) } }
        do {
            let counts = try await system.add(taken.map(\.1))
            for ((quota, counted), counts) in zip(taken, counts) {
                quota.know(counts, on: counted.day)
            }
        } catch {
            for (quota, counted) in taken { quota.putBack(counted) }
            uncounted.withLock { $0.append(contentsOf: quotas) }
            throw error
        }
    }

    /// Removes counts that no quota asks for any more.
    package func sweepCalls(_ system: SystemWork) async throws {
        let today = CallDay(of: clock.now())
        try await system.sweepCalls(before: today.adding(days: -GatewayLimits.callCountDays))
    }

    /// Gives other gateways the slots that are not used here.
    package func giveBackSlots() async {
        guard !fleet.isAlone else { return }
        let allowances = entries.withLock { Array($0.values) }
        for allowance in allowances {
            await allowance.flights.giveBack(
                limit: allowance.inFlight, in: fleet, shared, as: allowance.access)
        }
    }
}

/// What one tenant may do, and how much of it is used up.
struct TenantAllowance: Sendable {
    final class State: Sendable {
        let bucket: SharedBucket
        let flights = FlightCounter()
        let quota: CallQuota
        /// For work beside the calls: the tenant's, and nothing to audit.
        fileprivate let access: TenantAccess
        /// Of keys, and of limits that sandboxes set.
        fileprivate let buckets = Mutex<[UInt64: SharedBucket]>([:])

        fileprivate init(_ access: TenantAccess) {
            bucket = SharedBucket(owner: (access.tenant.high, access.tenant.low))
            quota = CallQuota(tenant: access.tenant)
            self.access = access.withoutTrail
        }
    }

    let key: RateLimit
    let tenant: RateLimit
    let inFlight: Int
    let quotas: Quotas
    private(set) var validUntil: MonotonicInstant
    fileprivate let state: State

    fileprivate init(_ limits: TenantLimits, state: State, validUntil: MonotonicInstant) {
        let standard = GatewayLimits.tenantRate
        tenant = RateLimit(
            perSecond: limits.ratePerSecond ?? standard.perSecond,
            burst: limits.burst ?? standard.burst)
        let isOwn = limits.ratePerSecond != nil || limits.burst != nil
        key = isOwn ? tenant : GatewayLimits.keyRate
        inFlight = limits.inFlight ?? GatewayLimits.inFlight
        quotas = Quotas(limits)
        self.state = state
        self.validUntil = validUntil
    }

    fileprivate var expired: TenantAllowance {
        var copy = self
        copy.validUntil = MonotonicInstant(nanoseconds: 0)
        return copy
    }

    fileprivate var access: TenantAccess { state.access }
    var tenantBucket: SharedBucket { state.bucket }
    var flights: FlightCounter { state.flights }
    var quota: CallQuota { state.quota }

    func bucket(of principal: Principal) -> SharedBucket {
        bucket(owner: principal.bits)
    }

    /// Of a limit that a sandbox sets itself.
    func bucket(of rate: SandboxRates.Rate, on sandbox: SandboxID) -> SharedBucket {
        bucket(owner: (sandbox.high, sandbox.low ^ StableHash.of(rate.name.utf8)))
    }

    private func bucket(owner: (high: UInt64, low: UInt64)) -> SharedBucket {
        state.buckets.withLock { buckets in
            if let bucket = buckets[owner.high ^ owner.low] { return bucket }
            if buckets.count >= GatewayLimits.bucketsPerTenant { buckets = [:] }
            let bucket = SharedBucket(owner: owner)
            buckets[owner.high ^ owner.low] = bucket
            return bucket
        }
    }
}
