/// A phrase found in a request.
package struct Match: Sendable {
    package let phrase: Phrase
    /// Other meanings of the very same words, likeliest first; the context chooses.
    package let others: [Phrase]
    /// The items that the phrase's words and values are; gaps are not among them.
    package let items: [Int]
    /// Values of the phrase's `<…>`, in order.
    package let values: [Value]

    /// Nobody misses these words if no step takes them.
    var mayMeanNothing: Bool { others.contains { $0.meaning == .fill } }

    package var start: Int { items[0] }
    package var end: Int { items[items.count - 1] }
}

/// Finds phrases: every place, longest first, each item used once.
struct Matcher {
    let lexicon: Lexicon
    private(set) var items: [Item]

    init(_ lexicon: Lexicon, _ items: [Item]) {
        self.lexicon = lexicon
        self.items = items
        mendSpelling()
    }

    /// The phrases of the request in the order of the text.
    func matches() -> [Match] {
        var found: [Candidate] = []
        for place in items.indices {
            for index in lexicon.candidates(for: items[place]) {
                let phrase = lexicon.phrases[index]
                var taken: [Int] = []
                if fits(phrase.elements[...], at: place, &taken), !taken.isEmpty {
                    let stretch = taken.last! - taken.first! + 1 - taken.count
                    found.append(
                        Candidate(
                            phrase: index, items: taken, weight: phrase.weight, stretch: stretch,
                            rank: phrase.meaning.rank))
                }
            }
        }
        found.sort { $0.precedes($1) }
        return choose(found)
    }

    /// The best candidates that share no item; then what lies inside of a verb or noun (the "virtual"
    /// of "virtual card") or of a longer phrase (the "passport" of "forged passport").
    private func choose(_ found: [Candidate]) -> [Match] {
        var read = Set<[Int]>()
        var used = Set<Int>()
        var ofActions = Set<Int>()
        var ofParameters = Set<Int>()
        var owners: [Int: Phrase.Meaning] = [:]
        var chosen: [Match] = []
        let rivals = Dictionary(grouping: found, by: \.items)
        for candidate in found where used.isDisjoint(with: candidate.items) {
            used.formUnion(candidate.items)
            let others = rivals[candidate.items]!.filter { $0.phrase != candidate.phrase }
            chosen.append(match(candidate, others.map { lexicon.phrases[$0.phrase] }))
            let meaning = lexicon.phrases[candidate.phrase].meaning
            if !meaning.isAction { read.insert(candidate.items) }
            for item in candidate.items { owners[item] = meaning }
            if meaning.isAction || meaning.isTopic || meaning.isFact && candidate.items.count > 1 {
                ofActions.formUnion(candidate.items)
            } else {
                ofParameters.formUnion(candidate.items)
            }
        }
        for candidate in found {
            let meaning = lexicon.phrases[candidate.phrase].meaning
            guard meaning.isDetail, !ofActions.isDisjoint(with: candidate.items),
                ofParameters.isDisjoint(with: candidate.items),
                !candidate.items.contains(where: {
                    owners[$0]?.parameter == meaning.parameter && meaning.parameter != nil
                }),
                read.insert(candidate.items).inserted
            else { continue }
            ofParameters.formUnion(candidate.items)
            chosen.append(match(candidate, []))
        }
        return chosen.enumerated().sorted {
            ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
        }.map(\.element)
    }

    private func match(_ candidate: Candidate, _ others: [Phrase]) -> Match {
        let phrase = lexicon.phrases[candidate.phrase]
        // The "last" of "last two hours" is a word of the phrase, no value of it.
        let values = candidate.items.compactMap { items[$0].value }.filter { value in
            if case .ordinal = value { phrase.takesOrdinal } else { true }
        }
        return Match(phrase: phrase, others: others, items: candidate.items, values: values)
    }

    private struct Candidate {
        let phrase: Int
        let items: [Int]
        let weight: Int
        /// Items that its gaps skip.
        let stretch: Int
        let rank: Int

        /// Longest first, then by kind, then the tighter one, then by place, then by the lexicon's
        /// order: never by chance.
        func precedes(_ other: Candidate) -> Bool {
            (other.weight, rank, stretch, items[0], phrase) < (
                weight, other.rank, other.stretch, other.items[0], other.phrase
            )
        }
    }

    private func fits(_ elements: ArraySlice<Phrase.Element>, at place: Int, _ taken: inout [Int])
        -> Bool
    {
        guard let element = elements.first else { return true }
        let rest = elements.dropFirst()
        switch element {
        case .words(let words):
            guard place < items.count, accepts(words, items[place]) else { return false }
            taken.append(place)
            if fits(rest, at: place + 1, &taken) { return true }
            taken.removeLast()
            return false
        case .optional(let words):
            if place < items.count, accepts(words, items[place]) {
                taken.append(place)
                if fits(rest, at: place + 1, &taken) { return true }
                taken.removeLast()
            }
            return fits(rest, at: place, &taken)
        case .gap:
            for skipped in 0...Limits.gapItemsMax {
                let next = place + skipped
                guard next <= items.count else { return false }
                if skipped > 0, items[next - 1].isPause { return false }
                if fits(rest, at: next, &taken) { return true }
            }
            return false
        case .value(let kind):
            guard place < items.count, accepts(kind, items[place]) else { return false }
            taken.append(place)
            if fits(rest, at: place + 1, &taken) { return true }
            taken.removeLast()
            return false
        }
    }

    private func accepts(_ words: [String], _ item: Item) -> Bool {
        switch item.content {
        case .word(let word), .sign(let word): words.contains(word)
        // "Last" is an ordinal, and a word of "the last two hours".
        case .value(.ordinal): item.token.kind == .word && words.contains(Stem.of(item.token.text))
        case .value, .pause: false
        }
    }

    private func accepts(_ kind: Phrase.ValueKind, _ item: Item) -> Bool {
        switch (kind, item.value) {
        case (.money, .money), (.number, .number), (.count, .count), (.ordinal, .ordinal),
            (.rate, .rate),
            (.duration, .duration), (.days, .businessDays), (.date, .date), (.clock, .clock),
            (.currency, .currency), (.phone, .phone), (.email, .email), (.url, .url),
            (.id, .identifier),
            (.quoted, .quoted), (.amount, .money), (.amount, .number):
            true
        case (.word, nil): item.word != nil
        default: false
        }
    }

    private mutating func mendSpelling() {
        var compared = 0
        for index in items.indices {
            guard let word = items[index].word, items[index].token.kind == .word,
                !lexicon.vocabulary.contains(word), !items[index].token.isCapitalised || index == 0
            else { continue }
            compared += 1
            guard compared <= Limits.mendedWordsMax,
                let mended = lexicon.vocabulary.nearest(to: word)
            else { continue }
            items[index].content = .word(mended)
        }
    }
}
