import Contracts

/// Walks through the clauses and gathers frames. One clause at a time; what stands before its verb
/// waits until the verb is known.
struct FrameBuilder {
    let text: NormalisedText
    let items: [Item]
    let clauses: [Clause]
    var draft = Draft()
    var clauseIndex = 0

    // State of the clause.
    var current: Frame?
    var waiting = Waiting()
    /// Takes the next amount before `current` does: the payment of "refund on a $17 sale".
    var owner: Frame?
    var topic: String?
    var ordinal: (Int, Int)?
    var isMember = false
    var passedItem = 0

    // State of the text.
    var group: [Frame] = []
    var groupCursor = 0
    var isListing = false
    var condition: Frame.Condition?

    /// Items that are parts of names.
    var named: Set<Int> = []
    /// Waits beyond its clause: parameters and outcomes said before any step.
    var pending: [(key: String, value: JSONValue, Happening)] = []
    var unsaid: [Happening] = []

    struct Waiting {
        var amount: (Frame.Amount, Int)?
        /// Repetitions, and the item that says so.
        var count: (Int, Int)?
        var outcomes: [Happening] = []
        var sets: [(key: String, value: JSONValue, Happening)] = []
        var isAnother = false
        var isDefinite = false
        var share: Frame.Share?
    }

    static func draft(_ text: NormalisedText, _ items: [Item], _ clauses: [Clause]) -> Draft {
        var builder = FrameBuilder(text: text, items: items, clauses: clauses)
        for index in clauses.indices where builder.draft.frames.count <= Limits.stepsMax {
            builder.clauseIndex = index
            builder.read(clauses[index])
        }
        builder.finish()
        return builder.draft
    }

    private mutating func read(_ clause: Clause) {
        (current, owner, waiting, topic, ordinal, isMember) = (nil, nil, Waiting(), nil, nil, false)
        if clause.beginsSentence, clause.opener != "else" { condition = nil }
        if FaultReader.take(clause, items, &draft) { return }
        topic = clause.topic
        if clause.opener == "if" { return readCondition(clause) }
        if clause.opener == "else" { turnCondition() }
        let framesBefore = draft.frames.count
        for (index, happening) in clause.happenings.enumerated() {
            passedItem = happening.item
            take(happening, index, clause)
        }
        settle(clause)
        if draft.frames.count > framesBefore { draft.clausesUsed.insert(clauseIndex) }
    }

    private mutating func take(_ happening: Happening, _ index: Int, _ clause: Clause) {
        switch happening.content {
        case .match(let match): take(match, happening, index, clause)
        case .value(let value): take(value, happening, index, clause)
        }
    }

    mutating func take(_ match: Match, _ happening: Happening, _ index: Int, _ clause: Clause) {
        let match = chosen(match, index, clause)
        let happening = Happening(content: .match(match), item: happening.item)
        switch match.phrase.meaning {
        case .act(let action), .thing(let action):
            open(action, happening, index, clause)
            takeValues(of: match, index, clause)
            if action == "create_customer" { name(happening, index, clause) }
        case .outcome(let outcome): attach(outcome, happening, index, clause)
        case .scenario(let scenario): attachScenario(scenario, happening, index, clause)
        case .set(let key, let value): set(key, value, happening, index, clause)
        case .cue(let cue): follow(cue, happening, index, clause)
        case .refuse(let reason): draft.refusals.append((reason, clauseIndex))
        case .fill: break
        }
    }

    /// What still waits at the end of a clause goes to its step, or to the one before.
    private mutating func settle(_ clause: Clause) {
        guard let frame = current ?? last else {
            unsaid += waiting.outcomes
            pending += waiting.sets
            return
        }
        if waiting.amount != nil, frame.amount == nil || frame.entry.money == .none {
            settleAmount()
        }
        waiting.amount = nil
        let late = waiting
        flush(into: frame)
        pending += waiting.sets
        unsaid += late.outcomes
    }

    private mutating func settleAmount() {
        guard let (amount, item) = waiting.amount else { return }
        let frame = draft.frames.last { $0.entry.money != .none && $0.amount == nil }
        frame?.amount = amount
        frame?.note(items[item].span)
    }

