/// What was recognised at one place of the text.
struct Happening {
    enum Content {
        case match(Match)
        case value(Value)
    }

    let content: Content
    let item: Int

    var match: Match? {
        if case .match(let match) = content { match } else { nil }
    }

    var meaning: Phrase.Meaning? { match?.phrase.meaning }

    var value: Value? {
        if case .value(let value) = content { value } else { nil }
    }

    var cue: String? {
        if case .cue(let name)? = meaning { name } else { nil }
    }

    var outcome: String? {
        if case .outcome(let name)? = meaning { name } else { nil }
    }

    /// The action that a verb or noun names.
    var action: String? {
        switch meaning {
        case .act(let name)?, .thing(let name)?: name
        default: nil
        }
    }

    var isThing: Bool {
        if case .thing? = meaning { true } else { false }
    }
}

/// A part of a sentence that says one thing: between pauses, and between "and", "then", "if".
struct Clause {
    var happenings: [Happening] = []
    /// Items from its first to its last.
    var items: Range<Int>
    /// Begins the text or follows a pause: a condition here governs what comes, not what came.
    let followsPause: Bool
    /// Follows a full stop, not a comma.
    let beginsSentence: Bool
    /// The word that opened it: "if", "else", "then", "and", "but".
    var opener: String?

    /// What the clause is about, if a word of it says so and no step of it reads that word otherwise:
    /// the "renewals" of "run the renewals" are a batch.
    var topic: String? {
        for happening in happenings {
            guard let match = happening.match else { continue }
            if let topic = match.phrase.meaning.topic { return topic }
            if let key = match.phrase.meaning.parameter,
                let topic = match.others.compactMap(\.meaning.topic).first,
                !happenings.contains(where: {
                    $0.action.map { ActionCatalogue.takes(key, $0) } ?? false
                })
            {
                return topic
            }
        }
        return nil
    }

    func has(_ cue: String) -> Bool { happenings.contains { $0.cue == cue } }

    static func clauses(of items: [Item], _ matches: [Match]) -> [Clause] {
        let events = happenings(items, matches)
        let used = Set(matches.flatMap(\.items))
        var clauses: [Clause] = []
        var clause = Clause(items: 0..<0, followsPause: true, beginsSentence: true)
        var next = 0
        func close(_ end: Int, pause: Bool, sentence: Bool) {
            clause.items = clause.items.lowerBound..<end
            clauses.append(clause)
            clause = Clause(items: end..<end, followsPause: pause, beginsSentence: sentence)
        }
        for index in items.indices {
            if case .pause(let sign) = items[index].content, !used.contains(index) {
                close(index + 1, pause: true, sentence: [".", "!", "?", ";"].contains(sign))
            }
            while next < events.count, events[next].item == index {
                let event = events[next]
                if clause.happenings.count >= Limits.happeningsMax {
                    close(index, pause: false, sentence: false)
                }
                if let cue = event.cue, openers.contains(cue) {
                    if index > clause.items.lowerBound {
                        close(index, pause: false, sentence: false)
                    }
                    clause.opener = cue
                } else {
                    clause.happenings.append(event)
                }
                next += 1
            }
        }
        close(items.count, pause: true, sentence: true)
        return clauses.filter { !$0.items.isEmpty || !$0.happenings.isEmpty }.flatMap(
            \.withoutConsequence)
    }

    /// "If it succeeds send an email": the condition, and the step that hangs on it.
    private var withoutConsequence: [Clause] {
        guard opener == "if",
            let told = happenings.firstIndex(where: { $0.outcome != nil || $0.scenarioName != nil }
            ),
            let place = happenings[told...].firstIndex(where: { $0.action != nil && !$0.isThing })
        else { return [self] }
        var condition = self
        var consequence = Clause(
            items: happenings[place].item..<items.upperBound, followsPause: true,
            beginsSentence: false)
        condition.items = items.lowerBound..<happenings[place].item
        consequence.happenings = Array(happenings[place...])
        condition.happenings = Array(happenings[..<place])
        return [condition, consequence]
    }

    private static let openers: Set<String> = ["if", "else", "then", "and", "but"]

    private static func happenings(_ items: [Item], _ matches: [Match]) -> [Happening] {
        var used = Set<Int>()
        var events: [Happening] = []
        for match in matches {
            used.formUnion(match.items)
            if match.phrase.meaning != .fill {
                events.append(Happening(content: .match(match), item: match.start))
            }
        }
        for index in items.indices where !used.contains(index) {
            if let value = items[index].value {
                events.append(Happening(content: .value(value), item: index))
            }
        }
        return events.sorted { $0.item < $1.item }
    }
}
