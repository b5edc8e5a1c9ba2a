import Runtime

/// Waits between attempts to reach a server: doubled each time, with jitter of one half, so that
/// many loops and gateways do not come back in step.
struct Backoff {
    private var delay = Limits.reconnectDelay
    private let random: any RandomSource

    init(random: any RandomSource) {
        self.random = random
    }

    mutating func next() -> Duration {
        defer { delay = min(delay * 2, Limits.reconnectDelayMax) }
        let nanoseconds = UInt64(delay.nanoseconds)
        return .nanoseconds(Int64(nanoseconds / 2 + random.next() % (nanoseconds / 2)))
    }

    mutating func reset() {
        delay = Limits.reconnectDelay
    }
}
