package import Access
package import Contracts
import Identifiers
import Postgres
package import Tenancy

/// One event of a sandbox's present world.
package struct StoredEvent: Sendable {
    package let id: String
    /// Its place: the commit, and the number in it.
    package let revision: Int64
    package let n: Int64
    /// UTF-8 JSON, as delivered.
    package let document: [UInt8]

    /// The opaque cursor of a list, and the id of a live stream's event.
    package var cursor: String { "e1_\(revision)_\(n)" }

    /// A cursor behind all that a commit has led to.
    package static func cursor(behind revision: Int64) -> String { "e1_\(revision)_\(Int32.max)" }

    static func place(_ cursor: String) -> (revision: Int64, n: Int64)? {
        let parts = cursor.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "e1", let revision = Int64(parts[1]),
            let n = Int64(parts[2]), revision >= 0, (0...Int64(Int32.max)).contains(n)
        else { return nil }
        return (revision, n)
    }
}

/// The simulated events of a sandbox: what has happened, and making something have happened to an
/// object that is there.
package struct EventStore: Sendable {
    private let database: TenantDatabase
    private let world: WorldStore
    private let typesByName: [String: EventType]

    package let types: [EventType]

    package init(database: TenantDatabase, world: WorldStore, types: [EventType]) {
        self.database = database
        self.world = world
        self.types = types
        typesByName = Dictionary(types.map { ($0.name, $0) }) { first, _ in first }
    }

    /// Newest first. `types` filters like an endpoint does; `cursor` is the `next` of the page
    /// before.
    package func events(
        _ filter: EventFilter?, rows: Int, cursor: String?, as access: SandboxAccess
    ) async throws(WebhookError) -> (events: [StoredEvent], next: String?) {
        let before = try cursor.map { text throws(WebhookError) in
            guard let place = StoredEvent.place(text) else { throw .cursor }
            return place
        }
        let found = try await read(
            Self.older, filter, rows: rows + 1, place: before ?? (.max, 0), as: access)
        let page = Array(found.prefix(rows))
        return (page, found.count > rows ? page.last?.cursor : nil)
    }

    /// Oldest first, those behind `cursor`; for live streams.
    package func events(
        after cursor: String, as access: SandboxAccess
    ) async throws(WebhookError) -> [StoredEvent] {
        guard let place = StoredEvent.place(cursor) else { throw .cursor }
        return try await read(
            Self.newer, nil, rows: WebhookLimits.streamRows, place: place, as: access)
    }

    /// The cursor behind everything that has happened so far.
    package func end(as access: SandboxAccess) async throws(WebhookError) -> String {
        do throws(TenancyError) {
            let head = try await world.head(as: access)
            return StoredEvent.cursor(behind: head.stamp.revision)
        } catch {
            throw .tenancy(error)
        }
    }

    package func event(
        _ id: String, as access: SandboxAccess
    ) async throws(WebhookError) -> StoredEvent {
        try await webhookStoring {
            let rows = try await database.read(
                as: access, [Call(Self.one, .id(access.tenant), .id(access.sandbox), .text(id))])
            guard let row = rows[0].first else {
                throw WebhookError.notFound(kind: "event", id: id)
            }
            return Self.event(row)
        }
    }

    /// Lets `type` have happened to an object: the one with the id `object`, or the newest of its
    /// kind. `overrides` are merged over it (RFC 7396) for the event alone; the object stays as it
    /// is. Endpoints get it like any event.
    package func emit(
        _ type: String, object: String?, overrides: JSONValue?, as access: SandboxAccess
    ) async throws(WebhookError) -> StoredEvent {
        guard let type = typesByName[type] else {
            throw .notFound(kind: "event type", id: type)
        }
        return try await webhookStoring {
            let key = try await self.key(of: object, type, as: access)
            return try await happen(Preload(entities: [key]), as: access) { transaction in
                guard let entity = try await transaction.entity(key) else {
                    throw WebhookError.notFound(kind: type.entity, id: key.id)
                }
                let document = try Self.json(entity.document).merged(with: overrides ?? [:])
                return EventEnvelope.event(
                    type.name, contract: type.contract, object: document, in: transaction)
            }
        }
    }

    /// Lets a webhook that a contract declares have happened, with a body that fits the contract:
    /// the same for the same seed and tick. `overrides` are merged over it (RFC 7396).
    package func emit(
        _ type: DeclaredEventType, overrides: JSONValue?, as access: SandboxAccess
    ) async throws(WebhookError) -> StoredEvent {
        try await webhookStoring {
            try await happen(Preload(), as: access) { transaction in
                let body = try type.webhook.made(overrides, type.name, in: transaction)
                let target = type.webhook.target(type.name, in: transaction) { _ in nil }
                let isUsual = target.method == "POST" && target.fields.isEmpty && target.query.isEmpty
                return EventEnvelope.event(
                    type.name, contract: type.contract, object: body ?? .null, in: transaction,
                    to: isUsual ? nil : target)
            }
        }
    }

    /// A commit of one event.
    private func happen(
        _ preload: Preload, as access: SandboxAccess,
        _ make: (WorldTransaction) async throws -> WorldEvent
    ) async throws -> StoredEvent {
        let outcome = try await world.transaction(as: access, preloading: preload) { transaction in
            let event = try await make(transaction)
            transaction.emit(event)
            return StoredEvent(
                id: event.id, revision: transaction.head.stamp.revision, n: 0,
                document: event.document)
        }
        guard case .committed(let event) = outcome else {
            preconditionFailure("without an idempotency key nothing is replayed")
        }
        return event
    }

    private func key(
        of object: String?, _ type: EventType, as access: SandboxAccess
    ) async throws -> EntityKey {
        if let object { return EntityKey(contract: type.contract, type: type.entity, id: object) }
        let query = try EntityQuery(contract: type.contract, type: type.entity, rows: 1)
        guard let newest = try await world.list(query, as: access).entities.first else {
            throw WebhookError.notFound(kind: type.entity, id: "any")
        }
        return newest.key
    }

    private func read(
        _ statement: Statement, _ filter: EventFilter?, rows: Int,
        place: (revision: Int64, n: Int64), as access: SandboxAccess
    ) async throws(WebhookError) -> [StoredEvent] {
        try await webhookStoring {
            let found = try await database.transaction(as: access, on: .search) { transaction in
                try await transaction.run(
                    Call(
                        statement, .id(access.tenant), .id(access.sandbox),
                        .text(orNull: filter?.likePattern), .int(place.revision), .int(place.n),
                        .int(Int64(rows))))
            }
            return found.map(Self.event)
        }
    }

    private static func event(_ row: Row) -> StoredEvent {
        StoredEvent(
            id: row.text(0), revision: row.int(1), n: row.int(2), document: row.utf8(3))
    }

    private static func json(_ document: [UInt8]) throws(WebhookError) -> JSONValue {
        do {
            return try JSONParser.parse(document)
        } catch {
            preconditionFailure("stored documents are JSON")
        }
    }
}

