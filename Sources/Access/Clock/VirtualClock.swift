package import Runtime

/// A sandbox's clock as its head row holds it: the virtual time is a function of it and of the wall.
package struct VirtualClock: Sendable, Hashable {
    package enum Mode: Sendable, Hashable {
        /// Virtual time is wall time plus `offsetMicroseconds`.
        case running(offsetMicroseconds: Int64)
        case frozen(at: SandboxInstant)
    }

    package let mode: Mode
    /// Bumped by each move of the clock; part of the claims cache's key.
    package let epoch: Int64

    package init(mode: Mode, epoch: Int64) {
        self.mode = mode
        self.epoch = epoch
    }

    /// A clock that shows `now` at the wall's `wall` and runs on from there.
    package static func running(from now: SandboxInstant, at wall: WallInstant) -> VirtualClock {
        VirtualClock(
            mode: .running(offsetMicroseconds: now.microseconds - wall.microseconds), epoch: 0)
    }

    package func now(at wall: WallInstant) -> SandboxInstant {
        switch mode {
        case .running(let offset): SandboxInstant(microseconds: wall.microseconds + offset)
        case .frozen(let instant): instant
        }
    }

    package var isFrozen: Bool {
        switch mode {
        case .running: false
        case .frozen: true
        }
    }

    /// The name on the wire: `running` or `frozen`.
    package var modeName: String {
        switch mode {
        case .running: "running"
        case .frozen: "frozen"
        }
    }
}

/// Where a sandbox's world stands: number of the commit, number of the mutating call.
package struct WorldStamp: Sendable, Hashable, Comparable {
    package let revision: Int64
    package let tick: Int64

    package init(revision: Int64, tick: Int64) {
        self.revision = revision
        self.tick = tick
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.revision < right.revision
    }
}
