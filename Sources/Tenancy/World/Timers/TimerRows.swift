import Access
import Identifiers
import Postgres

/// Statements over timers. Those that return timers have the columns id, due, contract, type,
/// entity, kind, payload.
enum TimerRows {
    static func timer(_ row: Row) -> WorldTimer {
        WorldTimer(
            id: row.text(0), dueAt: SandboxInstant(microseconds: row.microseconds(1)),
            contract: row.text(2), type: row.text(3), entityID: row.text(4), kind: row.text(5),
            payload: row.utf8(6))
    }

    /// The year 0, before which RFC 3339 writes no instant.
    static let earliest = SandboxInstant(microseconds: -62_167_219_200_000_000)

    /// Of the own layer alone, which must own the world's timers.
    static func due(
        _ access: SandboxAccess, _ layer: LayerID, from floor: SandboxInstant,
        upTo limit: SandboxInstant, rows: Int
    ) -> Call {
        Call(
            dueStatement, .id(access.tenant), .id(layer), .instant(limit), .int(Int64(rows)),
            .instant(floor))
    }

    /// Ids of those of `ids` that will fire, of the own layer alone.
    static func live(_ access: SandboxAccess, _ layer: LayerID, ids: [String]) -> Call {
        Call(liveStatement, .id(access.tenant), .id(layer), .textArray(ids))
    }

    /// The first of the own layer; of a kind, or of any.
    static func first(
        _ access: SandboxAccess, _ layer: LayerID, kind: String?, rows: Int
    ) -> Call {
        Call(
            firstStatement, .id(access.tenant), .id(layer), .text(orNull: kind), .int(Int64(rows)))
    }

    /// The first of the own layer.
    static func next(_ address: WorldAddress) -> Call { address.call(nextStatement) }

    /// The first through all layers.
    static func nextLayered(_ address: WorldAddress) -> Call { address.call(nextLayeredStatement) }

    /// Copies the live timers that a layer inherits into it.
    static func adopt(_ access: SandboxAccess, layer: LayerID) -> Call {
        Call(adoptStatement, .id(access.tenant), .id(layer))
    }

    /// Notes that the head's layer owns its timers.
    static func own(_ address: WorldAddress) -> Call { address.call(ownStatement) }

    /// The last states of timers, one row each.
    static func upsert(_ access: SandboxAccess, _ layer: LayerID, _ writes: TimerWrites) -> Call {
        Call(
            upsertStatement,
            values: [.id(access.tenant), .id(layer), .textArray(writes.order)]
                + columns(writes.order.map { writes.states[$0] ?? nil }))
    }

    /// Every commit's states, one row each.
    static func change(_ access: SandboxAccess, _ layer: LayerID, _ writes: TimerWrites) -> Call {
        Call(
            changeStatement,
            values: [.id(access.tenant), .id(layer), .textArray(writes.changes.map(\.id))]
                + columns(writes.changes.map(\.timer))
                + [.textArray(writes.changes.map { String($0.revision) })])
    }

    /// `$4` to `$9`: due in microseconds, contract, type, entity, kind, payload.
    private static func columns(_ timers: [WorldTimer?]) -> [PostgresValue] {
        [
            .sparseTextArray(timers.map { $0.map { String($0.dueAt.microseconds) } }),
            .sparseTextArray(timers.map { $0?.contract }),
            .sparseTextArray(timers.map { $0?.type }),
            .sparseTextArray(timers.map { $0?.entityID }),
            .sparseTextArray(timers.map { $0?.kind }),
            .sparseTextArray(timers.map { $0.map { String(decoding: $0.payload, as: UTF8.self) } }),
        ]
    }

    private static let dueStatement = Statement(
        "timer_due",
        """
        SELECT t.timer_id, t.due_at, t.contract, t.type, t.entity_id, t.kind, t.payload
        FROM sbx.timers t
        WHERE t.tenant_id = $1 AND t.layer_id = $2 AND t.due_at <= $3 AND t.due_at >= $5
        ORDER BY t.due_at, t.timer_id
        LIMIT $4
        """)

    private static let liveStatement = Statement(
        "timer_live",
        """
        SELECT t.timer_id
        FROM sbx.timers t
        WHERE t.tenant_id = $1 AND t.layer_id = $2 AND t.timer_id = ANY ($3::text[])
            AND t.due_at IS NOT NULL
        """)

