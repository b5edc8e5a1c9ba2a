package import Access
package import Identifiers
package import Runtime

/// A named point of a world to go back to, as often as wanted.
package struct Checkpoint: Sendable {
    package let id: CheckpointID
    /// Unique in its sandbox where there is one.
    package let name: String?
    package let stamp: WorldStamp
    /// Virtual time at that point, and how the clock stood.
    package let now: SandboxInstant
    package let isFrozen: Bool
    package let createdAt: WallInstant
}
