/// Named bounds of this module.
package enum Limits {
    /// Sandboxes of a tenant unless the admin has raised it (DESIGN: quotas).
    package static let sandboxesPerTenant = 20
    /// `{contract}--{slug}` is one DNS label of at most 63 octets (RFC 1035 §2.3.4), so the two
    /// names share 61: 40 for the slug, 21 for the contract.
    package static let slugBytes = 40
    package static let contractNameBytes = 21
    /// Characters of a sandbox's or organisation's name; longer ones break every list.
    package static let nameCharacters = 200
    /// RFC 5321 §4.5.3.1.3 allows a path of 256 octets, its two angle brackets included.
    package static let emailBytes = 254
    /// Labels exist to find and delete what a test run made; a handful is enough.
    package static let labels = 16
    package static let labelKeyBytes = 63
    package static let labelValueBytes = 255
    /// Shorter lives end before a first call; longer ones are no lifetime but forgetting.
    package static let ttlSecondsMin: Int64 = 60
    package static let ttlSecondsMax: Int64 = 366 * 86_400
    /// Seeds are written in JSON, whose integers are exact up to 2^53 - 1 (RFC 8259 §6).
    package static let seedMax: Int64 = (1 << 53) - 1
    /// Attempts to find a free generated slug among four thousand million.
    static let slugAttempts = 5
    /// Contracts mounted on one sandbox.
    package static let mounts = 64
    /// Imported contracts of one tenant, every revision counted, and the bytes of one: twice the
    /// largest published contract (Stripe's, 4 MB), and what a request's body may have.
    package static let contracts = 200
    package static let contractBytes = 8 << 20
    package static let contractVersionBytes = 64
    /// An overlay; published ones have some tens of kilobytes.
    package static let overlayBytes = 1 << 20
    /// Entries of a tenant's deny list: every system of a large company by name, or by domains.
    package static let deniedHosts = 500
    /// Rows of a page, as asked for and by default.
    package static let pageRowsMax = 100
    package static let pageRowsDefault = 20
    /// Filters of one list.
    package static let listFilters = 8
    /// Sandboxes deleted by one call with a label. More are left, and the receipt says so.
    package static let sandboxesPerDeletion = 100
    /// Tenants that a sweep asks for at once, and idempotency records that it deletes of one: a
    /// transaction stays far below the statement timeout, and the next sweep goes on.
    static let tenantsPerSweepPage = 100
    static let idempotencyRecordsPerSweep = 10_000
    /// Bytes of one simulated object. Postgres would take more, clients would not.
    package static let documentBytes = 1 << 20
    /// Entities, postings and events of one commit; `position` keeps 16 bits for the first.
    package static let writesPerCommit = 10_000
    /// Virtual time for which an idempotency key is remembered: 24 hours, as is usual practice.
    package static let idempotencyRetention: Duration = .seconds(86_400)
    /// What a drawn identifier holds after its prefix: 20 × 5 bits make a clash within a sandbox
    /// less likely than one in 10^18 at a thousand million objects.
    static let drawnIDCharacters = 20
    /// One setting of a sandbox. Chaos and policies are lists of rules; a thousand fit.
    package static let settingBytes = 1 << 16
    /// The rules of one mounted contract, the longest setting: a thousand of a kilobyte each. It is
    /// read with the others when a gateway meets the sandbox anew.
    package static let ruleSettingBytes = 1 << 20
    /// All flags of one object. They are read with each call that touches it.
    package static let flagsBytes = 4_096
    /// Layers below a layer, beyond which the sweep compacts: each costs a read one more look-up
    /// in an index, about 2 µs. Sandboxes that are reset again and again to one checkpoint stay at
    /// 1; depth comes of checkpoints in branches of checkpoints.
    static let layersWanted = 8
    /// Layers below a layer, at which the move that would exceed it compacts at once: more than
    /// the sweep leaves standing unless it cannot keep up.
    static let layersMax = 64
    /// Checkpoints of one sandbox. Each keeps its layer alive, and a run of a journey makes one a
    /// step.
    package static let checkpoints = 1_000
    package static let checkpointNameCharacters = 200
    /// Dry-run sessions that are open in one sandbox.
    package static let dryRuns = 100
    package static let dryRunNameBytes = 255
    /// Layers that one sweep looks at.
    static let layersPerSweep = 100
    /// Objects of each layer that one statement of a list looks at: well below the time that the
    /// shared connection gives a statement.
    static let listCandidates = 8_192
    /// How long a call waits for a clock that is being moved (DESIGN § 8), and how often it looks.
    package static let clockWait: Duration = .seconds(2)
    static let clockPoll: Duration = .milliseconds(20)
    /// Wall time after which whoever moves a clock is believed dead: several times what a batch of
    /// firings takes on a slow disk.
    package static let clockLease: Duration = .seconds(5)
    /// Calls of one sandbox that wait on one loop for their turn. At some milliseconds each no more
    /// than these get it within the two seconds that a call waits.
    static let lineLength = 256
    /// Changes of timers that wait for the statements that tell them: a round trip's worth, and few
    /// enough that looking through them for what is due costs little.
    static let timerChangesUnsent = 500
    /// Calls that a call lets into its transaction: beyond some tens the wait for the disk is a small
    /// part of what each costs, and the first one waits for the last.
    static let guestsPerCommit = 31
    /// Statements of earlier commits that wait for the next round trip of their transaction.
    static let statementsUnsent = 2_000
}
