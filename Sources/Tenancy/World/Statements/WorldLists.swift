import Access
import Identifiers
import Postgres

/// Lists of one type, newest first. Filters and order apply after shadowing: what a nearer layer
/// has changed or deleted is judged by that layer's row alone.
enum WorldLists {
    /// A page in a world without ancestors. One more row than asked for tells whether there is a
    /// next page. Columns: entity id, position, version, document.
    static func page(_ address: WorldAddress, _ query: EntityQuery) -> Call {
        address.call(
            plainStatement, .text(query.contract), .text(query.type),
            .int(query.after ?? Int64.max), .textArray(query.filters.map(\.member)),
            .textArray(query.filters.map(\.value)), .int(Int64(query.rows + 1)))
    }

    /// A stretch of a list through layers: the newest `candidates` objects of each layer below the
    /// position `before`, as far down as all layers have been looked at. Columns: the position
    /// that the stretch ends with, null at the list's end; then those of ``page(_:_:)``, null when
    /// the stretch holds nothing that fits.
    static func stretch(
        _ address: WorldAddress, _ query: EntityQuery, before position: Int64, candidates: Int
    ) -> Call {
        address.call(
            stretchStatement, .text(query.contract), .text(query.type), .int(position),
            .textArray(query.filters.map(\.member)), .textArray(query.filters.map(\.value)),
            .int(Int64(query.rows + 1)), .int(Int64(candidates)))
    }

    /// Ids of golden objects of the type that some layer has changed or deleted.
    static func shadowedGolden(_ address: WorldAddress, _ query: EntityQuery) -> Call {
        address.call(shadowedStatement, .text(query.contract), .text(query.type))
    }

    private static let plainStatement = HeadStatement("world_list") { heads in
        """
        SELECT e.entity_id, e.position, e.version, e.document
        FROM \(heads.table) h
        JOIN sbx.entities e
            ON e.tenant_id = h.tenant_id AND e.layer_id = h.layer_id
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2 AND e.tenant_id = $1
            AND e.contract = $3 AND e.type = $4 AND e.position < $5 AND NOT e.deleted
            AND NOT EXISTS (
                SELECT 1
                FROM unnest($6::text[], $7::text[]) AS filter (member, value)
                WHERE e.document ->> filter.member IS DISTINCT FROM filter.value)
        ORDER BY e.position DESC
        LIMIT $8
        """
    }

    /// An ancestor may have moved on since it became one. Its `entities` name every object that it
    /// ever had; what has changed since is read from `changes` at the revision that is seen.
    private static let stretchStatement = HeadStatement("world_list_stretch") { heads in
        """
        WITH chain AS (
            SELECT h.layer_id, h.revision, 0::bigint AS depth
            FROM \(heads.table) h
            WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
            UNION ALL
            SELECT a.layer_id, a.revision, a.depth
            FROM \(heads.table) h
            CROSS JOIN unnest(h.ancestor_ids, h.ancestor_revisions)
                WITH ORDINALITY AS a (layer_id, revision, depth)
            WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        ),
        candidates AS (
            SELECT l.depth, l.layer_id, l.revision AS seen, e.*
            FROM chain l
            CROSS JOIN LATERAL (
                SELECT e.entity_id, e.position, e.revision, e.version, e.deleted, e.document
                FROM sbx.entities e
                WHERE e.tenant_id = $1 AND e.layer_id = l.layer_id
                    AND e.contract = $3 AND e.type = $4 AND e.position < $5
                ORDER BY e.position DESC
                LIMIT $9
            ) e
        ),
        stretch AS (
            SELECT max(full_layer.lowest) AS lowest
            FROM (
                SELECT min(c.position) AS lowest
                FROM candidates c
                GROUP BY c.layer_id
                HAVING count(*) = $9
            ) full_layer
        ),
        known AS (
            SELECT DISTINCT ON (c.entity_id)
                c.entity_id, c.position, state.version, state.deleted, state.document
            FROM stretch s
            JOIN candidates c ON c.position >= coalesce(s.lowest, 0)
            CROSS JOIN LATERAL (
                SELECT c.version, c.deleted, c.document
                WHERE c.revision <= c.seen
                UNION ALL
                (SELECT old.version, old.deleted, old.document
                FROM sbx.changes old
                WHERE c.revision > c.seen AND old.tenant_id = $1 AND old.layer_id = c.layer_id
                    AND old.contract = $3 AND old.type = $4 AND old.entity_id = c.entity_id
                    AND old.revision <= c.seen
                ORDER BY old.revision DESC
                LIMIT 1)
            ) state
            ORDER BY c.entity_id, c.depth
        )
        SELECT s.lowest, page.entity_id, page.position, page.version, page.document
        FROM stretch s
        LEFT JOIN (
            SELECT k.entity_id, k.position, k.version, k.document
            FROM known k
            WHERE NOT k.deleted
                AND NOT EXISTS (
                    SELECT 1
                    FROM unnest($6::text[], $7::text[]) AS filter (member, value)
                    WHERE k.document ->> filter.member IS DISTINCT FROM filter.value)
            ORDER BY k.position DESC
            LIMIT $8
        ) page ON true
        ORDER BY page.position DESC
        """
    }

    /// 65,536 is the first position of tick 1: all below it are golden.
    private static let shadowedStatement = HeadStatement("world_shadowed_golden") { heads in
        """
        SELECT e.entity_id
        FROM \(heads.table) h
        CROSS JOIN LATERAL unnest(
            h.layer_id || h.ancestor_ids, h.revision || h.ancestor_revisions)
            AS l (layer_id, revision)
        JOIN sbx.entities e ON e.tenant_id = $1 AND e.layer_id = l.layer_id
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
            AND e.contract = $3 AND e.type = $4 AND e.position < 65536
            AND (e.revision <= l.revision OR EXISTS (
                SELECT 1
                FROM sbx.changes c
                WHERE c.tenant_id = $1 AND c.layer_id = l.layer_id AND c.contract = $3
                    AND c.type = $4 AND c.entity_id = e.entity_id AND c.revision <= l.revision))
        """
    }
}
