import Access
import Identifiers
import Postgres

/// Reads of the world. Each begins at the sandbox's head row and falls through: own layer, then
/// ancestors at their revisions. The golden world follows in memory. The nearest layer that knows
/// an object wins, also when it knows it as deleted.
enum WorldReads {
    static func head(_ address: WorldAddress) -> Call {
        address.call(headStatement)
    }

    /// One row, or none without a sandbox: the head, then position, version, deleted and document,
    /// null when no layer knows the object.
    static func entity(_ address: WorldAddress, _ key: EntityKey) -> Call {
        address.call(entityStatement, .text(key.contract), .text(key.type), .text(key.id))
    }

    /// One row a key, in their order: position, version, deleted and document, null when no layer knows
    /// the object. For a head that is known already.
    static func entities(_ address: WorldAddress, _ keys: [EntityKey]) -> Call {
        address.call(
            entitiesStatement, .textArray(keys.map(\.contract)), .textArray(keys.map(\.type)),
            .textArray(keys.map(\.id)))
    }

    /// Position, version, deleted and document of what the own layer knows of the object; no row
    /// where it knows nothing.
    static func ownEntity(_ address: WorldAddress, _ key: EntityKey) -> Call {
        address.call(ownEntityStatement, .text(key.contract), .text(key.type), .text(key.id))
    }

    /// The same for a ledger account: the head, then its balance or null.
    static func balance(_ address: WorldAddress, _ account: LedgerAccount) -> Call {
        address.call(balanceStatement, .text(account.name), .text(account.currency))
    }

    /// Account, currency, balance of every account that a layer knows. An ancestor's balance that
    /// has moved on since is read from its entries.
    static func balances(_ address: WorldAddress) -> Call {
        address.call(balancesStatement)
    }

    private static let headStatement = HeadStatement("world_head") { heads in
        """
        SELECT \(WorldHead.columns)
        FROM \(heads.table) h
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        """
    }

    /// A sandbox without ancestors costs two index look-ups: the unnest of nothing has no rows.
    private static let entityStatement = HeadStatement("world_entity") { heads in
        """
        SELECT \(WorldHead.columns),
            found.position, found.version, found.deleted, found.document
        FROM \(heads.table) h
        LEFT JOIN LATERAL (
            \(found(contract: "$3", type: "$4", id: "$5"))
        ) found ON true
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        """
    }

    private static let entitiesStatement = HeadStatement("world_entities") { heads in
        """
        SELECT found.position, found.version, found.deleted, found.document
        FROM \(heads.table) h
        CROSS JOIN unnest($3::text[], $4::text[], $5::text[])
            WITH ORDINALITY AS k (contract, type, id, n)
        LEFT JOIN LATERAL (
            \(found(contract: "k.contract", type: "k.type", id: "k.id"))
        ) found ON true
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        ORDER BY k.n
        """
    }

    /// What the nearest layer of the head `h` that knows an object knows of it.
    private static func found(contract: String, type: String, id: String) -> String {
        """
        SELECT 0::bigint AS depth, e.position, e.version, e.deleted, e.document
            FROM sbx.entities e
            WHERE e.tenant_id = $1 AND e.layer_id = h.layer_id
                AND e.contract = \(contract) AND e.type = \(type) AND e.entity_id = \(id)
            UNION ALL
            SELECT a.depth, c.position, c.version, c.deleted, c.document
            FROM unnest(h.ancestor_ids, h.ancestor_revisions)
                WITH ORDINALITY AS a (layer_id, revision, depth)
            CROSS JOIN LATERAL (
                SELECT c.position, c.version, c.deleted, c.document
                FROM sbx.changes c
                WHERE c.tenant_id = $1 AND c.layer_id = a.layer_id
                    AND c.contract = \(contract) AND c.type = \(type)
                    AND c.entity_id = \(id) AND c.revision <= a.revision
                ORDER BY c.revision DESC
                LIMIT 1
            ) c
            ORDER BY depth
            LIMIT 1
        """
    }

    private static let ownEntityStatement = HeadStatement("world_own_entity") { heads in
        """
        SELECT e.position, e.version, e.deleted, e.document
        FROM sbx.entities e
        WHERE e.tenant_id = $1
            AND e.layer_id = (
                SELECT h.layer_id
                FROM \(heads.table) h
                WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
            )
            AND e.contract = $3 AND e.type = $4 AND e.entity_id = $5
        """
    }

    private static let balanceStatement = HeadStatement("world_balance") { heads in
        """
        SELECT \(WorldHead.columns), found.balance
        FROM \(heads.table) h
        LEFT JOIN LATERAL (
            SELECT 0::bigint AS depth, b.balance
            FROM sbx.ledger_balances b
            WHERE b.tenant_id = $1 AND b.layer_id = h.layer_id
                AND b.account = $3 AND b.currency = $4
            UNION ALL
            SELECT a.depth, l.balance_after
            FROM unnest(h.ancestor_ids, h.ancestor_revisions)
                WITH ORDINALITY AS a (layer_id, revision, depth)
            CROSS JOIN LATERAL (
                SELECT l.balance_after
                FROM sbx.ledger_entries l
                WHERE l.tenant_id = $1 AND l.layer_id = a.layer_id
                    AND l.account = $3 AND l.currency = $4 AND l.revision <= a.revision
                ORDER BY l.revision DESC, l.n DESC
                LIMIT 1
            ) l
            ORDER BY depth
            LIMIT 1
        ) found ON true
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        """
    }

    private static let balancesStatement = HeadStatement("world_balances") { heads in
        """
        SELECT DISTINCT ON (known.account, known.currency)
            known.account, known.currency, known.balance
        FROM \(heads.table) h
        CROSS JOIN LATERAL (
            SELECT 0::bigint AS depth, b.account, b.currency, b.balance
            FROM sbx.ledger_balances b
            WHERE b.tenant_id = $1 AND b.layer_id = h.layer_id
            UNION ALL
            SELECT a.depth, b.account, b.currency, state.balance
            FROM unnest(h.ancestor_ids, h.ancestor_revisions)
                WITH ORDINALITY AS a (layer_id, revision, depth)
            JOIN sbx.ledger_balances b ON b.tenant_id = $1 AND b.layer_id = a.layer_id
            CROSS JOIN LATERAL (
                SELECT b.balance
                WHERE b.revision <= a.revision
                UNION ALL
                (SELECT l.balance_after
                FROM sbx.ledger_entries l
                WHERE b.revision > a.revision AND l.tenant_id = $1 AND l.layer_id = a.layer_id
                    AND l.account = b.account AND l.currency = b.currency
                    AND l.revision <= a.revision
                ORDER BY l.revision DESC, l.n DESC
                LIMIT 1)
            ) state
        ) known
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        ORDER BY known.account, known.currency, known.depth
        """
    }
}
