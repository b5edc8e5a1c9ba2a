import Access

/// One thing that a transaction has done to its world, in the order in which it was done: a line of
/// the ledger of consequences that a move of the clock answers with.
package enum WorldEffect: Sendable, Hashable {
    /// A nil version is a deletion.
    case changed(EntityKey, version: Int64?)
    case posted(LedgerAccount, amount: Int64)
    case emitted(id: String, type: String)
    case scheduled(WorldTimer)
    /// Id of the timer.
    case cancelled(String)
}
