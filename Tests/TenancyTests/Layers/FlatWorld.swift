import Access
import Contracts
import Runtime

@testable import Tenancy

/// What a ``TestWorld`` should be, kept as one flat copy without layers: the same calls, and
/// ``picture`` in the same words.
struct FlatWorld {
    private struct Known {
        var version: Int64
        let position: Int64
        /// Nil when deleted.
        var document: String?
    }

    private var payments: [String: Known] = [:]
    private var balances: [LedgerAccount: Int64] = GoldenWorld.current.balances
    private var timers: [String: Int64] = [:]
    private var events: [String] = []
    private var keys: Set<String> = []
    private(set) var tick: Int64 = 0
    private(set) var second: Int64 = 0

    init() {
        for golden in GoldenWorld.current.entities(contract: "payments", type: "payment") {
            let entity = golden.entity(timeZero: TestWorld.zero)
            payments[entity.key.id] = Known(
                version: 1, position: entity.position,
                document: String(decoding: entity.document, as: UTF8.self))
        }
    }

    /// Ids of payments that are there, sorted.
    var ids: [String] { payments.filter { $0.value.document != nil }.keys.sorted() }

    var timerIDs: [String] { timers.keys.sorted() }

    mutating func write(_ id: String, _ value: String) {
        tick += 1
        put(id, value)
        balances[LedgerAccount(name: "merchant:available", currency: "usd"), default: 0] += 3
        balances[LedgerAccount(name: "account:\(id)", currency: "usd"), default: 0] -= 3
        let document = String(decoding: TestWorld.document(value), as: UTF8.self)
        let now = TestWorld.zero.microseconds + second * 1_000_000
        events.append("\(drawn("evt")) payment.updated \(now) \(document)")
    }

    mutating func delete(_ id: String) {
        tick += 1
        payments[id]?.document = nil
        payments[id]?.version += 1
    }

    mutating func draw() {
        tick += 1
        put(drawn("pay"), "drawn")
    }

    mutating func schedule(_ id: String, at second: Int64?) {
        tick += 1
        timers[id] = second
    }

    mutating func move(_ second: Int64) {
        tick += 1
        timers = timers.filter { $0.value > second }
        self.second = second
    }

    /// Whether the call is answered from an earlier one; if not, it takes a tick.
    mutating func callOnce(_ key: String) -> Bool {
        guard keys.insert(key).inserted else { return true }
        tick += 1
        return false
    }

    /// Forks have callers of their own.
    var fork: FlatWorld {
        var fork = self
        fork.keys = []
        return fork
    }

    var picture: [String] {
        let there = payments.filter { $0.value.document != nil }
            .sorted { $0.value.position > $1.value.position }
        var lines = there.map { id, known in
            "\(id) \(known.version) \(known.position) \(known.document ?? "")"
        }
        lines += balances.map { "\($0.key.name) \($0.key.currency) \($0.value)" }.sorted()
        lines += timers.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { id, second in
            "\(id) \((TestWorld.zero + .seconds(second)).rfc3339)"
        }
        lines += events
        lines.append("\((TestWorld.zero + .seconds(second)).rfc3339) frozen")
        lines.append("tick \(tick)")
        return lines
    }

    private mutating func put(_ id: String, _ value: String) {
        let document = String(decoding: TestWorld.document(value), as: UTF8.self)
        if payments[id] == nil {
            payments[id] = Known(version: 1, position: tick << 16 | 1, document: document)
        } else {
            payments[id]?.version += 1
            payments[id]?.document = document
        }
    }

    private func drawn(_ prefix: String) -> String {
        var draws = Draws(seed: TestWorld.seed, salt: 0, tick: tick, rule: "id:" + prefix)
        return draws.identifier(prefix: prefix)
    }
}
