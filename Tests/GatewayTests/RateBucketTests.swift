import HTTP
import Runtime
import Testing

@testable import Gateway

@Suite struct `A rate bucket` {
    /// The same promise told naively: `burst` tokens at most, one more every interval.
    private struct TokenBucket {
        let interval: Int64
        let burst: Int64
        /// In parts of a token: interval parts are one.
        var parts: Int64
        var last: Int64 = 0

        init(interval: Int64, burst: Int64) {
            (self.interval, self.burst, parts) = (interval, burst, interval * burst)
        }

        mutating func admits(at now: Int64) -> Bool {
            parts = min(interval * burst, parts + now - last)
            last = now
            guard parts >= interval else { return false }
            parts -= interval
            return true
        }

        var whole: Int { Int(parts / interval) }
    }

    @Test func `admits exactly what a token bucket admits, at every rate and rhythm`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let perSecond = Int.random(in: 1...2_000, using: &generator)
            let burst = Int.random(in: 1...50, using: &generator)
            let limit = RateLimit(perSecond: perSecond, burst: burst)
            let bucket = RateBucket()
            let interval = Int64(1_000_000_000 / perSecond)
            var naive = TokenBucket(interval: interval, burst: Int64(burst))
            var now: Int64 = 1_000_000_000
            naive.last = now
            for _ in 0..<300 {
                now += Bool.random(using: &generator) ? 0 : Int64.random(in: 0...(3 * interval), using: &generator)
                let verdict = bucket.admit(at: MonotonicInstant(nanoseconds: now), limit)
                let expected = naive.admits(at: now)
                switch verdict {
                case .admitted(let remaining, _):
                    #expect(expected, "\(perSecond)/s burst \(burst)")
                    #expect(remaining == naive.whole)
                case .refused(let retryAfter):
                    #expect(!expected, "\(perSecond)/s burst \(burst)")
                    #expect(retryAfter.nanoseconds == interval - naive.parts)
                }
            }
        }
    }

    @Test func `lets in at the end of retryAfter and not a nanosecond before`() {
        let limit = RateLimit(perSecond: 10, burst: 3)
        let bucket = RateBucket()
        let start = MonotonicInstant(nanoseconds: 5_000_000_000)
        for remaining in [2, 1, 0] {
            let reset = Duration.milliseconds(100 * (3 - remaining))
            #expect(bucket.admit(at: start, limit) == .admitted(remaining: remaining, reset: reset))
        }
        #expect(bucket.admit(at: start, limit) == .refused(retryAfter: .milliseconds(100)))
        let early = start + .nanoseconds(99_999_999)
        #expect(bucket.admit(at: early, limit) == .refused(retryAfter: .nanoseconds(1)))
        let due = start + .milliseconds(100)
        #expect(bucket.admit(at: due, limit) == .admitted(remaining: 0, reset: .milliseconds(300)))
    }

    @Test func `admits the burst and no more, however many threads ask at once`() async {
        let bucket = RateBucket()
        let limit = RateLimit(perSecond: 1, burst: 500)
        let now = MonotonicInstant(nanoseconds: 9_000_000_000)
        let admitted = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<1_000).count { _ in
                        if case .admitted = bucket.admit(at: now, limit) { true } else { false }
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(admitted == 500)
    }

    @Test func `flights are counted in and out`() async {
        let flights = FlightCounter()
        #expect(flights.begin(limit: 2) && flights.begin(limit: 2))
        #expect(!flights.begin(limit: 2))
        flights.end()
        #expect(flights.begin(limit: 2))
    }

    @Test func `addresses are limited apart from each other`() {
        let limiter = AddressLimiter(perMinute: 2)
        let now = MonotonicInstant(nanoseconds: 70_000_000_000)
        let (one, other) = (IPAddress(v4: 1), IPAddress(v4: 2))
        for address in [one, other] {
            for _ in 0..<2 {
                guard case .admitted = limiter.admit(address, at: now) else {
                    Issue.record("refused within the limit")
                    return
                }
            }
            #expect(limiter.admit(address, at: now) == .refused(retryAfter: .seconds(30)))
        }
    }
}
