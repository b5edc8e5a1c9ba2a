/// Named bounds of what is observed and kept.
enum Limits {
    /// Bytes of a stored decision record, DESIGN § 10; the table has the same check.
    static let decisionBytes = 2_048
    /// Characters of a stored path; longer ones are cut, as the target itself may have 8 KiB.
    static let pathBytes = 512
    /// Rows that a loop hands to the writer at once, as measured in DESIGN § 10.
    static let rowsPerCopy = 1_000
    /// Rows a loop holds while the writer is behind: about ten seconds of a busy loop's requests,
    /// some 15 MB. Beyond it rows are dropped and counted, because a request never waits for its
    /// own record.
    static let rowsHeld = 40_000
    /// Bytes of them, which bounds rows larger than usual.
    static let rowBytesHeld = 33_554_432
    /// Memory a loop's buffer keeps from one COPY to the next: a thousand rows of usual size.
    static let rowBytesKept = 524_288
    /// How long a row may wait for others to share its COPY with.
    static let rowDelay = Duration.milliseconds(20)
    /// Between attempts while the database does not take rows.
    static let retryDelay = Duration.milliseconds(250)
    /// How long a shutdown waits for a database that does not take rows: the process must end.
    static let drainPatience = Duration.seconds(5)
    /// How long a look at the log waits for its own calls' rows.
    static let settlePatience = Duration.seconds(2)

    // MARK: Tail

    /// Rows of one look.
    static let tailRows = 200
    /// Rows are looked for again this far back: they wait for others to share a COPY with, and
    /// commits become visible out of order.
    static let tailOverlap = Duration.seconds(2)
    /// The longest call that a tail tells: the longest fault holds a call for a minute.
    static let longestCall = Duration.seconds(90)

    // MARK: Usage

    /// Kinds of calls that a loop counts apart between two batches, some 250 bytes each. A second of
    /// a busy loop has a few hundred; a database that is away for long may bring more.
    static let usageKeysHeld = 50_000

    // MARK: Spans

    /// Attributes of one span, event or list, as OpenTelemetry's own programs send by default.
    static let spanAttributes = 128
    /// Values in values.
    static let spanValueDepth = 8
    /// Bytes of a span's attributes, and of its events: what does not fit is left out.
    static let spanAttributeBytes = 8_192
    /// Bytes of a name or a message.
    static let spanTextBytes = 1_024
    /// Calls, and foreign spans, of one trace that are shown: PORTAL.md's largest trace.
    static let traceSpans = 5_000
}
