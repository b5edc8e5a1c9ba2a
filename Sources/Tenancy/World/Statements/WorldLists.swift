import Access
import Identifiers
import Postgres

/// Lists of one type, newest first. Filters and order apply after shadowing: what a nearer layer
/// has changed or deleted is judged by that layer's row alone.
enum WorldLists {
    /// One more row than asked for tells whether there is a next page. Columns: entity id,
    /// position, version, document.
    static func page(_ address: WorldAddress, _ query: EntityQuery, hasAncestors: Bool) -> Call {
        address.call(
            hasAncestors ? layeredStatement : plainStatement, .text(query.contract), .text(query.type),
            .int(query.after ?? Int64.max), .textArray(query.filters.map(\.member)),
            .textArray(query.filters.map(\.value)), .int(Int64(query.rows + 1)))
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

    private static let layeredStatement = HeadStatement("world_list_layered") { heads in
        """
        SELECT visible.entity_id, visible.position, visible.version, visible.document
        FROM (
            SELECT DISTINCT ON (known.entity_id) known.*
            FROM \(heads.table) h
            CROSS JOIN LATERAL (
                SELECT 0::bigint AS depth, e.entity_id, e.position, e.version, e.deleted, e.document
                FROM sbx.entities e
                WHERE e.tenant_id = $1 AND e.layer_id = h.layer_id
                    AND e.contract = $3 AND e.type = $4
                UNION ALL
                SELECT a.depth, c.entity_id, c.position, c.version, c.deleted, c.document
                FROM unnest(h.ancestor_ids, h.ancestor_revisions)
                    WITH ORDINALITY AS a (layer_id, revision, depth)
                CROSS JOIN LATERAL (
                    SELECT DISTINCT ON (c.entity_id)
                        c.entity_id, c.position, c.version, c.deleted, c.document
                    FROM sbx.changes c
                    WHERE c.tenant_id = $1 AND c.layer_id = a.layer_id
                        AND c.contract = $3 AND c.type = $4 AND c.revision <= a.revision
                    ORDER BY c.entity_id, c.revision DESC
                ) c
            ) known
            WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
            ORDER BY known.entity_id, known.depth
        ) visible
        WHERE visible.position < $5 AND NOT visible.deleted
            AND NOT EXISTS (
                SELECT 1
                FROM unnest($6::text[], $7::text[]) AS filter (member, value)
                WHERE visible.document ->> filter.member IS DISTINCT FROM filter.value)
        ORDER BY visible.position DESC
        LIMIT $8
        """
    }

    /// 65,536 is the first position of tick 1: all below it are golden.
    private static let shadowedStatement = HeadStatement("world_shadowed_golden") { heads in
        """
        SELECT e.entity_id
        FROM \(heads.table) h
        JOIN sbx.entities e
            ON e.tenant_id = h.tenant_id AND e.layer_id = h.layer_id
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2 AND e.tenant_id = $1
            AND e.contract = $3 AND e.type = $4 AND e.position < 65536
        UNION
        SELECT c.entity_id
        FROM \(heads.table) h
        CROSS JOIN unnest(h.ancestor_ids, h.ancestor_revisions) AS a (layer_id, revision)
        JOIN sbx.changes c
            ON c.tenant_id = h.tenant_id AND c.layer_id = a.layer_id AND c.revision <= a.revision
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2 AND c.tenant_id = $1
            AND c.contract = $3 AND c.type = $4 AND c.position < 65536
        """
    }
}
