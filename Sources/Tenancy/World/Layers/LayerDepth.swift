import Access
import Identifiers
import Postgres
import Runtime

/// Keeps chains of layers short: a read looks into each layer of its chain.
enum LayerDepth {
    /// The chain of a new layer over `layers`, in a transaction that holds the lock on the head of
    /// the nearest one's sandbox. Above ``Limits/layersWanted`` the sweep is asked to compact
    /// later; at ``Limits/layersMax`` it is done here and now, which takes time in proportion to
    /// what the chain holds and happens once in that many branches.
    static func bound(
        _ layers: [LayerPointer], _ transaction: Transaction, _ tenant: TenantID, now: WallInstant
    ) -> [LayerPointer] {
        guard let nearest = layers.first, layers.count > Limits.layersWanted else { return layers }
        guard layers.count > Limits.layersMax else {
            transaction.enqueue(LayerRows.mark(nearest.layer, tenant, now: now))
            return layers
        }
        for call in LayerCompaction.calls(nearest.layer, tenant, now: now) {
            transaction.enqueue(call)
        }
        return [nearest]
    }
}
