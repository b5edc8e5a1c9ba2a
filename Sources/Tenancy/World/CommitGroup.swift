import Postgres

/// Calls of one sandbox that share one database transaction, and with it one wait for the disk.
///
/// The sandbox's row is locked until the commit is on the disk, so that alone each call would wait
/// for the disks of all before it. In a group each has its own revision and tick, in the order of
/// the line, as if it had been alone, and none is answered before the commit:
///
///     leader   begins, works ─┐            ┌─▶ admits the next, …, commits ─▶ all are answered
///     guest    waits in line ─┴─▶ works ───┘
///
/// A guest that fails takes back what it did, which is all in memory. What fails in the database
/// fails for the whole transaction; then each tries again alone, so that no call suffers from
/// another's.
final class CommitGroup: @unchecked Sendable {
    // Loop-confined: all who wait in one line run on one loop, and one of the group at a time.

    /// Everything was undone because of a statement that need not be one's own.
    struct Undone: Error {}

    /// The leader's, from when its own call is done.
    private(set) var world: WorldTransaction?
    /// Those that were admitted.
    private(set) var guests = 0
    private var leader: UnsafeContinuation<Void, Never>?
    private var waiting: [UnsafeContinuation<(any Error)?, Never>] = []

    // MARK: The leader

    /// From here on the leader admits guests into its transaction.
    func open(_ world: WorldTransaction) { self.world = world }

    /// Whether there is room for another, in a transaction that can still be committed.
    var mayAdmit: Bool {
        guests < Limits.guestsPerCommit && world?.transaction.failure == nil
    }

    /// Returns when the guest that was just admitted has done its work.
    func guestLeft() async {
        guests += 1
        await withUnsafeContinuation { leader = $0 }
    }

    /// Tells every guest what came of the commit, and answers what the leader is to throw.
    func end(_ error: any Error) -> any Error {
        let isStatement =
            switch error as? PostgresError {
            case .server, .invalidCall: true
            case .unavailable, .connectionLost, .poolExhausted, .timedOut, .connectionRefused, nil:
                false
            }
        let told = guests > 0 && isStatement ? Undone() : error
        tell(told)
        return told
    }

    func endCommitted() { tell(nil) }

    private func tell(_ error: (any Error)?) {
        for guest in waiting { guest.resume(returning: error) }
        waiting = []
    }

    // MARK: A guest

    /// Gives the transaction back to the leader, who goes on once the guest waits or has ended.
    func leave() {
        leader?.resume()
        leader = nil
    }

    /// Waits for the commit; throws what it failed with.
    func committed() async throws {
        let error = await withUnsafeContinuation { waiting.append($0) }
        if let error { throw error }
    }
}
