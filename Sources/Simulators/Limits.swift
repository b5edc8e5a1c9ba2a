/// Named bounds of this module.
package enum Limits {
    /// States and transitions of one graph. The largest lifecycle that we know of, a card dispute
    /// with all its phases, has under 20 and 60; a page that draws more helps nobody.
    static let graphStates = 64
    static let graphTransitions = 256
    /// Business days that a step ahead may span: ten years of them, so that a search ends.
    package static let businessDaysMax = 2_610
    /// Timers that one database transaction fires: some tens of milliseconds of the sandbox's row.
    /// An instant with more of them takes several.
    package static let firingsPerBatch = 500
    /// Objects of timers that are read together when the first of them fires.
    static let timersPreloaded = 64
    /// Timers that one call fires at most; then its answer is partial (DESIGN § 8).
    package static let firingsPerAdvance = 100_000
    /// Firings that an answer tells (DESIGN § 8).
    package static let firingsTold = 1_000
    /// Effects of one firing that an answer tells.
    package static let effectsTold = 100
    /// How far one call may move a clock. Longer ways are several calls; a hundred years of daily
    /// jobs would be partial anyway.
    package static let advanceSecondsMax: Int64 = 100 * 366 * 86_400
    /// Clocks that a worker takes at once, and how long it has them to itself.
    static let clocksPerClaim = 32
    static let clockClaim: Duration = .seconds(30)
    /// How often a worker looks for clocks. Virtual timers of running clocks fire that late.
    package static let clockWorkerPause: Duration = .milliseconds(250)

    // MARK: Chaos

    /// Members of one specification: each fault once, and some single statuses.
    static let chaosMembers = 16
    /// Common clients give up after 30 to 60 s; a longer wait shows nothing new.
    static let chaosLatencyMax = Duration.seconds(30)
    static let chaosHoldMax = Duration.seconds(60)
    /// Long enough for a client's read timeout of the usual 10 to 20 s to speak first.
    static let chaosHoldDefault = Duration.seconds(30)
    static let chaosTruncateBytes = 0...1_000_000
    /// At the default a body of 1 kB takes 10 s.
    static let chaosBytesPerSecond = 1...1_000_000
    static let chaosBytesPerSecondDefault = 100
    static let chaosBurst = 2...1_000
    static let chaosBurstDefault = 10

    // MARK: Providers

    /// Providers' calls that one call may lead to. The longest chain of ours needs three; each
    /// begins the call anew.
    static let providerCallsPerCall = 4
    /// A provider's id of a message and its word for how far it has come: common ones have at most
    /// 64 characters, and they are kept with an authentication.
    static let messageFactCharacters = 128

    // MARK: Objects of imported contracts

    /// Objects that one call makes, members that a list is filtered by, and how far into a list
    /// `offset` and `page` lead: each hundred is a read.
    static let objectsPerCall = 100
    /// Operations of one contract that are kept in mind with their plans, some kilobytes each: twice
    /// those of the largest contract in the corpus.
    static let notedOperations = 2_048
    /// Operations whose paths are asked what the name of an object may look like.
    static let operationsPerName = 16
    static let filtersPerList = 8
    static let listOffsetMax = 10_000

    // MARK: Rules

    /// Rules of one mounted contract: as many as the largest suite of stubs that we know of, some
    /// hundreds, and then again. A call asks those of its operation only.
    package static let rulesPerContract = 1_000
    /// Bytes of one rule's document, a page of a list included.
    package static let ruleBytes = 1 << 16
    static let conditionsPerRule = 20
    /// Characters of a rule's regular expression; its table takes up to 5 ms to make.
    static let rulePatternBytes = 500
    /// Conditions that a decision record repeats; it has 2 KB in all.
    static let conditionsTold = 8
    /// Items of an import that are told as not carried over.
    static let importNotes = 500
}
