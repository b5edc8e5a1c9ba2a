import Access
import Identifiers
import Postgres
import Runtime

/// Statements over checkpoints, and how their rows are read.
enum CheckpointRows {
    private static let columns = """
        c.id, c.name, c.layer_ids, c.layer_revisions, c.golden_name, c.golden_version, c.revision,
            c.tick, c.seed, c.time_zero, c.clock_mode, c.clock_now, c.created_at
        """

    static func checkpoint(_ row: Row) -> Checkpoint {
        let point = point(row)
        return Checkpoint(
            id: row.id(0), name: row.textIfPresent(1), stamp: point.stamp, now: point.now,
            isFrozen: point.isFrozen, createdAt: WallInstant(microseconds: row.microseconds(12)))
    }

    static func point(_ row: Row) -> WorldPoint {
        WorldPoint(
            layers: LayerPointer.list(row, ids: 2, revisions: 3),
            golden: GoldenWorld.named(row.text(4), version: Int(row.int(5))),
            stamp: WorldStamp(revision: row.int(6), tick: row.int(7)), seed: row.int(8),
            timeZero: SandboxInstant(microseconds: row.microseconds(9)),
            isFrozen: row.text(10) == "frozen",
            now: SandboxInstant(microseconds: row.microseconds(11)))
    }

    static func count(_ access: SandboxAccess) -> Call {
        Call(countStatement, .id(access.tenant), .id(access.sandbox))
    }

    static func insert(
        _ id: CheckpointID, _ name: String?, _ point: WorldPoint, _ access: SandboxAccess,
        now: WallInstant
    ) -> Call {
        Call(
            insertStatement, .id(access.tenant), .id(id), .id(access.sandbox), .text(orNull: name),
            point.layers.ids, point.layers.revisions, .id(orNull: point.layers.first?.layer),
            .text(point.golden.name), .int(Int64(point.golden.version)),
            .int(point.stamp.revision), .int(point.stamp.tick), .int(point.seed),
            .instant(point.timeZero), .text(point.isFrozen ? "frozen" : "running"),
            .instant(point.now), .instant(now))
    }

    static func read(_ id: CheckpointID, _ access: SandboxAccess) -> Call {
        Call(readStatement, .id(access.tenant), .id(access.sandbox), .id(id))
    }

    static func find(name: String, _ access: SandboxAccess) -> Call {
        Call(findStatement, .id(access.tenant), .id(access.sandbox), .text(name))
    }

    static func list(_ access: SandboxAccess, before id: CheckpointID, rows: Int) -> Call {
        Call(listStatement, .id(access.tenant), .id(access.sandbox), .id(id), .int(Int64(rows)))
    }

    /// One row with the layer that it pointed at, or none.
    static func delete(_ id: CheckpointID, _ access: SandboxAccess) -> Call {
        Call(deleteStatement, .id(access.tenant), .id(access.sandbox), .id(id))
    }

    private static let countStatement = Statement(
        "checkpoint_count",
        "SELECT count(*) FROM sbx.checkpoints WHERE tenant_id = $1 AND sandbox_id = $2")

    private static let insertStatement = Statement(
        "checkpoint_insert",
        """
        INSERT INTO sbx.checkpoints (
            tenant_id, id, sandbox_id, name, layer_ids, layer_revisions, layer_id, golden_name,
            golden_version, revision, tick, seed, time_zero, clock_mode, clock_now, created_at)
        VALUES ($1, $2, $3, $4, $5, $6::text[]::bigint[], $7, $8, $9, $10, $11, $12, $13, $14,
            $15, $16)
        """)

    private static let readStatement = Statement(
        "checkpoint_read",
        """
        SELECT \(columns)
        FROM sbx.checkpoints c
        WHERE c.tenant_id = $1 AND c.sandbox_id = $2 AND c.id = $3
        """)

    private static let findStatement = Statement(
        "checkpoint_find",
        """
        SELECT \(columns)
        FROM sbx.checkpoints c
        WHERE c.tenant_id = $1 AND c.sandbox_id = $2 AND c.name = $3
        """)

    private static let listStatement = Statement(
        "checkpoint_list",
        """
        SELECT \(columns)
        FROM sbx.checkpoints c
        WHERE c.tenant_id = $1 AND c.sandbox_id = $2 AND c.id < $3
        ORDER BY c.id DESC
        LIMIT $4
        """)

    private static let deleteStatement = Statement(
        "checkpoint_delete",
        """
        DELETE FROM sbx.checkpoints
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id = $3
        RETURNING layer_id
        """)
}
