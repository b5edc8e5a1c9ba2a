package import Access
package import Tenancy

/// Where to, as a call asks for it.
package enum ClockRequest: Sendable {
    case by(ISODuration)
    case to(SandboxInstant)
    /// Until an event of this type has been emitted, at most this far.
    case untilEvent(String, horizon: ISODuration)
    case businessDays(Int, BusinessCalendar)
    /// Until the next timer of this kind has fired.
    case untilTimer(kind: String)
}

/// Why a clock cannot be moved as asked.
package enum ClockError: Error, Sendable {
    /// The target lies before now, which stands here. Going back is restoring a checkpoint.
    case backwards(now: SandboxInstant)
    /// The target lies more than `Limits.advanceSecondsMax` ahead.
    case tooFar
    /// No timer of this kind is scheduled.
    case nothingScheduled(kind: String)
    case tenancy(TenancyError)
    /// A simulator could not go on; the clock stands at the instant before.
    case simulation(SimulationError)
}

/// What a move of the clock came to.
package struct ClockOutcome: Sendable {
    /// How the clock stands afterwards; in a preview, how it would.
    package let now: SandboxInstant
    package let mode: VirtualClock.Mode
    /// The first `Limits.firingsTold`, in the order of firing.
    package let fired: [Firing]
    /// All of them.
    package let firedCount: Int
    /// The timer that fires next; nil when none is scheduled.
    package let next: WorldTimer?
    /// Whether the way was not gone to its end, because the call had fired enough.
    package let isPartial: Bool
    /// Whether the event that was waited for has come; nil when none was.
    package let foundEvent: Bool?

    package struct Firing: Sendable, Hashable {
        package let timer: WorldTimer
        /// What it did, at most `Limits.effectsTold`.
        package let effects: [WorldEffect]
    }
}
