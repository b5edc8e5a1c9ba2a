/// What of the text was understood, word by word.
struct Reading {
    let text: NormalisedText
    let items: [Item]
    let matches: [Match]
    let clauses: [Clause]
    let named: Set<Int>

    /// Every token that no phrase and no value used, as it was typed.
    func notUnderstood(_ draft: Draft) -> [String] {
        let used = Set(matches.flatMap(\.items)).union(named)
        let ofSteps = Set(matches.filter(\.phrase.meaning.isAction).flatMap(\.items))
        var words: [String] = []
        var joined: Int?
        for index in items.indices where !used.contains(index) || draft.unused.contains(index) && !ofSteps.contains(index) {
            let item = items[index]
            if item.isPause || (item.value != nil && !draft.unused.contains(index)) { continue }
            let written = text.text(item.span)
            // Neighbouring Chinese characters are listed together.
            if item.token.kind == .han, joined == index - 1, !words.isEmpty { words[words.count - 1] += written } else { words.append(written) }
            joined = item.token.kind == .han ? index : nil
        }
        return words
    }

    /// Takes the clauses of another world out of the draft and returns their text, without the words
    /// that only join.
    func decline(_ draft: inout Draft) -> [String] {
        var foreign = Set(draft.refusals.filter { $0.reason == "out_of_domain" }.map(\.clause))
        for index in clauses.indices where isForeign(index) && !draft.clausesUsed.contains(index) { foreign.insert(index) }
        guard !foreign.isEmpty else { return [] }
        let named = Set(draft.refusals.map(\.clause))
        draft.frames.removeAll { named.contains($0.clause) && foreign.contains($0.clause) && ($0.amount?.quantity == nil || $0.isImplied) }
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
        let isGreeting = items.allSatisfy { $0.isPause || $0.word == nil } || notUnderstood(draft).isEmpty
        return isDomain || isGreeting ? "action" : nil
    }

    /// At least three words of meaning, none of them known.
    private func isForeign(_ index: Int) -> Bool {
        let clause = clauses[index]
        guard clause.happenings.isEmpty else { return false }
        let used = Set(matches.flatMap(\.items)).union(named)
        let unknown = clause.items.filter { items.indices.contains($0) && items[$0].word != nil && !used.contains($0) }
        let letters = unknown.reduce(0) { $0 + (items[$1].token.kind == .han ? 1 : 2) }
        return letters >= 5
    }

    private func written(_ index: Int) -> String {
        var range = clauses[index].items.clamped(to: 0..<items.count)
        let joints = Set(matches.filter { if case .cue(let cue) = $0.phrase.meaning { ["and", "then", "but"].contains(cue) } else { false } }.flatMap(\.items))
        while let first = range.first, joints.contains(first) || items[first].isPause { range = first + 1..<range.upperBound }
        while let last = range.last, items[last].isPause { range = range.lowerBound..<last }
        guard let first = range.first, let last = range.last else { return "" }
        return text.text(items[first].span.lowerBound..<items[last].span.upperBound)
    }
}