    private static let firstStatement = Statement(
        "timer_first",
        """
        SELECT t.timer_id, t.due_at, t.contract, t.type, t.entity_id, t.kind, t.payload
        FROM sbx.timers t
        WHERE t.tenant_id = $1 AND t.layer_id = $2 AND t.due_at IS NOT NULL
            AND ($3::text IS NULL OR t.kind = $3)
        ORDER BY t.due_at, t.timer_id
        LIMIT $4
        """)

    private static let nextStatement = HeadStatement("timer_next") { heads in
        """
        SELECT t.timer_id, t.due_at, t.contract, t.type, t.entity_id, t.kind, t.payload
        FROM \(heads.table) h
        JOIN sbx.timers t ON t.tenant_id = h.tenant_id AND t.layer_id = h.layer_id
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2 AND t.tenant_id = $1
            AND t.due_at IS NOT NULL
        ORDER BY t.due_at, t.timer_id
        LIMIT 1
        """
    }

    private static let nextLayeredStatement = HeadStatement("timer_next_layered") { heads in
        """
        SELECT known.timer_id, known.due_at, known.contract, known.type, known.entity_id,
            known.kind, known.payload
        FROM (
            SELECT DISTINCT ON (layered.timer_id) layered.*
            FROM \(heads.table) h
            CROSS JOIN LATERAL (
                SELECT 0::bigint AS depth, NULL::bigint AS revision, t.timer_id, t.due_at,
                    t.contract, t.type, t.entity_id, t.kind, t.payload
                FROM sbx.timers t
                WHERE t.tenant_id = $1 AND t.layer_id = h.layer_id
                UNION ALL
                SELECT a.depth, t.revision, t.timer_id, t.due_at,
                    t.contract, t.type, t.entity_id, t.kind, t.payload
                FROM unnest(h.ancestor_ids, h.ancestor_revisions)
                    WITH ORDINALITY AS a (layer_id, revision, depth)
                JOIN sbx.timer_changes t
                    ON t.tenant_id = $1 AND t.layer_id = a.layer_id AND t.revision <= a.revision
            ) layered
            WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
            ORDER BY layered.timer_id, layered.depth, layered.revision DESC
        ) known
        WHERE known.due_at IS NOT NULL
        ORDER BY known.due_at, known.timer_id
        LIMIT 1
        """
    }

    /// Opens a statement with `inherited`: the newest state of each timer below the layer `$2`.
    static let inherited = """
        \(LayerChain.ancestors),
        inherited AS (
            SELECT DISTINCT ON (t.timer_id) t.*
            FROM ancestors a
            JOIN sbx.timer_changes t
                ON t.tenant_id = $1 AND t.layer_id = a.layer_id AND t.revision <= a.revision
            ORDER BY t.timer_id, a.depth, t.revision DESC
        )
        """

    static let adoptStatement = Statement(
        "timer_adopt",
        """
        \(inherited)
        INSERT INTO sbx.timers (
            tenant_id, layer_id, timer_id, due_at, contract, type, entity_id, kind, payload)
        SELECT i.tenant_id, $2, i.timer_id, i.due_at, i.contract, i.type, i.entity_id, i.kind,
            i.payload
        FROM inherited i
        WHERE i.due_at IS NOT NULL
        ON CONFLICT (tenant_id, layer_id, timer_id) DO NOTHING
        """)

    private static let ownStatement = HeadStatement("timer_own") { heads in
        """
        UPDATE \(heads.table) h
        SET owns_timers = true
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        """
    }

    private static let columnNames =
        "tenant_id, layer_id, timer_id, due_at, contract, type, entity_id, kind, payload"

    private static let columnValues = """
        $1::uuid, $2::uuid, w.timer_id, 'epoch'::timestamptz + w.due_us * interval '1 microsecond',
            w.contract, w.type, w.entity_id, w.kind, w.payload::json
        """

    private static let upsertStatement = Statement(
        "timer_upsert",
        """
        INSERT INTO sbx.timers (\(columnNames))
        SELECT \(columnValues)
        FROM unnest(
            $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
            AS w (timer_id, due_us, contract, type, entity_id, kind, payload)
        ON CONFLICT (tenant_id, layer_id, timer_id) DO UPDATE
        SET due_at = EXCLUDED.due_at, contract = EXCLUDED.contract, type = EXCLUDED.type,
            entity_id = EXCLUDED.entity_id, kind = EXCLUDED.kind, payload = EXCLUDED.payload
        """)

    private static let changeStatement = Statement(
        "timer_change",
        """
        INSERT INTO sbx.timer_changes (\(columnNames), revision)
        SELECT \(columnValues), w.revision
        FROM unnest(
            $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
            $10::bigint[])
            AS w (timer_id, due_us, contract, type, entity_id, kind, payload, revision)
        """)
}
