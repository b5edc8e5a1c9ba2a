import Access
import Identifiers
import Postgres
import Runtime

/// Statements over layers themselves.
enum LayerRows {
    /// A new layer that begins at `point`.
    static func insert(
        _ layer: LayerID, of sandbox: SandboxID, _ tenant: TenantID, at point: WorldPoint,
        salt: Int64 = 0, now: WallInstant
    ) -> Call {
        let parent = point.layers.first
        return Call(
            insertStatement, .id(tenant), .id(layer), .id(sandbox),
            .id(orNull: parent?.layer), parent.map { .int($0.revision) } ?? .null,
            .text(point.golden.name), .int(Int64(point.golden.version)), .int(salt), .instant(now))
    }

    /// Has the sweep look at a layer that has lost a pointer, or whose chain is long.
    static func mark(_ layer: LayerID, _ tenant: TenantID, now: WallInstant) -> Call {
        Call(markStatement, .id(tenant), .id(layer), .instant(now))
    }

    private static let insertStatement = Statement(
        "layer_insert",
        """
        INSERT INTO sbx.layers (
            tenant_id, id, sandbox_id, parent_layer_id, parent_revision, golden_name,
            golden_version, salt, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)

    private static let markStatement = Statement(
        "layer_mark",
        """
        UPDATE sbx.layers
        SET sweep_at = $3
        WHERE tenant_id = $1 AND id = $2
        """)
}
