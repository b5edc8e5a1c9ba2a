/// Named bounds of this module.
package enum Limits {
    /// Lanes that one worker serves at once; the others wait for a place.
    static let lanesAtOnce = 256
    /// Items leased by one claim: their commit costs as much as some ten of them.
    static let itemsPerClaim = 128
    /// A lane that has worked this long makes room for others that wait.
    static let laneTurn = Duration.seconds(10)
    /// How long a worker sleeps when nobody wakes it: notifications are hints and may be lost.
    static let pollInterval = Duration.milliseconds(500)
    /// After an error of the store.
    static let errorDelay = Duration.milliseconds(200)
    /// Attempts to store outcomes; then their leases run out and the work is done again.
    static let recordAttempts = 50
    /// At most one notification goes out in this time: each takes a lock that all commits share.
    static let nudgeInterval = Duration.milliseconds(10)
}
