import Runtime

/// Named bounds of webhooks.
package enum WebhookLimits {
    // MARK: Signatures

    /// Standard Webhooks: 24 to 64 random bytes.
    static let secretBytes = 32
    /// Standard Webhooks and Stripe's libraries: five minutes either way.
    package static let toleranceSeconds = 300
    /// How long a replaced secret goes on signing, by default and at most.
    package static let rotationOverlapSecondsDefault: Int64 = 86_400
    package static let rotationOverlapSecondsMax: Int64 = 7 * 86_400
    /// Secrets that sign at once; rotating more often ends the oldest early. Each adds 48 bytes.
    package static let secretsInUse = 3

    // MARK: Endpoints

    /// Sent to one endpoint at once by one worker: the bound of the contract, and what it is when
    /// nothing is said.
    package static let inFlightMax = 32
    package static let inFlightDefault = 16
    package static let endpointsPerSandbox = 50
    package static let filtersPerEndpoint = 50
    package static let filterBytes = 128
    /// Of a type of event that a contract declares, before a number that tells it from another:
    /// what is left of a filter.
    static let typeCharacters = 120
    package static let urlBytes = 2_048
    /// Bytes of a header field or a query parameter that a contract declares for what it sends.
    static let parameterBytes = 1_024
    package static let descriptionCharacters = 500

    // MARK: Callbacks

    /// Characters of an address that was refused which the call's decision record repeats.
    static let callbackURLShown = 160
    /// Sandboxes that a process remembers to have an endpoint for callbacks; forgotten ones cost a
    /// look.
    static let callbackSandboxesKnown = 10_000

    // MARK: Fault plans

    package static let duplicatesMax: Int64 = 5
    package static let reorderWindowMax: Int64 = 16
    /// More attempts than a schedule has would make every delivery a dead letter.
    package static let faultyAttemptsMax: Int64 = 10
    package static let faultSecondsMax: Int64 = 86_400
    /// Events that come within this time of each other are put out of order.
    static let reorderCollection = Duration.seconds(1)

    // MARK: Delivery

    /// A receiver's whole answer. Standard Webhooks recommends 15 to 30 s.
    package static let attemptTimeout = Duration.seconds(15)
    /// How long a claimed delivery is nobody else's: an attempt begins only while a whole one still
    /// fits in. After a crash it is the longest that a delivery waits.
    static let lease = Duration.seconds(30)
    /// The pause before each attempt after the first: the example schedule of Standard Webhooks,
    /// ten attempts in a little more than three days.
    static let retryPauses: [Duration] = [
        .seconds(5), .seconds(300), .seconds(1_800), .seconds(7_200), .seconds(18_000),
        .seconds(36_000), .seconds(50_400), .seconds(72_000), .seconds(86_400),
    ]
    /// Pauses vary by as much either way, so that what failed together does not come back together.
    static let pauseJitterMillionths: UInt64 = 100_000
    /// A receiver's Retry-After beyond this is cut: the schedule's own longest pause.
    static let retryAfterSecondsMax: Int64 = 86_400
    /// An endpoint that has only failed for so long is disabled.
    static let failingUntilDisabled = Duration.seconds(5 * 86_400)
    /// Bytes of an answer that are read, and of those that are logged.
    package static let answerBytes = 65_536
    static let loggedAnswerBytes = 1_024
    /// Deliveries that one call puts back into the queue, far below a statement's time limit on a
    /// busy machine; more are left, and the answer says so.
    package static let deliveriesPerRequeue = 2_000

    // MARK: Inbox

    /// Messages that an inbox keeps, newest first.
    package static let inboxMessages = 1_000
    package static let inboxBodyBytes = 262_144

    // MARK: Live stream

    /// Between two looks for something new.
    package static let streamInterval = Duration.milliseconds(200)
    /// A comment keeps proxies from closing a quiet stream.
    package static let streamHeartbeat = Duration.seconds(15)
    /// Streams of one gateway: each asks the database five times a second.
    package static let streams = 100
    /// Rows of one look, of each kind.
    static let streamRows = 200
    /// Attempts are looked for again this far back, because commits become visible out of order.
    static let streamOverlap = Duration.seconds(2)
}
