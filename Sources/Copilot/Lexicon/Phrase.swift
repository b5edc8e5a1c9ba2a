/// One line of the lexicon: a phrase, what it means, and the name by which plans refer to it.
///
/// A phrase is written in words, forms do not matter. `a/b` is either word, `[a/b]` may be absent,
/// `..` skips up to four items that are no pause, `<money>` and the like take a value.
package struct Phrase: Sendable {
    package enum Meaning: Hashable, Sendable {
        /// A verb: begins a step.
        case act(String)
        /// A noun: begins a step, or names what a verb of the same sentence acts upon.
        case thing(String)
        /// How something ends, in one word for all domains; `OutcomeTable` makes it a scenario.
        case outcome(String)
        /// A scenario by its own name.
        case scenario(String)
        /// A parameter. An empty value is taken from the phrase's `<…>`.
        case set(String, String)
        /// A word that shapes the plan: "then", "each", "webhook".
        case cue(String)
        /// Why the request cannot be done.
        case refuse(String)
        /// Understood, changes nothing.
        case fill
    }

    enum Element: Sendable {
        case words([String])
        case optional([String])
        case gap
        case value(ValueKind)
    }

    /// What a `<…>` of a phrase accepts.
    enum ValueKind: String, Sendable {
        case money, number, count, ordinal, rate, duration, days, date, clock, currency
        case phone, email, url, id, quoted, word, amount
    }

    /// `en.act.create_refund.3`: language, kind, meaning, line number within the meaning.
    package let id: String
    package let meaning: Meaning
    let elements: [Element]

    var takesOrdinal: Bool {
        elements.contains { if case .value(.ordinal) = $0 { true } else { false } }
    }

    /// Words that must be there; the longer phrase wins.
    var weight: Int {
        elements.reduce(0) { sum, element in
            switch element {
            case .words(let words): sum + (words[0].unicodeScalars.first!.isHan ? 2 : 4)
            case .value: sum + 3
            case .optional, .gap: sum
            }
        }
    }
}

extension Phrase.Meaning {
    /// Which of several meanings of the same words is tried first.
    var rank: Int {
        switch self {
        case .refuse: 0
        case .act: 1
        case .thing: 2
        case .scenario: 3
        // A cause before a mere "it fails".
        case .outcome(let name): OutcomeTable.generic.contains(name) ? 5 : 4
        case .set: 6
        case .cue: 7
        case .fill: 9
        }
    }

    var isAction: Bool {
        rank == Phrase.Meaning.act("").rank || rank == Phrase.Meaning.thing("").rank
    }

    /// An outcome or a parameter.
    var isFact: Bool {
        switch self {
        case .outcome, .scenario, .set: true
        default: false
        }
    }

    /// The name of the parameter that it sets.
    var parameter: String? {
        if case .set(let key, _) = self { key } else { nil }
    }

    /// May be read inside of a longer phrase as well.
    var isDetail: Bool {
        switch self {
        case .set, .cue("credit"), .cue("debit"): true
        default: false
        }
    }

    /// `3ds` of `topic:3ds`.
    var topic: String? {
        guard case .cue(let name) = self, name.hasPrefix("topic:") else { return nil }
        return String(name.dropFirst(6))
    }

    var isTopic: Bool { topic != nil }
}

extension Phrase.Element {
    /// Reads a phrase; Chinese characters are elements of their own.
    static func elements(of text: Substring) -> [Phrase.Element] {
        var elements: [Phrase.Element] = []
        for piece in text.split(separator: " ") {
            if piece == ".." {
                elements.append(.gap)
            } else if piece.first == "<" {
                guard let kind = Phrase.ValueKind(rawValue: String(piece.dropFirst().dropLast()))
                else {
                    preconditionFailure("lexicon: \(piece) is no kind of value")
                }
                elements.append(.value(kind))
            } else if piece.first == "[" {
                elements.append(.optional(stems(piece.dropFirst().dropLast())))
            } else if piece.unicodeScalars.first!.isHan
                || piece.unicodeScalars.contains(where: \.isHan)
            {
                elements += chinese(piece)
            } else {
                elements.append(.words(stems(piece)))
            }
        }
        return elements
    }

    private static func stems(_ alternatives: Substring) -> [String] {
        alternatives.split(separator: "/").map {
            $0.unicodeScalars.first!.isHan ? String($0) : Stem.of(String($0))
        }
    }

    /// 银行..拒绝: characters in a row; `..` inside is a gap; letters stay one word.
    private static func chinese(_ piece: Substring) -> [Phrase.Element] {
        var elements: [Phrase.Element] = []
        var letters = ""
        func flush() {
            if letters == ".." {
                elements.append(.gap)
            } else if !letters.isEmpty {
                elements.append(.words([Stem.of(letters)]))
            }
            letters = ""
        }
        for scalar in piece.unicodeScalars {
            if scalar.isHan {
                flush()
                elements.append(.words([String(scalar)]))
            } else {
                letters.unicodeScalars.append(scalar)
            }
        }
        flush()
        return elements
    }
}
