import Access
import Contracts
import Identifiers
import Postgres

/// Writes of one commit. All but the first leave together with the COMMIT.
enum WorldWrites {
    /// Locks the head row and takes the commit's revision and tick. No row: no sandbox.
    static func takeTick(_ address: WorldAddress) -> Call {
        address.call(takeTickStatement)
    }

    static func upsert(_ access: SandboxAccess, _ head: WorldHead, _ write: EntityWrite) -> Call {
        Call(
            upsertStatement, .id(access.tenant), .id(head.layer), .text(write.key.contract),
            .text(write.key.type), .text(write.key.id), .int(write.position),
            .int(head.stamp.revision), .int(write.version), .bool(write.document == nil),
            write.document.map { .utf8($0) } ?? .null)
    }

    static func change(
        _ access: SandboxAccess, _ head: WorldHead, _ write: EntityWrite, n: Int
    ) -> Call {
        Call(
            changeStatement, .id(access.tenant), .id(head.layer), .int(head.stamp.revision),
            .int(Int64(n)), .int(head.stamp.tick), .text(write.key.contract),
            .text(write.key.type), .text(write.key.id), .int(write.position), .int(write.version),
            .bool(write.document == nil), write.document.map { .utf8($0) } ?? .null,
            write.transitions.isEmpty ? .null : .textArray(write.transitions))
    }

    static func entry(_ access: SandboxAccess, _ head: WorldHead, _ entry: LedgerEntry, n: Int) -> Call {
        Call(
            entryStatement, .id(access.tenant), .id(head.layer), .int(head.stamp.revision),
            .int(Int64(n)), .int(Int64(entry.transaction)), .text(entry.account.name),
            .text(entry.account.currency), .int(entry.amount), .int(entry.balanceAfter),
            .text(entry.cause))
    }

    static func balance(
        _ access: SandboxAccess, _ head: WorldHead, _ account: LedgerAccount, _ balance: Int64
    ) -> Call {
        Call(
            balanceStatement, .id(access.tenant), .id(head.layer), .text(account.name),
            .text(account.currency), .int(balance), .int(head.stamp.revision))
    }

    static func event(
        _ access: SandboxAccess, _ head: WorldHead, _ event: WorldEvent, at now: SandboxInstant, n: Int
    ) -> Call {
        Call(
            eventStatement, .id(access.tenant), .id(head.layer), .text(event.id),
            .int(head.stamp.revision), .int(Int64(n)), .text(event.contract), .text(event.type),
            .instant(now), .utf8(event.document),
            event.target.map { .utf8(JSONWriter.bytes($0.document)) } ?? .null)
    }

    private static let takeTickStatement = HeadStatement("world_take_tick") { heads in
        """
        UPDATE \(heads.table) h
        SET revision = h.revision + 1, tick = h.tick + 1
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        RETURNING \(WorldHead.columns)
        """
    }

    private static let upsertStatement = Statement(
        "world_upsert",
        """
        INSERT INTO sbx.entities (
            tenant_id, layer_id, contract, type, entity_id, position, revision, version, deleted,
            document)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (tenant_id, layer_id, contract, type, entity_id) DO UPDATE
        SET revision = EXCLUDED.revision, version = EXCLUDED.version, deleted = EXCLUDED.deleted,
            document = EXCLUDED.document
        """)

    private static let changeStatement = Statement(
        "world_change",
        """
        INSERT INTO sbx.changes (
            tenant_id, layer_id, revision, n, tick, contract, type, entity_id, position, version,
            deleted, document, transitions)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """)

    private static let entryStatement = Statement(
        "world_ledger_entry",
        """
        INSERT INTO sbx.ledger_entries (
            tenant_id, layer_id, revision, n, transaction, account, currency, amount,
            balance_after, cause)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """)

    private static let balanceStatement = Statement(
        "world_ledger_balance",
        """
        INSERT INTO sbx.ledger_balances (tenant_id, layer_id, account, currency, balance, revision)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (tenant_id, layer_id, account, currency) DO UPDATE
        SET balance = EXCLUDED.balance, revision = EXCLUDED.revision
        """)

    private static let eventStatement = Statement(
        "world_event",
        """
        INSERT INTO sbx.events (
            tenant_id, layer_id, id, revision, n, contract, type, occurred_at, document, target)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """)
}