    /// What waited for a step that came later, or never.
    private mutating func finish() {
        (draft.named, draft.group) = (named, group)
        if draft.frames.isEmpty,
            let action = unsaid.compactMap(\.outcome).compactMap({ OutcomeTable.impliedAction($0) })
                .first
        {
            begin(Frame(action))
        }
        for (key, value, happening) in pending {
            if let frame = draft.frames.first(where: { takes(key, $0) && $0.params[key] == nil }) {
                put(key, value, happening, frame)
            } else if key == "buy_currency",
                let frame = draft.frames.first(where: { takes("currency", $0) })
            {
                // "In GBP" outside of an exchange.
                put("currency", value, happening, frame)
            } else if let match = happening.match {
                if !match.mayMeanNothing { draft.idle.insert(match.items) }
            } else {
                draft.unused.insert(happening.item)
            }
        }
        for happening in unsaid {
            for frame in draft.frames
            where frame.scenario == nil && !frame.isSaidToSucceed || frame.isScenarioGeneric {
                apply(happening, to: frame)
                if frame.scenario != nil { break }
            }
        }
    }

    /// Addresses that are part of a verb's phrase: "call <phone>".
    private mutating func takeValues(of match: Match, _ index: Int, _ clause: Clause) {
        for (item, value) in match.items.compactMap({ item in items[item].value.map { (item, $0) } }
        ) {
            switch value {
            case .phone, .email, .url, .identifier, .quoted, .money:
                take(value, Happening(content: .value(value), item: item), index, clause)
            default: continue
            }
        }
    }

    /// Of several meanings of the same words the one that fits a step here: "duplicate" is a
    /// dispute's reason, and an ACH return's cause.
    private mutating func chosen(_ match: Match, _ index: Int, _ clause: Clause) -> Match {
        guard !match.others.isEmpty else { return match }
        let ahead = actionAhead(index, clause)?.action.map { Frame(concrete($0)) }
        let here = [current, ahead].compactMap { $0 }
        let near = here + [last].compactMap { $0 }
        let phrases = [match.phrase] + match.others
        let parameter = phrases.first { phrase in
            guard case .set(let key, _) = phrase.meaning else { return false }
            return here.contains { takes(key, $0) }
        }
        let fitting = phrases.first { phrase in
            switch phrase.meaning {
            case .set(let key, _): near.contains { takes(key, $0) }
            case .outcome(let outcome):
                near.contains { OutcomeTable.scenario(outcome, of: $0) != nil }
            default: true
            }
        }
        let isOpen = if case .outcome = match.phrase.meaning { true } else { false }
        guard let phrase = (isOpen ? parameter : nil) ?? fitting else { return match }
        draft.readAs[match.start] = phrase.id
        return Match(phrase: phrase, others: match.others, items: match.items, values: match.values)
    }

    /// The action that stands for a verb whose object is not known yet.
    func concrete(_ action: String) -> String {
        ["cancel", "retry"].contains(action) ? "cancel_payment" : action
    }

    // MARK: - Looking around

    func span(_ happening: Happening) -> Range<Int> {
        guard let match = happening.match else { return items[happening.item].span }
        return items[match.start].span.lowerBound..<items[match.end].span.upperBound
    }

    /// The phrase's id, or the kind of value.
    func rule(_ happening: Happening) -> String? {
        happening.match?.phrase.id ?? happening.value.map { "value.\($0.name)" }
    }

    /// The next verb or noun of the clause that begins a step.
    func actionAhead(_ index: Int, _ clause: Clause) -> Happening? {
        clause.happenings[min(index + 1, clause.happenings.count)...].first { $0.action != nil }
    }

    var last: Frame? { draft.frames.last }

    func word(_ item: Int) -> String? { items.indices.contains(item) ? items[item].word : nil }

    /// "the", "that", "this" or a Chinese 该, 这 shortly before: points to something known.
    func isDefinite(_ happening: Happening) -> Bool {
        let before = (max(0, happening.item - 3)..<happening.item).compactMap(word)
        return before.contains {
            ["the", "that", "this", "those", "thes", "same", "it", "该", "这", "那", "此", "上", "原"]
                .contains($0)
        }
    }

    func isIndefinite(_ happening: Happening) -> Bool {
        waiting.isAnother || waiting.count != nil
            || (max(0, happening.item - 4)..<happening.item).compactMap(word).contains {
                ["a", "an", "another", "new", "新"].contains($0)
            }
    }
}
