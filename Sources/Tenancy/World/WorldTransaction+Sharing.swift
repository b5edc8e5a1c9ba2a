import Access
import Postgres
import Runtime

// Several calls in one transaction, see `CommitGroup`.
extension WorldTransaction {
    /// Hands over what one call takes along; another may begin in the same transaction.
    func endCall() {
        flush()
        if let idempotency, let answer {
            transaction.enqueue(
                idempotency.scope.store(
                    answer, idempotency.access, head, createdAt: now,
                    expiresAt: now + Limits.idempotencyRetention))
        }
        idempotency = nil
        answer = nil
    }

    /// Begins another call, with the next revision and tick.
    func beginCall(at instant: SandboxInstant, wall: WallInstant) {
        beginCommit(at: instant)
        self.wall = wall
    }

    /// Where the transaction stands between two calls.
    struct Mark {
        let head: WorldHead
        let now: SandboxInstant
        let wall: WallInstant
        let known: [EntityKey: FoundEntity]
        let current: [EntityKey: Entity?]
        let balances: [LedgerAccount: Int64]
        let timers: TimerWrites
        let hasOwnStamp: Bool
    }

    func mark() -> Mark {
        Mark(
            head: head, now: now, wall: wall, known: known, current: current, balances: balances,
            timers: timers, hasOwnStamp: hasOwnStamp)
    }

    /// Takes back what a call has done since `mark` and not handed over, its tick included.
    func goBack(to mark: Mark) {
        (head, now, wall) = (mark.head, mark.now, mark.wall)
        forgetWritten()
        (known, current, balances) = (mark.known, mark.current, mark.balances)
        (timers, hasOwnStamp) = (mark.timers, mark.hasOwnStamp)
        idempotency = nil
        answer = nil
    }
}
