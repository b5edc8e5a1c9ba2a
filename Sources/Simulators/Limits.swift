/// Named bounds of this module.
package enum Limits {
    /// States and transitions of one graph. The largest lifecycle that we know of, a card dispute
    /// with all its phases, has under 20 and 60; a page that draws more helps nobody.
    static let graphStates = 64
    static let graphTransitions = 256
    /// Business days that a step ahead may span: ten years of them, so that a search ends.
    package static let businessDaysMax = 2_610

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
}
