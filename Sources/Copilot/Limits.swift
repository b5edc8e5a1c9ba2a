/// Bounds of the planner. They keep a plan below 10 ms whatever the text is.
package enum Limits {
    /// Characters of one request. The longest real one has some 600; beyond this it is a document.
    package static let textScalarsMax = 1_000
    /// Steps of one plan, repeats counted once. A journey of more is not written in one sentence.
    package static let stepsMax = 50
    /// Repetitions of one step; the same bound as the judging rules'.
    package static let countMax = 10_000
    /// Phrases and values of one clause; a longer one is cut. Real clauses have some ten.
    static let happeningsMax = 64
    /// Items that a gap `..` of a phrase may skip. Four reach over "the 50 dollar monthly".
    static let gapItemsMax = 4
    /// Letters of a word before typing errors are considered: short words are near to each other.
    static let spellingLettersMin = 5
    /// Letters of a word from which two errors are forgiven instead of one.
    static let spellingLettersForTwo = 8
    /// Digits of an amount, so that minor units stay in 64 bits.
    static let amountDigitsMax = 15
    /// The largest number that is read, so that sums of a whole request stay in 64 bits.
    static let numberMax = 1_000_000_000_000_000
    /// Digits behind the point of a number in words.
    static let fractionDigitsMax = 6
    /// Unknown words of one request that are compared with the lexicon's; further ones are listed.
    static let mendedWordsMax = 100
    /// Bytes of an answer that a run keeps; a payment has some 1,500. Longer ones are left out.
    static let outputBytesMax = 16_384
    /// Journeys that planning keeps in a sandbox; the oldest make room.
    static let journeysKept = 500
    /// Runs of a sandbox whose checkpoints are kept: at most half of those that it may have. Older
    /// runs can be read but not gone back to.
    package static let runsWithCheckpoints = 10
    /// How long a run may take; a hundred clock movements of a second each stay far below.
    static let runTime = Duration.seconds(300)
    /// How long a step may take before its run counts as left alone. The longest is a clock that is
    /// moved by years.
    static let runLease = Duration.seconds(120)
}
