/// A regular expression of the ECMA-262 kind that JSON Schema uses, matched in linear time.
///
/// Contracts come from strangers and so do the texts matched against them. A backtracking engine
/// takes exponential time for `(a+)+$`; this one walks all alternatives side by side (Thompson,
/// Pike): time ≤ program × text. What cannot be matched this way – backreferences, lookaround –
/// is refused when the pattern is compiled.
package final class Pattern: Sendable {
    /// The text it was compiled from.
    package let source: String
    private let program: Program
    private let automaton: Automaton?

    /// Refuses bad syntax, unsupported constructs and patterns that grow beyond
    /// `Limits.patternInstructionsMax` once their counts are unrolled.
    package init(_ source: String) throws(PatternError) {
        self.source = source
        var parser = PatternParser(source)
        program = try Program(try parser.pattern())
        automaton = Automaton(program)
    }

    /// Instructions that one character of a text may cost.
    var workPerCharacter: Int { program.instructions.count }

    /// Whether it matches anywhere in `text`, code point by code point. Anchor with `^` and `$`.
    package func matches(_ text: String) -> Bool {
        if let automaton {
            var text = text
            if let verdict = text.withUTF8({ automaton.matches($0) }) { return verdict }
        }
        var machine = Machine(program)
        return machine.matches(text.unicodeScalars)
    }
}

/// Why a pattern cannot be used; `offset` counts code points.
package struct PatternError: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String
    package let offset: Int
    /// Whether other engines would take it: lookaround, backreferences.
    package let isUnsupported: Bool

    init(reason: String, offset: Int, isUnsupported: Bool = false) {
        self.reason = reason
        self.offset = offset
        self.isUnsupported = isUnsupported
    }

    package var description: String { "\(reason) (at character \(offset + 1) of the pattern)" }
}

/// The tree that the parser makes.
indirect enum PatternNode {
    case empty
    case set(ScalarSet)
    case assertion(Assertion)
    case sequence([PatternNode])
    case choice([PatternNode])
    /// `most` nil: without end.
    case repetition(PatternNode, least: Int, most: Int?)
}

enum Assertion: Sendable {
    case start, end, wordBoundary, noWordBoundary
}
