package import Access
import Identifiers
package import Runtime

/// Brings the last use of each key from the claims caches to its row: beside the request path, and
/// at most as often as ``write()`` is called.
package struct KeyUses: Sendable {
    private let caches: ClaimsCaches
    private let keys: KeyStore
    private let control: AccessControl
    private let clock: any WallClock

    package init(
        caches: ClaimsCaches, keys: KeyStore, control: AccessControl, clock: any WallClock
    ) {
        self.caches = caches
        self.keys = keys
        self.control = control
        self.clock = clock
    }

    /// Writes what was used since the last time, a transaction a tenant. Uses that a failure keeps
    /// from their rows are not told again; the next use is.
    package func write() async throws {
        let uses = try await caches.takeUses()
        // Where the two clocks stand now; what lies between is the same on both.
        let (now, wall) = (MonotonicInstant.now(), clock.now())
        var latest: [Principal: MonotonicInstant] = [:]
        for use in uses { latest[use.principal] = max(use.at, latest[use.principal] ?? use.at) }
        for (_, uses) in Dictionary(grouping: latest, by: \.key.tenant) {
            guard let principal = uses.first?.key else { continue }
            try await keys.noteUses(
                uses.compactMap { principal, instant in
                    principal.keyID.map { ($0, wall + (instant - now)) }
                }, as: control.access(notingUseBy: principal))
        }
    }
}

extension Principal {
    /// The key that was presented; nil for a user, an OAuth client or a guest.
    fileprivate var keyID: KeyID? {
        switch kind {
        case .managementKey(let id, _), .sandboxKey(let id, _): id
        case .user, .client, .clockKeeper, .guest: nil
        }
    }
}
