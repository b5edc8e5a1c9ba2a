package import Access

/// Something that a world's virtual clock will fire. It goes back with the world.
package struct WorldTimer: Sendable, Hashable {
    /// Stable, e.g. `pay_x:capture_expiry`: scheduling the same id again replaces the timer.
    package let id: String
    package let dueAt: SandboxInstant
    /// The object that it belongs to: contract, type and id.
    package let contract: String
    package let type: String
    package let entityID: String
    /// A graph's timer trigger or a job, e.g. `authorisation_expiry`.
    package let kind: String
    /// UTF-8 JSON, for whoever handles `kind`.
    package let payload: [UInt8]

    package init(
        id: String, dueAt: SandboxInstant, contract: String, type: String, entityID: String,
        kind: String, payload: [UInt8] = Array("{}".utf8)
    ) {
        self.id = id
        self.dueAt = dueAt
        self.contract = contract
        self.type = type
        self.entityID = entityID
        self.kind = kind
        self.payload = payload
    }

    package var entity: EntityKey { EntityKey(contract: contract, type: type, id: entityID) }

    /// The order of firing: by time, at one time by the id's bytes, which no locale changes.
    package static func firesBefore(_ left: WorldTimer, _ right: WorldTimer) -> Bool {
        guard left.dueAt == right.dueAt else { return left.dueAt < right.dueAt }
        return left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
    }
}

/// The last state of each timer that a commit has touched; nil is fired or cancelled.
struct TimerWrites {
    private(set) var states: [String: WorldTimer?] = [:]
    /// In the order of first touch, so that a commit writes the same way each time.
    private(set) var order: [String] = []

    var count: Int { order.count }

    mutating func set(_ id: String, to timer: WorldTimer?) {
        if states.updateValue(timer, forKey: id) == nil { order.append(id) }
    }

    /// `stored`, which were read without regard to these writes, as they stand with them.
    func applied(to stored: [WorldTimer], upTo limit: SandboxInstant) -> [WorldTimer] {
        let untouched = stored.filter { states[$0.id] == nil }
        let own = states.values.compactMap { $0 }.filter { $0.dueAt <= limit }
        return (untouched + own).sorted(by: WorldTimer.firesBefore)
    }
}