extension EventStore {
    /// The head's layer and its ancestors, each as far as it is seen.
    private static let visible = """
        sbx.sandbox_heads h
            CROSS JOIN LATERAL unnest(
                h.layer_id || h.ancestor_ids, h.revision || h.ancestor_revisions) AS l (id, revision)
            JOIN sbx.events e
                ON e.tenant_id = h.tenant_id AND e.layer_id = l.id AND e.revision <= l.revision
        """

    private static let older = Statement(
        "events_older",
        """
        SELECT e.id, e.revision, e.n, e.document
        FROM \(visible)
        WHERE h.tenant_id = $1 AND h.sandbox_id = $2 AND ($3::text IS NULL OR e.type LIKE $3)
            AND (e.revision, e.n) < ($4, $5)
        ORDER BY e.revision DESC, e.n DESC
        LIMIT $6
        """)

    private static let newer = Statement(
        "events_newer",
        """
        SELECT e.id, e.revision, e.n, e.document
        FROM \(visible)
        WHERE h.tenant_id = $1 AND h.sandbox_id = $2 AND ($3::text IS NULL OR e.type LIKE $3)
            AND (e.revision, e.n) > ($4, $5)
        ORDER BY e.revision, e.n
        LIMIT $6
        """)

    private static let one = Statement(
        "events_one",
        """
        SELECT e.id, e.revision, e.n, e.document
        FROM \(visible)
        WHERE h.tenant_id = $1 AND h.sandbox_id = $2 AND e.id = $3
        """)
}

extension JSONValue {
    /// RFC 7396: members of `patch` replace, null removes, objects merge, anything else stands for
    /// itself.
    func merged(with patch: JSONValue) -> JSONValue {
        guard case .object(let members) = patch else { return patch }
        var merged: JSONValue = object == nil ? [:] : self
        for member in members.members {
            if member.value.isNull {
                merged[member.name] = nil
            } else {
                merged[member.name] = (merged[member.name] ?? .null).merged(with: member.value)
            }
        }
        return merged
    }
}
