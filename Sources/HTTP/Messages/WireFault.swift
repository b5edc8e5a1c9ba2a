/// Damage done on purpose to an answer on its way out, so that a client can be tried against a bad
/// network. The server carries it out without blocking its loop, within `HTTPLimits`' bounds.
package struct WireFault: Hashable, Sendable {
    /// What becomes of the answer.
    package enum Damage: Hashable, Sendable {
        /// Nothing is sent; the connection is reset.
        case reset
        /// Nothing is sent; the connection ends in order after so long.
        case silence(Duration)
        /// The head is whole and promises the whole body, of which only so many bytes come, at
        /// most all but one, before the connection ends; nil stands for half. Without a body the
        /// head is cut instead.
        case truncated(bodyBytes: Int?)
        /// The body comes at this many bytes a second, at least one.
        case slow(bytesPerSecond: Int)
    }

    /// Passes before anything else happens.
    package var latency: Duration
    /// Nil answers whole. A streamed body comes as it is produced and cannot be slow; truncated, it
    /// ends with the head.
    package var damage: Damage?

    package init(latency: Duration = .zero, _ damage: Damage? = nil) {
        self.latency = latency
        self.damage = damage
    }
}
