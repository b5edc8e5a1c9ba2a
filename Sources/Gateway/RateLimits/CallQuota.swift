import Access
import Identifiers
import Synchronization
import Tenancy

/// How many calls a tenant may make in a day and in a month of UTC.
struct Quotas: Sendable, Hashable {
    let perDay: Int
    let perMonth: Int

    init(_ limits: TenantLimits) {
        perDay = limits.callsPerDay ?? GatewayLimits.callsPerDay
        perMonth = limits.callsPerMonth ?? GatewayLimits.callsPerMonth
    }
}

/// The calls that a tenant has made: what the database knew last, and what this gateway has admitted
/// since. Alone, a gateway is exact; of several, each learns within a second of the others' calls.
final class CallQuota: Sendable {
    struct Standing: Sendable, Equatable {
        enum Period: String, Sendable { case day, month }

        let period: Period
        let quota: Int
        /// What is left behind this call.
        let remaining: Int
    }

    enum Verdict: Equatable {
        /// With the quota of which less is left.
        case admitted(Standing)
        case refused(Standing)
    }

    fileprivate struct State {
        var day: CallDay?
        var counts = CallCounts()
        /// Admitted and not yet told to the database.
        var pending: [CallDay: Int] = [:]
    }

    private let tenant: TenantID
    private let state = Mutex(State())

    init(tenant: TenantID) {
        self.tenant = tenant
    }

    /// Whether one more call is within `quotas`; it is not counted yet.
    func check(_ quotas: Quotas, on day: CallDay) -> Verdict {
        let counts = state.withLock { state in
            state.begin(day)
            return state.counts
        }
        let today = Standing(
            period: .day, quota: quotas.perDay, remaining: quotas.perDay - counts.day - 1)
        let month = Standing(
            period: .month, quota: quotas.perMonth, remaining: quotas.perMonth - counts.month - 1)
        // The month last: who has used up both need not come back tomorrow.
        if month.remaining < 0 { return .refused(month) }
        if today.remaining < 0 { return .refused(today) }
        return .admitted(today.remaining <= month.remaining ? today : month)
    }

    /// Counts a call. True for the first since the last ``take()``.
    func count(on day: CallDay) -> Bool {
        state.withLock { state in
            state.begin(day)
            state.counts.day += 1
            state.counts.month += 1
            let isFirst = state.pending.isEmpty
            state.pending[day, default: 0] += 1
            return isFirst
        }
    }

    /// What the database does not know yet; it is taken for told.
    func take() -> [CountedCalls] {
        state.withLock { state in
            defer { state.pending = [:] }
            return state.pending.map { CountedCalls(tenant: tenant, day: $0.key, calls: $0.value) }
        }
    }

    /// Could not be told after all.
    func putBack(_ counted: CountedCalls) {
        state.withLock { $0.pending[counted.day, default: 0] += counted.calls }
    }

    /// What all gateways have told the database of `day` and its month. Counts only grow: what is
    /// less was read before something was told.
    func know(_ counts: CallCounts, on day: CallDay) {
        state.withLock { state in
            guard state.day.map({ $0.number <= day.number }) ?? true else { return }
            state.begin(day)
            let pending = state.pending.filter { $0.key.month == day.month }
            state.counts.day = max(state.counts.day, counts.day + (pending[day] ?? 0))
            state.counts.month = max(
                state.counts.month, counts.month + pending.values.reduce(0, +))
        }
    }
}

extension CallQuota.State {
    /// A new day begins at nothing, as does the first of a month.
    fileprivate mutating func begin(_ today: CallDay) {
        guard let day, day != today else {
            day = today
            return
        }
        counts.day = pending[today] ?? 0
        if day.month != today.month { counts.month = counts.day }
        self.day = today
    }
}
