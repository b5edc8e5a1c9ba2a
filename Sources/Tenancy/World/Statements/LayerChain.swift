/// The layers below a layer, as `layers` tells them.
enum LayerChain {
    /// Opens a statement with `ancestors` (layer_id, revision, depth) of the layer `$2` of the
    /// tenant `$1`: nearest first, each with the revision at which it is seen. A head row holds
    /// the same as arrays; this is for work on a layer that may not be a head's.
    static let ancestors = """
        WITH RECURSIVE ancestors (layer_id, revision, depth) AS (
            SELECT l.parent_layer_id, l.parent_revision, 1
            FROM sbx.layers l
            WHERE l.tenant_id = $1 AND l.id = $2 AND l.parent_layer_id IS NOT NULL
            UNION ALL
            SELECT l.parent_layer_id, l.parent_revision, a.depth + 1
            FROM ancestors a
            JOIN sbx.layers l ON l.tenant_id = $1 AND l.id = a.layer_id
            WHERE l.parent_layer_id IS NOT NULL
        )
        """
}
