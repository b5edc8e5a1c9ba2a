import Access
import Contracts
import Identifiers
import PlatformSupport
import Postgres
import Runtime
import Testing

@testable import Tenancy

struct TestError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// A sandbox's world as tests about layers drive it: payments whose document is `{"v": …}`.
struct TestWorld: Sendable {
    let platform: TestPlatform
    let access: SandboxAccess
    var store: WorldStore

    init(_ platform: TestPlatform, _ access: SandboxAccess) {
        self.platform = platform
        self.access = access
        store = platform.worlds
    }

    static let seed: Int64 = 7
    static let zero = SandboxInstant(microseconds: 1_900_000_000_000_000)

    static func make(_ platform: TestPlatform, frozen: Bool) async throws -> TestWorld {
        try await make(platform, frozen: frozen, as: platform.makeTenant())
    }

    static func make(
        _ platform: TestPlatform, frozen: Bool, as tenant: TenantAccess
    ) async throws -> TestWorld {
        var draft = SandboxDraft()
        draft.seed = seed
        draft.clock = .init(mode: frozen ? .frozen : .running, now: zero)
        return TestWorld(platform, try await platform.makeSandbox(draft, as: tenant))
    }

    static func key(_ id: String) -> EntityKey {
        EntityKey(contract: "payments", type: "payment", id: id)
    }

    static func document(_ value: String) -> [UInt8] {
        JSONWriter.bytes(["v": .string(value), "n": .number(JSONNumber("1.0")!)])
    }

    /// Creates or replaces, moves a unit of money and emits an event, in one call.
    func write(_ id: String, _ value: String) async throws {
        _ = try await store.transaction(as: access) { world in
            let key = Self.key(id)
            if try await world.entity(key) == nil {
                try await world.create(key, document: Self.document(value))
            } else {
                try await world.replace(key, document: Self.document(value))
            }
            try await world.post(
                LedgerTransaction(
                    cause: id,
                    [
                        Posting(LedgerAccount(name: "merchant:available", currency: "usd"), 3),
                        Posting(LedgerAccount(name: "account:\(id)", currency: "usd"), -3),
                    ]))
            world.emit(
                WorldEvent(
                    id: world.drawID("evt"), contract: "payments", type: "payment.updated",
                    document: Self.document(value)))
        }
    }

    func delete(_ id: String) async throws {
        _ = try await store.transaction(as: access) { try await $0.delete(Self.key(id)) }
    }

    /// Creates a payment under a drawn id.
    func draw() async throws {
        _ = try await store.transaction(as: access) { world in
            try world.createDrawn(Self.key(world.drawID("pay")), document: Self.document("drawn"))
        }
    }

    /// Schedules a timer this many seconds after time zero; nil cancels it.
    func schedule(_ id: String, at second: Int64?) async throws {
        _ = try await store.transaction(as: access) { world in
            guard let second else { return world.cancelTimer(id) }
            world.schedule(
                WorldTimer(
                    id: id, dueAt: Self.zero + .seconds(second), contract: "payments",
                    type: "payment", entityID: "pay_1", kind: "expiry"))
        }
    }

    /// Freezes the clock this many seconds after time zero and fires what is due.
    func move(_ second: Int64) async throws {
        let instant = Self.zero + .seconds(second)
        _ = try await store.transaction(as: access) { world in
            for timer in try await world.dueTimers(upTo: instant, limit: 100) {
                world.cancelTimer(timer.id)
            }
            world.setClock(
                VirtualClock(mode: .frozen(at: instant), epoch: world.head.clock.epoch + 1))
        }
    }

    /// Whether a call with the key was answered from an earlier one.
    func callOnce(_ key: String) async throws -> Bool {
        let scope = IdempotencyScope(
            key: key, method: "POST", path: "/", fingerprint: [UInt8](repeating: 1, count: 32))
        let outcome = try await store.transaction(as: access, idempotency: scope) { world in
            world.answer(
                with: IdempotencyRecord(
                    status: 201, headers: Array("[]".utf8), response: Array("{}".utf8),
                    request: RequestID(high: 1, low: 2)))
        }
        guard case .replayed = outcome else { return false }
        return true
    }

    func payments() async throws -> [String] {
        var ids: [String] = []
        var cursor: String?
        repeat {
            let page = try await store.list(
                EntityQuery(contract: "payments", type: "payment", rows: 7, cursor: cursor),
                as: access)
            ids += page.entities.map(\.key.id)
            cursor = page.next
        } while cursor != nil
        return ids
    }

    /// Everything that a caller can see of the world, one line a thing: objects as lists and as
    /// single reads show them, balances, due timers, events, the clock, the tick.
    func picture() async throws -> [String] {
        var lines: [String] = []
        for id in try await payments() {
            guard let found = try await store.entity(Self.key(id), as: access).entity else {
                throw TestError("\(id) is listed and not there")
            }
            let document = String(decoding: found.document, as: UTF8.self)
            lines.append("\(id) \(found.version) \(found.position) \(document)")
        }
        let balances = try await store.balances(as: access)
        lines += balances.map { "\($0.key.name) \($0.key.currency) \($0.value)" }.sorted()
        lines += try await timers()
        lines += try await events()
        let head = try await store.head(as: access)
        lines.append("\(head.now(at: platform.clock.now()).rfc3339) \(head.clock.modeName)")
        lines.append("tick \(head.stamp.tick)")
        return lines
    }

    /// Every timer in the order of firing, seen by a transaction that is then undone.
    private func timers() async throws -> [String] {
        struct Undone: Error { let lines: [String] }
        let next = try await store.nextTimer(as: access)
        do {
            _ = try await store.transaction(as: access) { world in
                let due = try await world.dueTimers(
                    upTo: Self.zero + .seconds(1_000_000), limit: 1_000)
                guard due.first == next else { throw TestError("the next timer is another") }
                throw Undone(lines: due.map { "\($0.id) \($0.dueAt.rfc3339)" })
            }
            return []
        } catch let undone as Undone {
            return undone.lines
        }
    }

    /// Through all layers, by SQL of the test's own.
    private func events() async throws -> [String] {
        let rows = try await platform.database.read(
            as: access, [store.address(access).call(Self.eventsStatement)])[0]
        return rows.map { "\($0.text(0)) \($0.text(1)) \($0.microseconds(2)) \($0.text(3))" }
    }

    private static let eventsStatement = HeadStatement("test_layered_events") { heads in
        """
        SELECT e.id, e.type, e.occurred_at, e.document
        FROM \(heads.table) h
        CROSS JOIN LATERAL unnest(
            h.layer_id || h.ancestor_ids, h.revision || h.ancestor_revisions) AS a (id, revision)
        JOIN sbx.events e
            ON e.tenant_id = $1 AND e.layer_id = a.id AND e.revision <= a.revision
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        ORDER BY e.revision, e.n
        """
    }
}
