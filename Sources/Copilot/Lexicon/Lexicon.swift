/// All phrases of all languages, indexed by their first word.
package struct Lexicon: Sendable {
    package static let standard = Lexicon([
        ("en", EnglishActions.table), ("en", EnglishOutcomes.table), ("en", EnglishDetails.table),
        ("en", EnglishGuards.table),
        ("zh", ChineseActions.table), ("zh", ChineseOutcomes.table), ("zh", ChineseDetails.table),
        ("zh", ChineseGuards.table),
    ])

    let phrases: [Phrase]
    private let byFirstWord: [String: [Int]]
    private let byFirstValue: [Int]
    /// Every English stem of the lexicon with its letters, for the correction of typing errors.
    let vocabulary: Vocabulary

    /// Reads tables of lines `kind meaning | phrase, phrase, …`; a malformed one is our own mistake.
    package init(_ tables: [(language: String, text: String)]) {
        var phrases: [Phrase] = []
        for (language, text) in tables {
            for line in text.split(separator: "\n") where line.contains("|") {
                phrases += Self.phrases(line, language)
            }
        }
        self.phrases = phrases
        var byFirstWord: [String: [Int]] = [:]
        var byFirstValue: [Int] = []
        var words: Set<String> = []
        for (index, phrase) in phrases.enumerated() {
            if case .words(let first) = phrase.elements[0] {
                for word in first { byFirstWord[word, default: []].append(index) }
            } else {
                byFirstValue.append(index)
            }
            for case .words(let some) in phrase.elements { words.formUnion(some) }
            for case .optional(let some) in phrase.elements { words.formUnion(some) }
        }
        (self.byFirstWord, self.byFirstValue) = (byFirstWord, byFirstValue)
        vocabulary = Vocabulary(words)
    }

    /// The phrases that may begin with an item.
    func candidates(for item: Item) -> [Int] {
        switch item.content {
        case .word(let word), .sign(let word): byFirstWord[word] ?? []
        case .value(.ordinal): byFirstValue + (byFirstWord[Stem.of(item.token.text)] ?? [])
        case .value: byFirstValue
        case .pause: []
        }
    }

    private static func phrases(_ line: Substring, _ language: String) -> [Phrase] {
        let halves = line.split(separator: "|", maxSplits: 1)
        let head = halves[0].split(separator: " ").map(String.init)
        let meaning = meaning(of: head)
        return halves[1].split(separator: ",").enumerated().map { index, text in
            Phrase(
                id: "\(language).\(head.joined(separator: ".")).\(index + 1)", meaning: meaning,
                elements: Phrase.Element.elements(of: text))
        }
    }

    private static func meaning(of head: [String]) -> Phrase.Meaning {
        switch head[0] {
        case "act": .act(head[1])
        case "thing": .thing(head[1])
        case "out": .outcome(head[1])
        case "is": .scenario(head[1])
        case "set": .set(head[1], head.count > 2 ? head[2] : "")
        case "cue": .cue(head[1])
        case "no": .refuse(head[1])
        case "fill": .fill
        default: preconditionFailure("lexicon: \(head[0]) is no kind of meaning")
        }
    }
}
