package import Access
import Contracts
package import Identifiers
import Postgres
package import Runtime

/// The simulated world of a sandbox: reads outside a transaction here, everything that changes it
/// through ``transaction(as:idempotency:preloading:_:)``.
package struct WorldStore: Sendable {
    let database: TenantDatabase
    package let clock: any WallClock
    let random: any RandomSource
    /// Set in a store that ``inDryRun(_:)`` gave.
    private(set) var session: DryRunID?
    /// Who fires what is due before a call.
    package let clockSeat = ClockSeat()
    let lines = SandboxLines()

    /// Told after each commit with events, from which deliveries may have come.
    let onEvents: @Sendable () -> Void

    /// `random` makes ids of layers and checkpoints, which no simulated byte depends on.
    package init(
        database: TenantDatabase, clock: any WallClock, random: any RandomSource,
        onEvents: @escaping @Sendable () -> Void = {}
    ) {
        self.database = database
        self.clock = clock
        self.random = random
        self.onEvents = onEvents
    }

    /// The same world as a dry-run session sees it: reads and transactions run on the session's
    /// head. They fail with `sandboxNotFound` once the session has ended.
    package func inDryRun(_ session: DryRunID) -> WorldStore {
        var store = self
        store.session = session
        return store
    }

    func address(_ access: SandboxAccess) -> WorldAddress {
        WorldAddress(access: access, session: session)
    }

    /// A transaction that takes the sandbox's head row, in its turn among those of the sandbox.
    /// Waits for its turn, for a connection and for the row at most as long as the pool lets wait
    /// for a connection, each. Fails with `sandboxBusy` where that was not enough, but with
    /// `clockAdvancing` where a move of the clock is under way, and at once with
    /// `idempotencyKeyInUse`; else with what `body` or the database throws.
    func inTurn<Value>(
        as access: SandboxAccess, key: Int64? = nil,
        _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        try await sayingWhyBusy(access) {
            try await lines.inTurn(for: access.sandbox, key: key, patience: database.patience) {
                try await database.transaction(as: access, body)
            }
        }
    }

    func sayingWhyBusy<Value>(
        _ access: SandboxAccess, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let error as PostgresError where error.serverError?.isLockUnavailable == true {
            throw try await whyBusy(access)
        } catch TenancyError.sandboxBusy {
            throw try await whyBusy(access)
        }
    }

    private func whyBusy(_ access: SandboxAccess) async throws(TenancyError) -> TenancyError {
        try await head(as: access).advance == nil ? .sandboxBusy : .clockAdvancing
    }

    /// Where the world stands, its seed and its clock.
    package func head(as access: SandboxAccess) async throws(TenancyError) -> WorldHead {
        let address = self.address(access)
        return try await storing {
            let rows = try await database.read(as: access, [WorldReads.head(address)])
            guard rows[0].count == 1 else { throw TenancyError.sandboxNotFound }
            return WorldHead(rows[0][0])
        }
    }

    /// One object, or nil where no layer and no golden world has it. One round trip.
    package func entity(
        _ key: EntityKey, as access: SandboxAccess
    ) async throws(TenancyError) -> (head: WorldHead, entity: Entity?) {
        let address = self.address(access)
        return try await storing {
            let rows = try await database.read(as: access, [WorldReads.entity(address, key)])
            guard rows[0].count == 1 else { throw TenancyError.sandboxNotFound }
            let head = WorldHead(rows[0][0])
            return (head, FoundEntity(rows[0][0], key, head).entity)
        }
    }

    /// One object, or nil where no layer and no golden world has it.
    ///
    /// What the sandbox's own layer knows is final, deleted or not, and for it this is the cheapest
    /// read there is: no head, no fall-through. Everything else takes a second round trip, but for
    /// keys of the golden world, which are likely to be found there, it is the only one.
    package func object(
        _ key: EntityKey, as access: SandboxAccess
    ) async throws(TenancyError) -> Entity? {
        guard GoldenWorld.current.entity(key) == nil else {
            return try await entity(key, as: access).entity
        }
        let address = self.address(access)
        let own = try await storing {
            try await database.read(as: access, [WorldReads.ownEntity(address, key)])[0]
        }
        guard let row = own.first else { return try await entity(key, as: access).entity }
        return FoundEntity(row, key).entity
    }

    /// Objects of a type, newest first. One round trip; two in a world with ancestors, or a few
    /// more where filters and deletions leave little of much.
    package func list(
        _ query: EntityQuery, as access: SandboxAccess
    ) async throws(TenancyError) -> EntityPage {
        let address = self.address(access)
        return try await storing {
            let rows = try await database.read(
                as: access,
                [
                    WorldReads.head(address), WorldLists.page(address, query),
                    WorldLists.shadowedGolden(address, query),
                ])
            guard rows[0].count == 1 else { throw TenancyError.sandboxNotFound }
            let head = WorldHead(rows[0][0])
            let shadowed = Set((0..<rows[2].count).map { rows[2][$0].text(0) })
            let stored =
                head.hasAncestors
                ? try await layered(query, address)
                : rows[1].map { entity(query, $0, from: 0) }
            return page(query, head, stored: stored, shadowed: shadowed)
        }
    }

    /// Goes down the layers by stretches until the page is full.
    private func layered(
        _ query: EntityQuery, _ address: WorldAddress
    ) async throws(PostgresError) -> [Entity] {
        var found: [Entity] = []
        var position = query.after ?? .max
        var candidates = query.rows + 1
        while true {
            let rows = try await database.read(
                as: address.access,
                [
                    WorldLists.stretch(
                        address, query, before: position, candidates: candidates)
                ])[0]
            found += rows.filter { !$0.isNull(1) }.map { entity(query, $0, from: 1) }
            guard found.count <= query.rows, let lowest = rows.first?.intOrNil(0) else { break }
            position = lowest
            candidates = min(candidates * 8, Limits.listCandidates)
        }
        return Array(found.prefix(query.rows + 1))
    }

    /// Columns entity id, position, version, document.
    private func entity(_ query: EntityQuery, _ row: Row, from column: Int) -> Entity {
        Entity(
            key: EntityKey(contract: query.contract, type: query.type, id: row.text(column)),
            position: row.int(column + 1), version: row.int(column + 2),
            document: row.utf8(column + 3))
    }

    /// Every balance of the ledger, by account and currency.
    package func balances(
        as access: SandboxAccess
    ) async throws(TenancyError) -> [LedgerAccount: Int64] {
        let address = self.address(access)
        return try await storing {
            let rows = try await database.read(
                as: access, [WorldReads.head(address), WorldReads.balances(address)])
            guard rows[0].count == 1 else { throw TenancyError.sandboxNotFound }
            var balances = WorldHead(rows[0][0]).golden.balances
            for index in 0..<rows[1].count {
                let row = rows[1][index]
                let account = LedgerAccount(name: row.text(0), currency: row.text(1))
                balances[account] = row.int(2)
            }
            return balances
        }
    }

    /// Stored objects of the page, then those golden ones that nothing shadows. Golden positions
    /// are the lowest, so they only follow when the stored ones are at an end or among them.
    private func page(
        _ query: EntityQuery, _ head: WorldHead, stored: [Entity], shadowed: Set<String>
    ) -> EntityPage {
        var entities = stored
        if stored.count <= query.rows || entities.contains(where: { $0.position < 65_536 }) {
            let golden = visibleGolden(query, head, shadowed: shadowed)
            entities = (entities + golden).sorted { $0.position > $1.position }
        }
        let page = Array(entities.prefix(query.rows))
        let next = entities.count > query.rows ? page.last.map { PositionCursor.token($0.position) } : nil
        return EntityPage(entities: page, next: next, head: head)
    }

    private func visibleGolden(
        _ query: EntityQuery, _ head: WorldHead, shadowed: Set<String>
    ) -> [Entity] {
        head.golden.entities(contract: query.contract, type: query.type)
            .filter { $0.position < query.after ?? Int64.max && !shadowed.contains($0.key.id) }
            .map { $0.entity(timeZero: head.timeZero) }
            .filter { entity in
                guard !query.filters.isEmpty else { return true }
                guard let document = try? JSONParser.parse(entity.document) else {
                    preconditionFailure("golden documents are JSON")
                }
                return query.matches(document)
            }
    }
}

