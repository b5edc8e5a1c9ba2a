/// A query that selects values of a document, RFC 9535: `$.paths[?@.get]..parameters[0]`.
///
/// The whole of the RFC: names, wildcards, indexes, slices, descendants, filters and the five
/// functions of its registry. Regular expressions run in linear time (``Pattern``).
package struct JSONPath: Sendable {
    /// As it was written.
    package let source: String
    private let query: Query

    /// Refuses what is no query, and one longer or deeper than `Limits` say.
    package init(_ source: String) throws(JSONPathError) {
        self.source = source
        var parser = try JSONPathParser(source)
        query = try parser.whole()
    }

    /// Where the selected values stand, in the order of the RFC. A value that is selected twice
    /// stands twice. `steps` counts down the values looked at; fails when none is left.
    package func places(
        in document: JSONValue, steps: inout Int
    ) throws(JSONPathError) -> [JSONPointer] {
        var run = JSONPathRun(root: document, stepsLeft: steps)
        let found = try run.nodes(query, from: JSONPathRun.Node(place: .root, value: document))
        steps = run.stepsLeft
        return found.map(\.place)
    }
}

/// Why a query cannot be read or run.
package struct JSONPathError: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String
    /// Characters of the query before the fault; nil when it ran too long.
    package let offset: Int?

    package var description: String {
        reason + (offset.map { " (at character \($0 + 1) of the query)" } ?? "")
    }
}

// MARK: - What a query consists of

extension JSONPath {
    /// From the document or from the value that a filter looks at.
    struct Query: Sendable {
        let isRelative: Bool
        let segments: [Segment]

        /// Whether it selects one value at most, by its form.
        var isSingular: Bool {
            segments.allSatisfy { segment in
                guard !segment.isDescendant, segment.selectors.count == 1 else { return false }
                switch segment.selectors[0] {
                case .name, .index: return true
                case .wildcard, .slice, .filter: return false
                }
            }
        }
    }

    struct Segment: Sendable {
        /// Whether the selectors are applied to the value and everything in it.
        let isDescendant: Bool
        let selectors: [Selector]
    }

    enum Selector: Sendable {
        case name(String)
        case wildcard
        /// Below zero: from the end.
        case index(Int)
        case slice(start: Int?, end: Int?, step: Int)
        case filter(Condition)
    }

    indirect enum Condition: Sendable {
        case any([Condition])
        case all([Condition])
        case not(Condition)
        case exists(Query)
        case compares(Operand, Comparison, Operand)
        /// `match` for the whole text, else `search`.
        case matches(Operand, Expression, isWhole: Bool)
    }

    enum Comparison: String, Sendable, CaseIterable {
        // Longer ones first, as they are read.
        case equal = "=="
        case unequal = "!="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case less = "<"
        case greater = ">"
    }

    /// What has one value, or none.
    indirect enum Operand: Sendable {
        case literal(JSONValue)
        case query(Query)
        case length(Operand)
        case count(Query)
        /// The value of a query that selects exactly one.
        case value(Query)
    }

    /// A regular expression, RFC 9485.
    enum Expression: Sendable {
        /// Nil for what is none, which matches nothing.
        case known(Pattern?)
        /// Found out with each value.
        case operand(Operand)
    }
}
