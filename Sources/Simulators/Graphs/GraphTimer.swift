import Access
import Contracts
package import Tenancy

/// What a transition does with one of its object's timers. An object has at most one timer of a
/// kind; setting it again replaces it.
package struct GraphTimer: Sendable, Hashable {
    package enum Change: Sendable, Hashable {
        /// This long after the transition.
        case after(ISODuration)
        /// At a time of the n-th business day after the transition's day, in the calendar's zone:
        /// the transition's own time when none is given.
        case businessDays(Int, BusinessCalendar, time: LocalTime?)
        /// At the instant that the object's member holds after the effects; null leaves it unset.
        case at(member: String)
        case cancel
    }

    package let kind: String
    package let change: Change

    /// The timer's id in its sandbox: `pay_x:capture_expiry`.
    static func id(_ kind: String, of entity: EntityKey) -> String { "\(entity.id):\(kind)" }

    /// When it comes due; nil when it is cancelled, or its member holds no instant.
    func dueAt(from now: SandboxInstant, for entity: EntityDraft) -> SandboxInstant? {
        switch change {
        case .after(let duration): duration.added(to: now)
        case .businessDays(let days, let calendar, let time):
            calendar.instant(businessDays: days, after: now, at: time)
        case .at(let member): entity.document[member]?.string.flatMap { SandboxInstant(rfc3339: $0) }
        case .cancel: nil
        }
    }
}
