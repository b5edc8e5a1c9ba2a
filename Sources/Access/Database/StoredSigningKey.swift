import Postgres
package import Runtime

/// One of the issuer's keys as the database holds it. The private part is sealed; only Identity has
/// the means to open it.
package struct StoredSigningKey: Sendable {
    package let kid: String
    /// JOSE's name, e.g. `ES256`.
    package let algorithm: String
    package let sealed: [UInt8]
    package let createdAt: WallInstant
    /// Published before, so that caches of the key set have it when the first token comes.
    package let signsFrom: WallInstant
    /// Nil while no other key has taken its place.
    package let trustedUntil: WallInstant?

    package init(
        kid: String, algorithm: String, sealed: [UInt8], createdAt: WallInstant,
        signsFrom: WallInstant
    ) {
        self.kid = kid
        self.algorithm = algorithm
        self.sealed = sealed
        self.createdAt = createdAt
        self.signsFrom = signsFrom
        trustedUntil = nil
    }

    init(_ row: Row) {
        kid = row.text(0)
        algorithm = row.text(1)
        sealed = row.bytes(2)
        createdAt = WallInstant(microseconds: row.microseconds(3))
        signsFrom = WallInstant(microseconds: row.microseconds(4))
        trustedUntil = row.instant(5)
    }
}

/// What new signing keys do to the ones that are there.
package enum SigningKeyEnd: Sendable {
    /// Those that sign before the instant are trusted until then. Keys that begin to sign later are
    /// successors, made by a gateway whose clock is ahead.
    case superseded(at: WallInstant)
    /// None is trusted from then on, whenever it was made.
    case all(at: WallInstant)

    var instant: WallInstant {
        switch self {
        case .superseded(let instant), .all(let instant): instant
        }
    }

    var sparesSuccessors: Bool {
        switch self {
        case .superseded: true
        case .all: false
        }
    }
}
