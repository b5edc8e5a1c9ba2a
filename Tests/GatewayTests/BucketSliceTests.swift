import Runtime
import Tenancy
import Testing

@testable import Gateway

/// A gateway's slice as a transcript: one call in, one step out.
@Suite struct `A slice of a shared bucket` {
    /// 1,000 calls a second, 600 at once: among three gateways a spare of at most 4.
    private static let bucket = SharedLimits.Bucket(
        owner: (1, 2), nanosecondsPerCall: 1_000_000, burst: 600)

    private var slice = BucketSlice()
    private var now = MonotonicInstant(nanoseconds: 1_000_000_000)

    private mutating func step() -> BucketSlice.Step {
        slice.step(at: now, burst: Self.bucket.burst, gateways: 3)
    }

    private mutating func took(_ calls: Int, of asked: Int, ahead: Int64) {
        slice.took(
            SharedLimits.Slice(calls: calls, aheadNanoseconds: ahead), of: asked, from: Self.bucket,
            at: now)
    }

    @Test mutating func `asks when it is empty, and once for all who wait`() {
        #expect(step() == .ask(1))
        #expect(step() == .wait)
        #expect(step() == .wait)
        took(1, of: 1, ahead: 1_000_000)
        #expect(step() == .admitted(remaining: 599))
        // The two who have waited are counted with the next.
        #expect(step() == .ask(2))
    }

    @Test mutating func `takes a growing spare while it is spent quickly, and none when it is not`() {
        var asked: [Int] = []
        for _ in 0..<5 {
            guard case .ask(let calls) = step() else { break }
            asked.append(calls)
            took(calls, of: calls, ahead: 0)
            while case .admitted = slice.step(at: now, burst: 600, gateways: 3), calls > 0 {
                if case .ask = peek() { break }
            }
            now = now + .milliseconds(20)
        }
        #expect(asked == [1, 2, 3, 5, 5])
        now = now + .seconds(5)
        #expect(step() == .ask(3))
    }

    /// What the next step would be.
    private func peek() -> BucketSlice.Step {
        var copy = slice
        return copy.step(at: now, burst: 600, gateways: 3)
    }

    @Test mutating func `tells the bucket's level once, and then what it holds itself`() {
        _ = step()
        took(3, of: 3, ahead: 500_000_000)
        #expect(step() == .admitted(remaining: 2 + 100))
        #expect(step() == .admitted(remaining: 1))
        #expect(step() == .admitted(remaining: 0))
    }

    @Test mutating func `refuses without asking while the bucket is dry`() {
        _ = step()
        // Nothing left: the next call is due in 1 ms, and the bucket is looked at again in 10.
        took(0, of: 1, ahead: 600_000_000)
        #expect(step() == .refused(retryAfter: .milliseconds(1)))
        now = now + .milliseconds(9)
        #expect(step() == .refused(retryAfter: .nanoseconds(1)))
        now = now + .milliseconds(1)
        #expect(step() == .ask(2))
    }

    @Test mutating func `waits as long as a slow bucket needs`() {
        let slow = SharedLimits.Bucket(owner: (1, 2), nanosecondsPerCall: 1_000_000_000, burst: 5)
        _ = slice.step(at: now, burst: 5, gateways: 3)
        slice.took(
            SharedLimits.Slice(calls: 0, aheadNanoseconds: 4_400_000_000), of: 1, from: slow, at: now)
        #expect(slice.step(at: now, burst: 5, gateways: 3) == .refused(retryAfter: .milliseconds(400)))
    }

    @Test mutating func `gives up what is not spent within a second`() {
        _ = step()
        took(4, of: 4, ahead: 0)
        now = now + .seconds(1)
        #expect(step() == .ask(1))
    }

    @Test mutating func `lets the next one ask when the database has failed`() {
        _ = step()
        slice.took(nil, of: 1, from: Self.bucket, at: now)
        #expect(step() == .ask(2))
    }
}
