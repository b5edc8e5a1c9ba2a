import Access
import Tenancy

extension ClockEngine {
    /// Where a request wants to go, from where the transaction finds the clock.
    func target(
        of request: ClockRequest?, _ transaction: WorldTransaction
    ) async throws -> ClockAdvance {
        guard let request else { preconditionFailure("a move begins with a request") }
        let now = transaction.now
        let isRunning = !transaction.head.clock.isFrozen
        var event: String?
        let target: SandboxInstant
        switch request {
        case .by(let duration): target = duration.added(to: now)
        case .to(let instant): target = instant
        case .untilEvent(let type, let horizon):
            event = type
            target = horizon.added(to: now)
        case .businessDays(let days, let calendar):
            target = calendar.instant(businessDays: days, after: now)
        case .untilTimer(let kind):
            guard let timer = try await transaction.nextTimer(kind: kind) else {
                throw ClockError.nothingScheduled(kind: kind)
            }
            target = max(now, timer.dueAt)
        }
        guard target >= now else { throw ClockError.backwards(now: now) }
        guard target.microseconds - now.microseconds <= Limits.advanceSecondsMax * 1_000_000 else {
            throw ClockError.tooFar
        }
        return ClockAdvance(target: target, untilEvent: event, resumes: isRunning)
    }
}
