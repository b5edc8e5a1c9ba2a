import Contracts

/// What the clauses say together, before amounts are linked and anything is checked.
struct Draft {
    var frames: [Frame] = []
    /// Members of the last group, written out.
    var group: [Frame] = []
    var isParallel = false
    var wantsWebhook = false
    var faults = JSONObject()
    /// Movements of the clock with the number of frames that stand before each.
    var movements: [Movement] = []
    /// Reasons found, with the clause each was found in.
    var refusals: [(reason: String, clause: Int)] = []
    /// A currency named anywhere, for amounts without one.
    var currencies: [String] = []
    /// What "it" or "as before" would need to point at.
    var asksFor: [String] = []
    /// Values that nobody took: items by index.
    var unused: Set<Int> = []
    /// Phrases that found no step, by their items.
    var idle: Set<[Int]> = []
    /// The rule chosen among several of the same words, by the phrase's first item.
    var readAs: [Int: String] = [:]
    /// Places of values that became no step: faults, conditions, whole clauses.
    var spans: [Range<Int>] = []
    /// Items that are names of people and companies.
    var named: Set<Int> = []
    /// Clauses that led to something.
    var clausesUsed: Set<Int> = []
    var rules: [String] = []

    /// Every place that became a part of a step, a movement or the faults.
    var usedPlaces: Set<Int> {
        Set((frames.flatMap(\.spans) + movements.map(\.span) + spans).joined())
    }

    struct Movement {
        var value: JSONValue
        let position: Int
        let span: Range<Int>
    }
}
