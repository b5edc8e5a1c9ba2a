/// Bounds of the planner. They keep a plan below 10 ms whatever the text is.
package enum Limits {
    /// Characters of one request. The longest real one has some 600; beyond this it is a document.
    package static let textScalarsMax = 4_000
    /// Steps of one plan, repeats counted once. A journey of more is not written in one sentence.
    package static let stepsMax = 50
    /// Repetitions of one step; the same bound as the judging rules'.
    package static let countMax = 10_000
    /// Items that a gap `..` of a phrase may skip. Four reach over "the 50 dollar monthly".
    static let gapItemsMax = 4
    /// Letters of a word before typing errors are considered: short words are near to each other.
    static let spellingLettersMin = 5
    /// Letters of a word from which two errors are forgiven instead of one.
    static let spellingLettersForTwo = 8
    /// Digits of an amount, so that minor units stay in 64 bits.
    static let amountDigitsMax = 15
}
