import Runtime

/// Named bounds of the gateway.
enum GatewayLimits {
    /// A key's share, DESIGN § 6, unless the operator has set the tenant's rate: then a key may use
    /// all of that.
    static let keyRate = RateLimit(perSecond: 100, burst: 200)
    static let tenantRate = RateLimit(perSecond: 500, burst: 1_000)
    static let inFlight = 50
    /// Quotas: an average of 58 calls a second all day, and of 39 all month.
    static let callsPerDay = 5_000_000
    static let callsPerMonth = 100_000_000
    /// `Retry-After` of a spent quota is up to so many seconds behind its end, another number for
    /// each tenant, so that not all come back in one instant.
    static let quotaJitterSeconds = 60
    /// Days for which counts of calls are kept.
    static let callCountDays = 92
    /// How often a call steps again that found its gateway's slice taken by others.
    static let sliceAttempts = 20
    /// Slots beyond what is needed now, that a gateway takes among several.
    static let spareSlots = 4
    /// Sign-ups of one address, DESIGN § 6.
    static let signUpsPerMinute = 5
    /// Faults of a request that its decision record keeps, which has 2 KB for everything.
    static let explainedErrors = 5
    /// Passwords that one address may try at the portal: a person mistypes, a machine guesses.
    static let signInsPerMinute = 20
    /// How long the operator stays signed in to the portal: a working day's part, after which the
    /// key is shown again. The token cannot be taken back before.
    static let operatorSession = Duration.seconds(4 * 3_600)
    /// Codes of devices that one address may type: 34 bits take it a thousand years.
    static let userCodesPerMinute = 20
    /// Failed authentications of clients from one address at the issuer; a secret has 178 bits.
    static let clientFailuresPerMinute = 120
    /// Addresses remembered for that; beyond it all are forgotten, which errs on the open side.
    static let signUpAddresses = 10_000
    /// Sandboxes, and tenants, remembered by a gateway: some 400 bytes each.
    static let cachedSandboxes = 20_000
    static let cachedTenants = 20_000
    /// Bytes of imported contracts that a gateway keeps read; each takes some ten times that in
    /// memory once all of its operations were used.
    static let cachedContractBytes = 16 << 20
    /// Keys of one tenant, and limits of its sandboxes, with a bucket of their own.
    static let bucketsPerTenant = 1_000
    /// Caches are dropped by NOTIFY; this bounds what a lost notification can do.
    static let cacheTime = Duration.seconds(30)
    /// Stored documents that a loop knows to fit their contract: at most 4 MB.
    static let validDocuments = 1_024
    static let validDocumentBytes = 4_096
    /// Bytes of a JSON request body; contracts have a larger bound of their own.
    static let bodyBytes = 1_048_576
    /// Bytes of an export of spans, before and after gzip: OpenTelemetry's programs send 512 spans at
    /// once, of a kilobyte or two each.
    static let spanBodyBytes = 4_194_304
    /// Pairs of a query.
    static let queryPairs = 100
    /// How long a look-up by id waits for the log's writer, DESIGN § 9.
    static let logPatience = Duration.seconds(1)
    /// Calls and spans of a trace that is written on its event loop, in some two milliseconds.
    static let tracePartsOnLoop = 200
    /// How often an answer that goes on for long makes sure that its caller may still have it.
    static let admissionInterval = Duration.seconds(1)
    /// How often a run under way is looked at by who waits for it.
    static let runInterval = Duration.milliseconds(50)
    /// Between two looks of a live stream at the request log, whose reader looks through the rows of
    /// the last minute and a half.
    static let tailInterval = Duration.seconds(1)
    /// How long a run waits for the first attempts of its webhooks.
    static let deliveryPatience = Duration.seconds(10)
    /// Blocked calls in one export or assertion: some megabytes of lines.
    static let exportedCalls = 10_000
    /// How long a call waits for its providers, all of them together: less than the 10 s after
    /// which common clients give up on us, so that they see our answer and not their own timeout.
    static let providerPatience = Duration.seconds(5)
    /// Attempts to write settings, such as a contract's rules, against others who write them; each
    /// is a round trip of a millisecond or two.
    static let settingWriteAttempts = 5
    /// The same for revisions of a contract; each reads it whole.
    static let contractWriteAttempts = 3
    /// Bytes of an upstream's answer, before and after gzip: what the client takes at most.
    static let upstreamAnswerBytes = 1_048_576
    /// Cookies of one answer that are passed on, and bytes of each: RFC 6265 § 6.1 asks clients to
    /// keep 50 of a host, of 4,096 bytes.
    static let upstreamCookies = 50
    static let upstreamCookieBytes = 4_096
    /// Bytes of an upstream's credential: a long token has two thousand.
    static let upstreamCredentialBytes = 4_096
    /// Bounds of one conformance run: calls to somebody's server, the time that a client waits for
    /// the run, and bytes of all answers.
    static let conformanceOperations = 200
    static let conformanceTime = Duration.seconds(45)
    static let conformanceBytes = 16 << 20
    /// Findings of one answer that drifted that are kept: the first ones tell the kind of drift.
    static let driftFindings = 10
}
