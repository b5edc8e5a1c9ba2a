import HTTP
import Runtime
import Synchronization

/// Bounds what one address may do in a minute where no credential could be asked for.
final class AddressLimiter: Sendable {
    private let buckets = Mutex<[IPAddress: RateBucket]>([:])
    private let perMinute: Int

    init(perMinute: Int) {
        self.perMinute = perMinute
    }

    func admit(_ address: IPAddress, at now: MonotonicInstant) -> RateBucket.Verdict {
        let bucket = buckets.withLock { buckets in
            if let bucket = buckets[address] { return bucket }
            if buckets.count >= GatewayLimits.signUpAddresses { buckets = [:] }
            let bucket = RateBucket()
            buckets[address] = bucket
            return bucket
        }
        return bucket.admit(
            at: now, everyNanoseconds: 60_000_000_000 / Int64(perMinute), burst: perMinute)
    }
}
