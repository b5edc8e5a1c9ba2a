package import Access
package import Identifiers

/// A point that ``WorldStore/diff(from:to:rows:cursor:as:)`` can look at.
package enum DiffPoint: Sendable {
    /// Time zero: the golden world.
    case golden
    case checkpoint(CheckpointID)
    /// Where the world stands.
    case head
}

/// An object that differs between two points of a world.
package struct EntityDifference: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case added(version: Int64)
        /// The versions may be equal: two branches have gone their own ways.
        case changed(from: Int64, to: Int64)
        case removed(version: Int64)
    }

    package let key: EntityKey
    package let kind: Kind

    /// Nil when `before` and `after` are the same.
    init?(_ key: EntityKey, before: Entity?, after: Entity?) {
        switch (before, after) {
        case (nil, nil): return nil
        case (nil, let after?): kind = .added(version: after.version)
        case (let before?, nil): kind = .removed(version: before.version)
        case (let before?, let after?):
            guard before.version != after.version || before.document != after.document else {
                return nil
            }
            kind = .changed(from: before.version, to: after.version)
        }
        self.key = key
    }
}

/// One page of differences in the order of contract, type and id.
package struct WorldDiff: Sendable {
    package let from: WorldStamp
    package let to: WorldStamp
    package let differences: [EntityDifference]
    /// Opaque; nil on the last page. A page may hold less than was asked for, even nothing: what
    /// was changed and changed back is looked at and left out.
    package let next: String?
}
