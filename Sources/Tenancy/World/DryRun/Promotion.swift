import Access
import Postgres

/// Writes what a dry-run session did into a transaction on the sandbox itself.
struct Promotion {
    private let world: WorldTransaction

    init(_ world: WorldTransaction) {
        self.world = world
    }

    /// The rows are those of ``DryRunRows``.
    func apply(objects: Rows, entries: Rows, events: Rows, timers: Rows) async throws {
        try await apply(objects)
        try await post(entries)
        for row in events {
            world.emit(
                WorldEvent(
                    id: row.text(0), contract: row.text(1), type: row.text(2),
                    document: row.utf8(4), target: row.utf8OrNil(5).flatMap { EventTarget(stored: $0) }),
                at: SandboxInstant(microseconds: row.microseconds(3)))
        }
        for row in timers {
            if row.isNull(1) {
                world.cancelTimer(row.text(0))
            } else {
                world.schedule(TimerRows.timer(row))
            }
        }
    }

    private func apply(_ objects: Rows) async throws {
        let touched = objects.map { TouchedObject($0, world.head) }
        try await world.load(touched.map(\.key))
        var moved: [EntityKey] = []
        for object in touched where try await !object.isUnmoved(world.entity(object.key)) {
            moved.append(object.key)
        }
        guard moved.isEmpty else { throw TenancyError.dryRunConflict(moved) }
        for object in touched {
            let isThere = try await world.entity(object.key) != nil
            switch object.document {
            case .some(let document) where isThere:
                try await world.replace(object.key, document: document)
            case .some(let document): try await world.create(object.key, document: document)
            case nil where isThere: try await world.delete(object.key)
            case nil: break
            }
        }
    }

    /// Entries of one transaction of one commit follow each other.
    private func post(_ entries: Rows) async throws {
        var start = entries.startIndex
        while start < entries.endIndex {
            let (revision, number) = (entries[start].int(0), entries[start].int(1))
            let end =
                entries[start...].firstIndex { $0.int(0) != revision || $0.int(1) != number }
                ?? entries.endIndex
            let postings = entries[start..<end].map { row in
                Posting(LedgerAccount(name: row.text(2), currency: row.text(3)), row.int(4))
            }
            try await world.post(LedgerTransaction(cause: entries[start].text(5), postings))
            start = end
        }
    }
}

/// An object that a session has written, with what the session began from.
private struct TouchedObject {
    let key: EntityKey
    /// Nil when the session has deleted it.
    let document: [UInt8]?
    /// What stood there when the session began.
    private let baseVersion: Int64
    private let baseDocument: [UInt8]?

    init(_ row: Row, _ head: WorldHead) {
        key = EntityKey(contract: row.text(0), type: row.text(1), id: row.text(2))
        document = row.utf8OrNil(3)
        if row.isNull(4) {
            let golden = head.golden.entity(key)?.entity(timeZero: head.timeZero)
            baseVersion = golden?.version ?? 0
            baseDocument = golden?.document
        } else {
            baseVersion = row.int(4)
            baseDocument = row.utf8OrNil(5)
        }
    }

    func isUnmoved(_ current: Entity?) -> Bool {
        guard let current else { return baseDocument == nil }
        return current.version == baseVersion && current.document == baseDocument
    }
}
