package import Contracts

/// The planner's answer in the words of the vocabulary.
package struct Plan: Sendable {
    package enum Outcome: String, Sendable { case plan, clarify, refuse }

    package struct Step: Sendable {
        package var action: String
        package var params = JSONObject()
        /// Nil for the good outcome.
        package var scenario: String?
        /// 1 or more.
        package var count = 1
        /// Indexes of steps that must be over first.
        package var after: [Int] = []
        package var condition: (step: Int, status: String)?
        /// Not asked for, but needed by the run.
        package var isAdded = false
        /// The world cannot do it yet.
        package var isNotAvailable = false
        /// Places in the text, in scalars, that made the step.
        package var spans: [Range<Int>] = []
        /// Lines of the lexicon, and rules of later stages, that made it.
        package var rules: [String] = []
    }

    package var outcome: Outcome
    package let language: Language
    package var steps: [Step] = []
    package var isParallel = false
    package var webhook = false
    package var chaos: JSONObject?
    package var timeTravel: JSONValue?
    /// The step before which the clock moves; nil: behind the last, or steps of their own move it.
    package var timeTravelBefore: Int?
    package var ask: [String] = []
    package var question: String?
    /// Answers to offer with the question; empty where anything may be answered.
    package var choices: [String] = []
    package var reason: String?
    package var declined: [String] = []
    /// Each word and value that a rule read, with the rule.
    package var reading: [(span: Range<Int>, rule: String)] = []
    /// Places that nothing read, as they were typed.
    package var notUnderstood: [String] = []
    var unread: [Range<Int>] = []

    init(_ outcome: Outcome, _ language: Language) {
        (self.outcome, self.language) = (outcome, language)
    }
}
