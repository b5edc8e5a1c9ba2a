/// A text with places to fill in, in a small subset of Handlebars:
///
///     {{request.body.amount}}   {{upper request.query.currency}}   {{add 1 (length items)}}
///     {{#if a}}…{{else if b}}…{{else}}…{{/if}}   {{#unless a}}…{{/unless}}
///     {{#each items}}{{@index}} {{this.name}} {{../total}}{{else}}none{{/each}}
///     {{! a comment }}   \{{ two braces
///
/// Whoever writes one is a stranger, and so is whoever sends what it is filled with: its size, its
/// depth, the steps of a run and what a run writes are bounded (`Limits.template…`), there is no
/// recursion and no partial, and what a helper gives depends on its arguments and the run's
/// ``TemplateWorld`` alone. Nothing is escaped for HTML; where a place stands inside a JSON text,
/// see ``Escaping``.
package struct Template: Sendable {
    /// How a value is written into the text around it.
    package enum Escaping: Sendable {
        case none
        /// As the inside of a JSON string, so that no value can break out of its quotation marks.
        case json
    }

    let nodes: [TemplateNode]

    /// - Parameter pointer: where the text stands, for faults.
    /// - Throws: for what is no template, names nothing in `vocabulary` or is beyond the bounds.
    package init(
        _ source: String, _ vocabulary: TemplateVocabulary, at pointer: JSONPointer = .root
    ) throws(TemplateFault) {
        var parser = TemplateParser(source, vocabulary, pointer)
        nodes = try parser.template()
    }

    /// The text, when there is no place in it.
    package var constant: String? {
        if nodes.isEmpty { return "" }
        guard nodes.count == 1, case .text(let text) = nodes[0] else { return nil }
        return text
    }

    /// The text with every place filled in.
    package func text<World: TemplateWorld>(
        _ run: inout TemplateRun<World>, escaping: Escaping = .none
    ) throws(TemplateRunFault) -> String {
        var output = ""
        try run.write(nodes, escaping, into: &output)
        return output
    }

    /// The same, but the value itself where the text is one place and nothing else, so that numbers
    /// stay numbers. Null for what is not there.
    package func value<World: TemplateWorld>(
        _ run: inout TemplateRun<World>
    ) throws(TemplateRunFault) -> JSONValue {
        if nodes.count == 1, case .place(let expression) = nodes[0] {
            let value = try run.evaluate(expression)
            try run.count(bytes: JSONWriter.bytes(value).count)
            return value
        }
        return .string(try text(&run))
    }
}

indirect enum TemplateNode: Sendable {
    case text(String)
    case place(TemplateExpression)
    /// The first branch whose condition holds; one without a condition always does.
    case choice([(condition: TemplateExpression?, body: [TemplateNode])])
    case each(TemplateExpression, body: [TemplateNode], otherwise: [TemplateNode])
}

indirect enum TemplateExpression: Sendable {
    case constant(JSONValue)
    case path(TemplatePath)
    case helper(String, [TemplateExpression], options: [(name: String, value: TemplateExpression)])
    case not(TemplateExpression)
}

/// A way to a value: from the element of the `{{#each}}` around the place, or from the outermost.
struct TemplatePath: Sendable {
    enum Start: Sendable {
        /// The element, after so many steps outwards (`../`).
        case element(outwards: Int)
        case root
        /// `@index`, `@key`, `@first`, `@last`.
        case local(String)
    }

    let start: Start
    let names: [String]
}

/// What the templates of one place may say.
package struct TemplateVocabulary: Sendable {
    /// How many arguments a helper takes, and which options (`name=value`).
    package struct Helper: Sendable {
        package let arguments: ClosedRange<Int>
        package let options: Set<String>

        package init(_ arguments: ClosedRange<Int>, options: Set<String> = []) {
            self.arguments = arguments
            self.options = options
        }
    }

    /// Names that a path can begin with outside of `{{#each}}`.
    package let roots: Set<String>
    /// Helpers of the run's world, beside the standard ones.
    package let helpers: [String: Helper]
    /// Names behind this way are written in any case, and lower case in the values.
    package let caseless: [String]

    package init(roots: Set<String>, helpers: [String: Helper] = [:], caseless: [String] = []) {
        self.roots = roots
        self.helpers = helpers
        self.caseless = caseless
    }

    func helper(_ name: String) -> Helper? { StandardHelpers.signatures[name] ?? helpers[name] }

    var helperNames: [String] {
        (Array(StandardHelpers.signatures.keys) + Array(helpers.keys)).sorted()
    }
}

/// What is wrong with a template.
package struct TemplateFault: Error, Hashable, Sendable {
    /// Where the text stands.
    package let pointer: JSONPointer
    /// Characters before the fault, in code points; nil where the whole text is meant.
    package let offset: Int?
    package let expected: String

    /// `}} behind every {{ (at character 5 of the text)`.
    package var description: String {
        offset.map { "\(expected) (at character \($0 + 1) of the text)" } ?? expected
    }
}

/// Why a template gave nothing this time.
package struct TemplateRunFault: Error, Hashable, Sendable {
    /// Where the template stands; the root for one that stands alone.
    package var pointer = JSONPointer.root
    package let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }
}
