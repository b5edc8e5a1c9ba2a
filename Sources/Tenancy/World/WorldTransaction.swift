package import Access
import Postgres
package import Runtime

/// One mutating call's work on a world, under the sandbox's row lock: what is read stays true until
/// the commit. Writes are kept and leave with the COMMIT in one round trip; of several writes to
/// one object the last stands. Confined to the task that runs the transaction.
package final class WorldTransaction {
    /// The head of this very commit: its revision and tick are already the new ones.
    package internal(set) var head: WorldHead
    /// Virtual time of what is done next: the call's, until the clock's engine moves it.
    package var now: SandboxInstant
    /// Real time at the call's beginning.
    package internal(set) var wall: WallInstant

    /// Whether a commit so far may have made deliveries. A dry run's events are told and not sent.
    private(set) var hasDelivered = false

    let address: WorldAddress
    let transaction: Transaction
    var known: [EntityKey: FoundEntity] = [:]
    var current: [EntityKey: Entity?] = [:]
    private var writes: [EntityKey: EntityWrite] = [:]
    private var writeOrder: [EntityKey] = []
    private var created: Int64 = 0
    var balances: [LedgerAccount: Int64] = [:]
    private var touchedAccounts: [LedgerAccount] = []
    private var entries: [LedgerEntry] = []
    private var transactions = 0
    private var events: [(event: WorldEvent, at: SandboxInstant)] = []
    var timers = TimerWrites()
    /// The clock that the commit sets.
    var movedClock: VirtualClock?
    /// The clock's work that the commit notes.
    var clockWork = ClockWork()
    /// Whether the stamp is no longer the one that the head row was given at the beginning.
    var hasOwnStamp = false
    private var statementsUnsent = 0
    /// What was done so far; nil while nobody wants to know.
    private var journal: [WorldEffect]?
    private var identifiers: [String: Draws] = [:]
    /// The scope whose key was claimed, and for whom.
    var idempotency: (scope: IdempotencyScope, access: SandboxAccess)?
    var answer: IdempotencyRecord?

    /// `wall` is real time, which deliveries of events are due at.
    init(
        head: WorldHead, now: SandboxInstant, wall: WallInstant, address: WorldAddress,
        transaction: Transaction
    ) {
        self.head = head
        self.now = now
        self.wall = wall
        self.address = address
        self.transaction = transaction
    }

    var access: SandboxAccess { address.access }

    // MARK: Reading

    /// The object as this transaction sees it; nil when there is none. A round trip unless it was
    /// preloaded, read or written before.
    package func entity(_ key: EntityKey) async throws(TenancyError) -> Entity? {
        if let entity = current[key] { return entity }
        try await load([key])
        return current[key] ?? nil
    }

    /// The account's balance, the postings of this transaction included.
    package func balance(_ account: LedgerAccount) async throws(TenancyError) -> Int64 {
        if let balance = balances[account] { return balance }
        try await load(accounts: [account])
        return balances[account] ?? 0
    }

    /// Reads these objects in one round trip, where they are not known yet.
    package func load(_ keys: [EntityKey]) async throws(TenancyError) {
        let missing = keys.filter { current[$0] == nil }
        guard !missing.isEmpty else { return }
        try await storing {
            guard missing.count > 1 else {
                return learn(
                    missing[0], try await transaction.run(WorldReads.entity(address, missing[0])))
            }
            let rows = try await transaction.run(WorldReads.entities(address, missing))
            for (key, row) in zip(missing, rows) { learn(key, FoundEntity(row, key, head, from: 0)) }
        }
    }

    /// Whether the object needs no read.
    package func isKnown(_ key: EntityKey) -> Bool { current[key] != nil }

    // MARK: Writing

    /// A new object. Fails with `entityExists`; its key should have been drawn or loaded.
    package func create(_ key: EntityKey, document: [UInt8]) async throws(TenancyError) {
        guard try await entity(key) == nil else { throw .entityExists(key) }
        created += 1
        let fresh = head.stamp.tick << 16 | created
        write(key, position: known[key]?.position ?? fresh, document)
    }

    /// A new object under an id that was drawn in this transaction, which nothing can have yet, or
    /// that was looked for and is not there: needs no read.
    package func createDrawn(_ key: EntityKey, document: [UInt8]) throws(TenancyError) {
        guard (current[key] ?? nil) == nil else { throw .entityExists(key) }
        created += 1
        write(key, position: head.stamp.tick << 16 | created, document)
    }

    /// Another document for an object that is there.
    package func replace(_ key: EntityKey, document: [UInt8]) async throws(TenancyError) {
        guard let entity = try await entity(key) else { throw .entityNotFound(key) }
        write(key, position: entity.position, document)
    }

    package func delete(_ key: EntityKey) async throws(TenancyError) {
        guard let entity = try await entity(key) else { throw .entityNotFound(key) }
        write(key, position: entity.position, nil)
    }

    /// Notes that a transition, `graph/transition`, led to what was just written of an object.
    package func noteTransition(_ transition: String, of key: EntityKey) {
        precondition(writes[key] != nil, "a transition leads to a written state")
        writes[key]?.transitions.append(transition)
    }

    /// Moves money. The balances needed are read in one round trip where they are not known.
    package func post(_ posted: LedgerTransaction) async throws(TenancyError) {
        try await load(accounts: posted.postings.map(\.account))
        for posting in posted.postings {
            let (after, overflow) = balances[posting.account, default: 0]
                .addingReportingOverflow(posting.amount)
            guard !overflow else { throw .ledgerUnbalanced }
            balances[posting.account] = after
            if !touchedAccounts.contains(posting.account) { touchedAccounts.append(posting.account) }
            entries.append(
                LedgerEntry(
                    transaction: transactions, account: posting.account, amount: posting.amount,
                    balanceAfter: after, cause: posted.cause))
            note(.posted(posting.account, amount: posting.amount))
        }
        transactions += 1
    }

    /// Whether this is a dry run: nothing may leave the platform because of it.
    package var isDryRun: Bool { address.session != nil }

    /// An event that occurs at ``now``.
    package func emit(_ event: WorldEvent) { emit(event, at: now) }

    func emit(_ event: WorldEvent, at instant: SandboxInstant) {
        events.append((event, instant))
        note(.emitted(id: event.id, type: event.type))
    }

    /// The answer that later calls with the claimed key get. Kept for a virtual day.
    package func answer(with record: IdempotencyRecord) {
        precondition(idempotency != nil, "no idempotency key was claimed")
        answer = record
    }

    // MARK: Drawing

    /// Randomness of this call for `rule`.
    package func draws(_ rule: String) -> Draws {
        Draws(seed: head.seed, salt: head.salt, tick: head.stamp.tick, rule: rule)
    }

    /// A fresh identifier `prefix_…`, different at each call.
    package func drawID(_ prefix: String) -> String {
        identifiers[prefix, default: draws("id:" + prefix)].identifier(prefix: prefix)
    }

    // MARK: Noting

    /// From here on every effect is noted, for ``takeJournal()``.
    package func keepJournal() { journal = [] }

    /// What was done since the last time.
    package func takeJournal() -> [WorldEffect] {
        defer { if journal != nil { journal = [] } }
        return journal ?? []
    }

    func note(_ effect: WorldEffect) { journal?.append(effect) }

    // MARK: Committing

    /// Ends what was done so far as a commit of its own and begins the next one, at `instant`, with
    /// the next revision and tick. Both leave with the same database transaction, so that many
    /// small commits cost one wait for the disk; what was read stays known.
    package func beginNextCommit(at instant: SandboxInstant) async throws(TenancyError) {
        flush()
        beginCommit(at: instant)
        if timers.changes.count >= Limits.timerChangesUnsent {
            sendTimers()
            statementsUnsent += 2
        }
        try await sendWhatPiledUp()
    }

    /// A round trip of its own, where more statements wait than one should take along.
    func sendWhatPiledUp() async throws(TenancyError) {
        guard statementsUnsent >= Limits.statementsUnsent else { return }
        statementsUnsent = 0
        try await storing { _ = try await transaction.run([]) }
    }

    func beginCommit(at instant: SandboxInstant) {
        hasOwnStamp = true
        head.stamp = WorldStamp(revision: head.stamp.revision + 1, tick: head.stamp.tick + 1)
        now = instant
        identifiers.removeAll()
        created = 0
    }

    /// Gives back the tick of a commit that has changed nothing of the world.
    package func giveBackTick() {
        precondition(
            writes.isEmpty && entries.isEmpty && events.isEmpty, "this commit needs its tick")
        head.stamp = WorldStamp(revision: head.stamp.revision, tick: head.stamp.tick - 1)
        hasOwnStamp = true
    }

    /// Hands over what the commit takes along.
    func flush() {
        let count = writes.count + entries.count + events.count + timers.countNow
        precondition(
            count <= Limits.writesPerCommit, "one call writes more than a commit may hold")
        statementsUnsent += 2 * (count - timers.countNow) + 1
        defer { forgetWritten() }
        for (n, key) in writeOrder.enumerated() {
            guard let write = writes[key] else { continue }
            transaction.enqueue(WorldWrites.upsert(access, head, write))
            transaction.enqueue(WorldWrites.change(access, head, write, n: n))
        }
        for (n, entry) in entries.enumerated() {
            transaction.enqueue(WorldWrites.entry(access, head, entry, n: n))
        }
        for account in touchedAccounts {
            transaction.enqueue(WorldWrites.balance(access, head, account, balances[account] ?? 0))
        }
        for (n, (event, instant)) in events.enumerated() {
            transaction.enqueue(WorldWrites.event(access, head, event, at: instant, n: n))
        }
        if !events.isEmpty, !isDryRun {
            hasDelivered = true
            transaction.enqueue(DeliveryWrites.fanOut(access, head, at: wall))
        }
        timers.endCommit(head.stamp.revision)
    }

    /// Hands over the last of it, with what holds for the whole transaction. At its end, once.
    func finish() {
        endCall()
        flushClock()
        flushClockWork()
    }

    /// Empties what was handed over; what it came to stays known.
    func forgetWritten() {
        for (key, write) in writes {
            known[key] = FoundEntity(
                entity: current[key] ?? nil, version: write.version, position: write.position)
        }
        writes.removeAll(keepingCapacity: true)
        writeOrder.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        touchedAccounts.removeAll(keepingCapacity: true)
        events.removeAll(keepingCapacity: true)
        transactions = 0
    }

    func learn(_ key: EntityKey, _ rows: Rows) {
        guard rows.count == 1 else { return }
        learn(key, FoundEntity(rows[0], key, head))
    }

    /// Whether the balance needs no read.
    func isKnown(_ account: LedgerAccount) -> Bool { balances[account] != nil }

    private func learn(_ key: EntityKey, _ found: FoundEntity) {
        known[key] = found
        current[key] = .some(found.entity)
    }

    func learn(_ account: LedgerAccount, _ rows: Rows) {
        guard rows.count == 1 else { return }
        let column = WorldHead.columnCount
        balances[account] =
            rows[0].isNull(column) ? head.golden.balances[account] ?? 0 : rows[0].int(column)
    }

    private func load(accounts: [LedgerAccount]) async throws(TenancyError) {
        let missing = Array(Set(accounts.filter { balances[$0] == nil }))
        guard !missing.isEmpty else { return }
        try await storing {
            let rows = try await transaction.run(missing.map { WorldReads.balance(address, $0) })
            for (account, rows) in zip(missing, rows) { learn(account, rows) }
        }
    }

    private func write(_ key: EntityKey, position: Int64, _ document: [UInt8]?) {
        let version: Int64 =
            if let write = writes[key] { write.version } else { (known[key]?.version ?? 0) + 1 }
        if writes[key] == nil { writeOrder.append(key) }
        writes[key] = EntityWrite(
            key: key, position: position, version: version, document: document,
            transitions: writes[key]?.transitions ?? [])
        current[key] = .some(
            document.map { Entity(key: key, position: position, version: version, document: $0) })
        note(.changed(key, version: document == nil ? nil : version))
    }
}
