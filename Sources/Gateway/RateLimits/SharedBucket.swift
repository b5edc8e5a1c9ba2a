import Access
import Runtime
import Synchronization
import Tenancy

/// One caller's bucket: this gateway's own memory of it while it stands alone, and its slice of the
/// database's while it does not. Of many calls that find the slice empty one asks.
final class SharedBucket: Sendable {
    private struct State {
        var slice = BucketSlice()
        var asking: Task<TenancyError?, Never>?
    }

    private let own = RateBucket()
    private let state = Mutex(State())
    private let owner: (high: UInt64, low: UInt64)

    init(owner: (high: UInt64, low: UInt64)) {
        self.owner = owner
    }

    /// Where no other gateway is.
    func admit(at now: MonotonicInstant, _ limit: RateLimit) -> RateBucket.Verdict {
        own.admit(at: now, limit)
    }

    /// Where `gateways` share it. Asks the database when the slice is empty.
    func admit(
        _ limit: RateLimit, among gateways: Int, in shared: SharedLimits, as access: TenantAccess
    ) async throws(TenancyError) -> RateBucket.Verdict {
        let bucket = SharedLimits.Bucket(
            owner: owner, nanosecondsPerCall: limit.nanosecondsPerCall, burst: limit.burst)
        for _ in 0..<GatewayLimits.sliceAttempts {
            let now = MonotonicInstant.now()
            let (step, running) = state.withLock { state in
                let step = state.slice.step(at: now, burst: limit.burst, gateways: gateways)
                if case .ask(let calls) = step {
                    state.asking = ask(for: calls, bucket, in: shared, as: access)
                }
                return (step, state.asking)
            }
            switch step {
            case .admitted(let remaining):
                return .admitted(remaining: remaining, reset: .nanoseconds(own.ahead(at: now)))
            case .refused(let retryAfter): return .refused(retryAfter: retryAfter)
            case .ask, .wait:
                if let error = await running?.value { throw error }
            }
        }
        // Others of this gateway were quicker each time.
        return .refused(retryAfter: .nanoseconds(limit.nanosecondsPerCall))
    }

    private func ask(
        for calls: Int, _ bucket: SharedLimits.Bucket, in shared: SharedLimits,
        as access: TenantAccess
    ) -> Task<TenancyError?, Never> {
        Task(executorPreference: EventLoop.current) {
            let ahead = self.own.ahead(at: .now())
            let slice: SharedLimits.Slice?
            let failure: TenancyError?
            do throws(TenancyError) {
                slice = try await shared.take(calls, from: bucket, knowing: ahead, as: access)
                failure = nil
            } catch {
                (slice, failure) = (nil, error)
            }
            let now = MonotonicInstant.now()
            // Should the gateway be alone again, it goes on from here.
            if let slice { self.own.note(aheadNanoseconds: slice.aheadNanoseconds, at: now) }
            self.state.withLock { state in
                state.slice.took(slice, of: calls, from: bucket, at: now)
                state.asking = nil
            }
            return failure
        }
    }
}