/// What a read of one object has found in the layers and below them.
struct FoundEntity {
    /// Nil when deleted or never there.
    let entity: Entity?
    /// The number the next version follows, and the place in lists: also of deleted objects.
    let version: Int64
    let position: Int64?

    init(entity: Entity?, version: Int64, position: Int64?) {
        self.entity = entity
        self.version = version
        self.position = position
    }

    /// Columns position, version, deleted, document; behind the head's unless said otherwise.
    init(
        _ row: Row, _ key: EntityKey, _ head: WorldHead, from column: Int = WorldHead.columnCount
    ) {
        guard row.isNull(column) else {
            self.init(row, key, from: column)
            return
        }
        self.init(golden: head.golden.entity(key)?.entity(timeZero: head.timeZero))
    }

    private init(golden entity: Entity?) {
        self.entity = entity
        version = entity?.version ?? 0
        position = entity?.position
    }

    /// Columns position, version, deleted, document, none of them null but the last.
    init(_ row: Row, _ key: EntityKey, from column: Int = 0) {
        let position = row.int(column)
        let version = row.int(column + 1)
        self.position = position
        self.version = version
        entity =
            row.bool(column + 2)
            ? nil
            : Entity(key: key, position: position, version: version, document: row.utf8(column + 3))
    }
}
