import Access
import Runtime
import Tenancy

/// Claims by the SHA-256 of the credential, for one event loop. A bounded clock: a hand passes over
/// the slots, spares each that was used since its last visit and evicts the first that was not.
///
/// Loop-confined: its owner, ``ClaimsCaches``, reaches it on its own loop only.
final class ClaimsCache {
    enum Answer {
        case claims(Claims)
        /// Asked a moment ago, and there was none.
        case unknown
    }

    struct Use: Sendable {
        let principal: Principal
        let at: MonotonicInstant
    }

    private struct Slot {
        var digest: Digest
        var claims: Claims
        var validUntil: MonotonicInstant
        var wasUsed: Bool
        /// The last use that ``takeUses()`` has not handed out.
        var usedAt: MonotonicInstant?
    }

    let hasher = SHA256Hasher()
    /// Counts invalidations: what was read before one must not be stored after it.
    private(set) var generation: UInt64 = 0
    private let capacity: Int
    private var slots: [Slot?] = []
    private var positions: [Digest: Int] = [:]
    private var free: [Int] = []
    private var hand = 0
    private var unknown: [Digest: MonotonicInstant] = [:]
    /// Uses of claims that have left the cache meanwhile.
    private var usesOfDeparted: [Use] = []

    init(capacity: Int = Limits.claimsPerLoop) {
        self.capacity = capacity
    }

    var count: Int { positions.count }

    func answer(for digest: Digest, at now: MonotonicInstant) -> Answer? {
        if let position = positions[digest], let slot = slots[position] {
            guard slot.validUntil > now else {
                remove(position)
                return nil
            }
            slots[position]?.wasUsed = true
            slots[position]?.usedAt = now
            return .claims(slot.claims)
        }
        guard !unknown.isEmpty, let until = unknown[digest] else { return nil }
        if until > now { return .unknown }
        unknown[digest] = nil
        return nil
    }

    /// Stores what was read while `generation` stood; drops it if something was revoked meanwhile.
    func store(
        _ claims: Claims?, for digest: Digest, readAt generation: UInt64, now: MonotonicInstant
    ) {
        guard generation == self.generation else { return }
        guard let claims else {
            if unknown.count >= Limits.unknownPerLoop { unknown.removeAll(keepingCapacity: true) }
            unknown[digest] = now + Limits.unknownLifetime
            return
        }
        unknown[digest] = nil
        let position = positions[digest] ?? vacantPosition()
        positions[digest] = position
        slots[position] = Slot(
            digest: digest, claims: claims, validUntil: now + Limits.claimsLifetime, wasUsed: false,
            usedAt: now)
    }

    func forget(_ invalidation: Invalidation) {
        generation &+= 1
        switch invalidation {
        case .key(let sha256):
            guard let digest = Digest(sha256) else { return }
            unknown[digest] = nil
            if let position = positions[digest] { remove(position) }
        case .sandbox(let sandbox):
            // Rare, and the cache is small: a scan is simpler than an index.
            for position in slots.indices where slots[position]?.claims.sandbox?.sandbox == sandbox {
                remove(position)
            }
        case .gateways: break
        }
    }

    func forgetAll() {
        generation &+= 1
        for case let slot? in slots { depart(slot) }
        slots = []
        positions = [:]
        free = []
        unknown = [:]
        hand = 0
    }

    /// The last use of each credential since this was asked before.
    func takeUses() -> [Use] {
        var uses = usesOfDeparted
        usesOfDeparted = []
        for position in slots.indices {
            guard let slot = slots[position], let instant = slot.usedAt else { continue }
            uses.append(Use(principal: slot.claims.principal, at: instant))
            slots[position]?.usedAt = nil
        }
        return uses
    }

    /// Keeps the use of claims that go, as many as the cache has slots.
    private func depart(_ slot: Slot) {
        guard let instant = slot.usedAt, usesOfDeparted.count < capacity else { return }
        usesOfDeparted.append(Use(principal: slot.claims.principal, at: instant))
    }

    private func remove(_ position: Int) {
        guard let slot = slots[position] else { return }
        depart(slot)
        positions[slot.digest] = nil
        slots[position] = nil
        free.append(position)
    }

    private func vacantPosition() -> Int {
        if let position = free.popLast() { return position }
        if slots.count < capacity {
            slots.append(nil)
            return slots.count - 1
        }
        // Ends: a full round clears every mark.
        while slots[hand]?.wasUsed == true {
            slots[hand]?.wasUsed = false
            hand = (hand + 1) % capacity
        }
        let position = hand
        hand = (hand + 1) % capacity
        if let evicted = slots[position] {
            depart(evicted)
            positions[evicted.digest] = nil
        }
        return position
    }
}
