/// Named bounds of this module. Times are wall time.
enum Limits {
    // MARK: The shared lane

    /// A batch on the shared lane is reads by key; one that takes longer holds up every request of
    /// its loop, so the server ends it.
    static let laneStatementMilliseconds = 250
    /// Batches a loop's lane carries at once. At 20,000 reads a second this is 0.2 s of work;
    /// beyond it waiting would only turn load into latency.
    static let laneBatchesInFlight = 4_096
    /// How long a batch may take from its call to its answer, queueing included.
    static let laneBatchDeadline = Duration.seconds(2)

    // MARK: Pools

    /// Connections of one loop for units of work. `pgbench -N` gains until about 16 clients in all.
    static let commitConnectionsPerLoop = 8
    /// Connections of one loop for lists and searches: slow ones must not starve anything else.
    static let searchConnectionsPerLoop = 2
    /// Tasks that may wait for a connection of one pool.
    static let poolWaiters = 512
    /// How long a task waits for a connection before it is refused.
    static let poolWait = Duration.seconds(2)
    /// A statement of a unit of work; the longest that a request may reasonably hold row locks.
    static let commitStatementMilliseconds = 5_000
    /// A lock of a row that a statement waits for. Below the statement's own bound, so that the
    /// error says what happened.
    static let lockMilliseconds = 2_000
    /// A list or a search.
    static let searchStatementMilliseconds = 3_000
    /// A unit of work that sends nothing this long has lost its task; its locks are freed.
    static let idleInTransactionMilliseconds = 10_000
    /// Statements put off in one unit of work, so that a loop over input cannot grow it for ever.
    static let enqueuedCalls = 10_000

    // MARK: Connections

    /// From the first packet to a session that is ready, key derivation included.
    static let connectDeadline = Duration.seconds(2)
    /// What a client waits beyond the server's own `statement_timeout` before it gives up on the
    /// connection.
    static let serverGrace = Duration.seconds(2)
    /// Reconnecting: the first wait, doubled up to the second, each with jitter.
    static let reconnectDelay = Duration.milliseconds(100)
    static let reconnectDelayMax = Duration.seconds(1)
    /// Distinct prepared statements of the process; they are literals in the source, so reaching
    /// this means that somebody makes names at run time.
    static let statements = 4_096
    /// Parameters of one call: the protocol counts them in 16 bits.
    static let parameters = 65_535
    /// Bytes a COPY keeps in memory before its writer has to wait for the socket.
    static let copyBufferBytes = 1 << 20
    /// A COPY that gets no answer after its end.
    static let copyDeadline = Duration.seconds(30)
    /// Calls of one batch or one round trip.
    static let callsPerBatch = 10_000

    // MARK: The embedded cluster

    /// Oldest server that has what the schema uses.
    static let serverMajorMin = 15
    /// `sockaddr_un.sun_path` holds 108 bytes with its end mark.
    static let socketPathBytesMax = 107
    /// A folder for a socket is in use or left behind; a start needs it for this long at most
    /// before the server's own lock is in it.
    static let socketFolderStaleSeconds = 60
    /// A started server that neither answers nor replays its log.
    static let serverStartDeadline = Duration.seconds(60)
    /// Replaying the log after a crash; `max_wal_size` of 1 GB takes seconds to a minute.
    static let serverRecoveryDeadline = Duration.seconds(900)
    /// Fast shutdown (rolls back what is open, writes a checkpoint), then the immediate one.
    static let serverFastStopDeadline = Duration.seconds(15)
    static let serverImmediateStopDeadline = Duration.seconds(5)
    /// Starts tried at once, because children of a killed postmaster need a moment to notice.
    static let serverStartAttempts = 20
    static let serverRestartDelay = Duration.milliseconds(100)
    /// With the replay of a loaded server's log it stays below the 5 s that callers are promised,
    /// however often the server dies; a server that cannot start costs little at this pace.
    static let serverRestartDelayMax = Duration.seconds(1)
    /// A server that lived so long restarts without accumulated delay.
    static let serverStableAfter = Duration.seconds(60)
    /// How much of a log is read to explain a failure.
    static let logTailBytes = 4_096
    /// Largest file of our own (secrets, pid file) that is read.
    static let smallFileBytes = 65_536
    /// Characters of a generated password: 32 of 62 are 190 bits.
    static let passwordCharacters = 32

    // MARK: Migrations

    /// Waiting for another process that migrates.
    static let migrationLockMilliseconds = 60_000
}
