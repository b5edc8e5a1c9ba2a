import Access
import Identifiers
import Postgres

/// The comparison of two points by their layers.
enum DiffRows {
    /// Objects written where the layers of the two points differ, after the key `after`. Columns:
    /// contract, type, id, then version, deleted and document at the one point and at the other,
    /// null where only the golden world may know the object.
    static func candidates(
        _ from: WorldPoint, _ to: WorldPoint, after key: EntityKey?, rows: Int,
        _ access: SandboxAccess
    ) -> Call {
        Call(
            candidatesStatement, .id(access.tenant), from.layers.ids, from.layers.revisions,
            to.layers.ids, to.layers.revisions, .text(key?.contract ?? ""), .text(key?.type ?? ""),
            .text(key?.id ?? ""), .int(Int64(rows)))
    }

    static func key(_ row: Row) -> EntityKey {
        EntityKey(contract: row.text(0), type: row.text(1), id: row.text(2))
    }

    static func difference(
        _ row: Row, from: WorldPoint, to: WorldPoint
    ) -> EntityDifference? {
        let key = key(row)
        return EntityDifference(
            key, before: entity(row, 3, key, from), after: entity(row, 6, key, to))
    }

    private static func entity(
        _ row: Row, _ column: Int, _ key: EntityKey, _ point: WorldPoint
    ) -> Entity? {
        guard !row.isNull(column) else {
            return point.golden.entity(key)?.entity(timeZero: point.timeZero)
        }
        guard !row.bool(column + 1) else { return nil }
        return Entity(
            key: key, position: 0, version: row.int(column), document: row.utf8(column + 2))
    }

    private static func state(_ layers: String) -> String {
        """
        LEFT JOIN LATERAL (
            SELECT c.version, c.deleted, c.document
            FROM \(layers) a
            CROSS JOIN LATERAL (
                SELECT c.version, c.deleted, c.document
                FROM sbx.changes c
                WHERE c.tenant_id = $1 AND c.layer_id = a.layer_id
                    AND c.contract = k.contract AND c.type = k.type AND c.entity_id = k.entity_id
                    AND c.revision <= a.revision
                ORDER BY c.revision DESC
                LIMIT 1
            ) c
            ORDER BY a.depth
            LIMIT 1
        )
        """
    }

    /// A layer of both points differs by the revisions between the two at which it is seen.
    private static let candidatesStatement = Statement(
        "world_diff",
        """
        WITH before AS (
            SELECT *
            FROM unnest($2::uuid[], $3::text[]::bigint[])
                WITH ORDINALITY AS a (layer_id, revision, depth)
        ),
        after AS (
            SELECT *
            FROM unnest($4::uuid[], $5::text[]::bigint[])
                WITH ORDINALITY AS a (layer_id, revision, depth)
        ),
        written AS (
            SELECT DISTINCT c.contract, c.type, c.entity_id
            FROM before b
            FULL JOIN after a ON a.layer_id = b.layer_id
            JOIN sbx.changes c
                ON c.tenant_id = $1 AND c.layer_id = coalesce(a.layer_id, b.layer_id)
                AND c.revision > least(coalesce(a.revision, -1), coalesce(b.revision, -1))
                AND c.revision <= greatest(a.revision, b.revision)
            WHERE (c.contract, c.type, c.entity_id) > ($6, $7, $8)
            ORDER BY c.contract, c.type, c.entity_id
            LIMIT $9
        )
        SELECT k.contract, k.type, k.entity_id, was.version, was.deleted, was.document,
            is_now.version, is_now.deleted, is_now.document
        FROM written k
        \(state("before")) was ON true
        \(state("after")) is_now ON true
        ORDER BY k.contract, k.type, k.entity_id
        """)
}
