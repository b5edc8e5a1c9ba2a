/// What of the text was understood, word by word.
struct Reading {
    let text: NormalisedText
    let items: [Item]
    let matches: [Match]
    let clauses: [Clause]
    let named: Set<Int>
    /// Items that a phrase or a name holds.
    private let used: Set<Int>
    /// Items that only join clauses.
    private let joints: Set<Int>

    init(text: NormalisedText, items: [Item], matches: [Match], clauses: [Clause], named: Set<Int>)
    {
        (self.text, self.items, self.matches, self.clauses, self.named) = (
            text, items, matches, clauses, named
        )
        used = Set(matches.flatMap(\.items)).union(named)
        let joining: [Phrase.Meaning] = [.cue("and"), .cue("then"), .cue("but")]
        joints = Set(matches.filter { joining.contains($0.phrase.meaning) }.flatMap(\.items))
    }

    /// Every word and value with the rule that read it; nil where none did. Pauses are not listed.
    func words(_ draft: Draft) -> [(item: Int, rule: String?)] {
        var rules: [Int: String] = [:]
        for match in matches.reversed() {
            let isIdle = draft.idle.contains(match.items) && !match.phrase.meaning.isAction
            for item in match.items where !isIdle {
                rules[item] = draft.readAs[match.start] ?? match.phrase.id
            }
        }
        for item in named { rules[item] = "value.name" }
        let usedPlaces = draft.usedPlaces
        for (item, content) in items.enumerated()
        where rules[item] == nil && !draft.unused.contains(item) {
            if let value = content.value, content.span.allSatisfy(usedPlaces.contains) {
                rules[item] = "value.\(value.name)"
            }
        }
        return items.indices.filter { !items[$0].isPause }.map { ($0, rules[$0]) }
    }

    /// Places of what nothing read; neighbouring Chinese characters are one place.
    func unread(_ draft: Draft) -> [Range<Int>] {
        var places: [Range<Int>] = []
        for (item, rule) in words(draft) where rule == nil {
            let span = items[item].span
            if items[item].token.kind == .han, let last = places.last,
                last.upperBound == span.lowerBound
            {
                places[places.count - 1] = last.lowerBound..<span.upperBound
            } else {
                places.append(span)
            }
        }
        return places
    }

    /// Takes the clauses of another world out of the draft and returns their text, without the words
    /// that only join.
    func decline(_ draft: inout Draft) -> [String] {
        var foreign = Set(draft.refusals.filter { $0.reason == "out_of_domain" }.map(\.clause))
        for index in clauses.indices where isForeign(index) && !draft.clausesUsed.contains(index) {
            foreign.insert(index)
        }
        guard !foreign.isEmpty else { return [] }
        let named = Set(draft.refusals.map(\.clause))
        draft.frames.removeAll {
            named.contains($0.clause) && foreign.contains($0.clause)
                && ($0.amount?.quantity == nil || $0.isImplied)
        }
        return foreign.sorted().map(written).filter { !$0.isEmpty }
    }

    /// What to ask of a text that names something of the domain and no action; nil: it names nothing.
    func askOfFragment(_ draft: Draft) -> String? {
        if let ask = draft.asksFor.first { return ask }
        if draft.wantsWebhook { return "event" }
        let cues = Set(clauses.flatMap(\.happenings).compactMap(\.cue))
        if cues.contains("clock") { return "duration" }
        let isDomain = matches.contains { match in
            switch match.phrase.meaning {
            case .outcome, .scenario, .set: true
            case .cue(let name): name.hasPrefix("topic:") || name == "domain" || name == "customer"
            default: false
            }
        }
        let isGreeting = items.allSatisfy { $0.isPause || $0.word == nil } || unread(draft).isEmpty
        return isDomain || isGreeting ? "action" : nil
    }

    /// At least three words of meaning, none of them known.
    private func isForeign(_ index: Int) -> Bool {
        let clause = clauses[index]
        guard clause.happenings.isEmpty else { return false }
        let unknown = clause.items.filter {
            items.indices.contains($0) && items[$0].word != nil && !used.contains($0)
        }
        let letters = unknown.reduce(0) { $0 + (items[$1].token.kind == .han ? 1 : 2) }
        return letters >= 5
    }

    private func written(_ index: Int) -> String {
        var range = clauses[index].items.clamped(to: 0..<items.count)
        while let first = range.first, joints.contains(first) || items[first].isPause {
            range = first + 1..<range.upperBound
        }
        while let last = range.last, items[last].isPause { range = range.lowerBound..<last }
        guard let first = range.first, let last = range.last else { return "" }
        return text.text(items[first].span.lowerBound..<items[last].span.upperBound)
    }
}
