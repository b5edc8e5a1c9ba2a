import Contracts

/// One step while it is being understood: an action with the slots filled so far.
///
/// A reference type: later words ("the second one", "it") reach back to a frame and change it.
final class Frame {
    var action: String
    var params = JSONObject()
    var amount: Amount?
    var scenario: String?
    /// The scenario came from a word without a cause ("declined"); a named cause replaces it.
    var isScenarioGeneric = false
    /// The scenario is a code that the text names.
    var hasCode = false
    /// The text says that it goes well.
    var isSaidToSucceed = false
    var contradicts = false
    var count = 1
    /// Stands for a thing that the text only points back to ("the payment from before").
    var pointsBack = false
    /// Made for the run, not asked for.
    var isAdded = false
    /// Made because a sum or an outcome was named without an action.
    var isImplied = false
    /// The clause that began it.
    var clause = 0
    var condition: Condition?
    var spans: [Range<Int>] = []
    var rules: [String] = []

    struct Amount: Equatable {
        /// Nil while only "all of it", "half" is known.
        var quantity: Quantity?
        var currency: String?
        /// Share of the step that it follows: "half" is (1, 2).
        var share: Share?
        /// A part that cannot be computed.
        var isUnknown = false
    }

    /// Part of an earlier amount: `times / per` of it, `less` what other steps took.
    struct Share: Equatable {
        var times = 1
        var per = 1
        var isRest = false
    }

    struct Condition {
        let frame: Frame
        var status: String
    }

    init(_ action: String) { self.action = action }

    var entry: ActionCatalogue.Entry { ActionCatalogue.entry(action) }

    /// Another one like this, its outcome open.
    func sibling() -> Frame {
        let other = Frame(action)
        (other.params, other.amount, other.spans, other.rules) = (params, amount, spans, rules)
        other.condition = condition
        return other
    }

    func note(_ span: Range<Int>, _ rule: String? = nil) {
        if !spans.contains(span) { spans.append(span) }
        if let rule, !rules.contains(rule) { rules.append(rule) }
    }
}
