package import Postgres

/// What the module's callers are told.
package enum TenancyError: Error, Sendable {
    /// A value breaks a rule; `member` is its name in the request.
    case invalid(member: String, rule: String)
    case slugTaken(String)
    case emailTaken
    case quotaExceeded(limit: Int)
    /// The isolation mode exists in the contract and not yet in the platform.
    case isolationNotAvailable(String)
    /// The sandbox is gone, also when it was deleted while the call waited for it.
    case sandboxNotFound
    case checkpointNotFound
    case checkpointNameTaken(String)
    case checkpointsFull(limit: Int)
    /// The dry-run session has ended or never was.
    case dryRunNotFound
    case dryRunsFull(limit: Int)
    /// These objects have moved in the sandbox since the session began.
    case dryRunConflict([EntityKey])
    /// The tenant has no contract of that id or name.
    case contractNotFound(String)
    /// These sandboxes serve the contract, by their slugs.
    case contractMounted([String])
    case contractsFull(limit: Int)
    case mountsFull(limit: Int)
    /// The session holds more than one commit can carry over.
    case dryRunTooLarge(limit: Int)
    /// A created object's id is taken in this world.
    case entityExists(EntityKey)
    case entityNotFound(EntityKey)
    /// A ledger transaction whose postings do not sum to zero, or leave 64 bits.
    case ledgerUnbalanced
    /// The first call with this idempotency key is still running.
    case idempotencyKeyInUse
    /// The key was used for a request with another body.
    case idempotencyKeyReused
    /// The sandbox's clock is being moved, and still was after `Limits.clockWait`.
    case clockAdvancing
    /// Too many calls change the sandbox at once: this one's turn did not come in time.
    case sandboxBusy
    case storage(PostgresError)
}
