/// A request as the later stages read it: letters folded, places kept.
///
/// Folding replaces every scalar by exactly one other (full width by half width, traditional by
/// simplified characters, typographic quotes by plain ones, capitals by small letters), so that a
/// place in `folded` is the same place in `typed`.
package struct NormalisedText: Sendable {
    /// The text as it came, cut to ``Limits/textScalarsMax``.
    package let typed: [Unicode.Scalar]
    package let folded: [Unicode.Scalar]

    package init(_ text: String) {
        typed = Array(text.unicodeScalars.prefix(Limits.textScalarsMax))
        folded = typed.map(Folding.fold)
    }

    /// What was typed between two places.
    package func text(_ span: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: typed[span])
        return String(text)
    }

    /// The folded letters between two places.
    package func folded(_ span: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: folded[span])
        return String(text)
    }
}

/// The languages that have a lexicon. The question to the person is written in it.
package enum Language: String, Sendable {
    case english = "en"
    case chinese = "zh"

    /// Chinese as soon as one character outside of quotation marks is: Chinese requests carry
    /// English names of rails and currencies, English ones carry no Chinese.
    package init(of tokens: [Token]) {
        self = tokens.contains { $0.kind == .han } ? .chinese : .english
    }
}
