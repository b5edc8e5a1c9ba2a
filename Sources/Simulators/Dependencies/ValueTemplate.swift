package import Contracts

/// A JSON value with places to fill in: `{{name}}`, or `{{helper name …}}` with one of ``helpers``.
/// A text that is one place and nothing else becomes the value itself, so that numbers stay
/// numbers; in longer texts the value is written into the text.
package struct ValueTemplate: Sendable {
    /// Helpers with the number of names that they take.
    ///
    /// - `upper`, `lower`: the text in other letters.
    /// - `text`: a number as text.
    /// - `major`: minor units of a currency as a decimal number: `{{major amount sell_currency}}`.
    static let helpers = ["upper": 1, "lower": 1, "text": 1, "major": 2]

    private let root: Node

    private indirect enum Node: Sendable {
        case constant(JSONValue)
        case text([Piece])
        case list([Node])
        case members([(name: String, value: Node)])
    }

    private enum Piece: Sendable {
        case text(String)
        /// A name, or a helper with its names.
        case place([String])
    }

    /// - Throws: a fault for a place that cannot be read or that names nothing in `names`, with the
    ///   pointer below `pointer`.
    package init(
        _ source: JSONValue, names: Set<String>, at pointer: JSONPointer
    ) throws(DependencyFault) {
        root = try Self.node(source, names, pointer)
    }

    package func filled(_ values: JSONObject) -> JSONValue { Self.fill(root, values) }

    private static func node(
        _ value: JSONValue, _ names: Set<String>, _ pointer: JSONPointer
    ) throws(DependencyFault) -> Node {
        switch value {
        case .null, .bool, .number: return .constant(value)
        case .string(let text): return .text(try pieces(text, names, pointer))
        case .array(let items):
            var nodes: [Node] = []
            for (index, item) in items.enumerated() {
                nodes.append(try node(item, names, pointer.appending(index)))
            }
            return .list(nodes)
        case .object(let object):
            var members: [(name: String, value: Node)] = []
            for member in object.members {
                let below = pointer.appending(member.name)
                members.append((member.name, try node(member.value, names, below)))
            }
            return .members(members)
        }
    }

    private static func fill(_ node: Node, _ values: JSONObject) -> JSONValue {
        switch node {
        case .constant(let value): return value
        case .list(let nodes): return .array(nodes.map { fill($0, values) })
        case .members(let members):
            return .object(
                JSONObject(members.map { .init(name: $0.name, value: fill($0.value, values)) }))
        case .text(let pieces):
            if pieces.count == 1, case .place(let words) = pieces[0] { return say(words, values) }
            let texts = pieces.map { piece in
                switch piece {
                case .text(let text): text
                case .place(let words): say(words, values).scalarText
                }
            }
            return .string(texts.joined())
        }
    }

    // MARK: Places

    private static func pieces(
        _ text: String, _ names: Set<String>, _ pointer: JSONPointer
    ) throws(DependencyFault) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{") {
            if open.lowerBound > rest.startIndex {
                pieces.append(.text(String(rest[..<open.lowerBound])))
            }
            let inside = rest[open.upperBound...]
            guard let close = inside.firstRange(of: "}}") else {
                throw DependencyFault(pointer: pointer, expected: "}} behind every {{")
            }
            let words = inside[..<close.lowerBound].split(separator: " ").map(String.init)
            try check(words, names, pointer)
            pieces.append(.place(words))
            rest = inside[close.upperBound...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        return pieces
    }

    private static func check(
        _ words: [String], _ names: Set<String>, _ pointer: JSONPointer
    ) throws(DependencyFault) {
        guard !words.isEmpty else {
            throw DependencyFault(pointer: pointer, expected: "a name between {{ and }}")
        }
        let isHelped = words.count > 1
        if isHelped, helpers[words[0]] != words.count - 1 {
            let known = helpers.keys.sorted().joined(separator: ", ")
            throw DependencyFault(
                pointer: pointer, expected: "one of the helpers \(known), with its names")
        }
        for name in words.dropFirst(isHelped ? 1 : 0) where !names.contains(name) {
            throw DependencyFault(
                pointer: pointer, expected: "one of \(names.sorted().joined(separator: ", "))")
        }
    }

    private static func say(_ words: [String], _ values: JSONObject) -> JSONValue {
        let value = values[words[words.count > 1 ? 1 : 0]] ?? .null
        guard words.count > 1 else { return value }
        switch words[0] {
        case "upper": return .string(value.scalarText.uppercased())
        case "lower": return .string(value.scalarText.lowercased())
        case "major": return major(value.int ?? 0, values[words[2]]?.string ?? "")
        default: return .string(value.scalarText)
        }
    }

    /// Exact: 1250 minor units of EUR are 12.50, of JPY 1250.
    private static func major(_ minor: Int64, _ currency: String) -> JSONValue {
        let places = Currencies.minorUnits(currency.lowercased()) ?? 0
        guard places > 0 else { return .int(minor) }
        let digits = String(minor.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let text = "\(minor < 0 ? "-" : "")\(padded.dropLast(places)).\(padded.suffix(places))"
        return JSONNumber(text).map { .number($0) } ?? .int(minor)
    }
}

extension JSONValue {
    /// A text or a number as it is written; empty for anything else.
    var scalarText: String { string ?? number?.text ?? "" }
}
