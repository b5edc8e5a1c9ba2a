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

/// What the commits of a transaction have done to timers and the database has not been told yet: two
/// statements tell it, however many commits and timers there are.
struct TimerWrites {
    /// What a commit left of a timer; nil is fired or cancelled.
    struct Change {
        let id: String
        let timer: WorldTimer?
        let revision: Int64
    }

    /// The last state of each timer that was touched.
    private(set) var states: [String: WorldTimer?] = [:]
    /// Its ids in the order of first touch, so that a commit writes the same way each time.
    private(set) var order: [String] = []
    /// What the commits that are over left, one each commit and timer.
    private(set) var changes: [Change] = []
    private var touchedNow: Set<String> = []
    private var orderNow: [String] = []

    var count: Int { order.count }
    /// Timers that the present commit has touched.
    var countNow: Int { orderNow.count }

    mutating func set(_ id: String, to timer: WorldTimer?) {
        if states.updateValue(timer, forKey: id) == nil { order.append(id) }
        if touchedNow.insert(id).inserted { orderNow.append(id) }
    }

    mutating func endCommit(_ revision: Int64) {
        for id in orderNow {
            changes.append(Change(id: id, timer: states[id] ?? nil, revision: revision))
        }
        touchedNow.removeAll(keepingCapacity: true)
        orderNow.removeAll(keepingCapacity: true)
    }

    /// `stored`, which were read without regard to these writes, as they stand with them.
    func applied(to stored: [WorldTimer], upTo limit: SandboxInstant) -> [WorldTimer] {
        let untouched = stored.filter { states[$0.id] == nil }
        let own = states.values.compactMap { $0 }.filter { $0.dueAt <= limit }
        return (untouched + own).sorted(by: WorldTimer.firesBefore)
    }
}
