import Access
import HTTP
import Identifiers
import Runtime
import Tenancy

/// When a failed attempt is followed by the next.
enum RetrySchedule {
    /// The pause behind attempt `number` (from 1) of its round: the table's, a little more or less
    /// by the delivery's id, and never less than what the receiver asked for. Nil after the last.
    static func pause(
        after number: Int, of delivery: DeliveryID, retryAfter: Duration?
    ) -> Duration? {
        guard number <= WebhookLimits.retryPauses.count else { return nil }
        let planned = WebhookLimits.retryPauses[number - 1]
        let swing = WebhookLimits.pauseJitterMillionths
        var draws = Draws(
            seed: Int64(bitPattern: delivery.high), salt: Int64(bitPattern: delivery.low),
            tick: Int64(number), rule: "webhook_retry")
        let factor = Int64(draws.below(2 * swing + 1)) + 1_000_000 - Int64(swing)
        let pause = Duration.microseconds(planned.microseconds / 1_000_000 * factor)
        return max(pause, retryAfter ?? .zero)
    }

    /// A receiver's `Retry-After` (RFC 9110 §10.2.3) in seconds, cut at the longest pause. Dates
    /// are not taken: the clocks of two machines differ, and the schedule does as well.
    static func retryAfter(_ fields: HeaderFields) -> Duration? {
        guard let text = fields["retry-after"], let seconds = Int64(text), seconds >= 0 else {
            return nil
        }
        return .seconds(min(seconds, WebhookLimits.retryAfterSecondsMax))
    }

    /// The receiver asks for less: all of its deliveries pause, not only the one it answered.
    static func isThrottling(_ status: Int) -> Bool { [429, 502, 503, 504].contains(status) }
}
