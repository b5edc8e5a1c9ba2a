/// A path template such as `/v1/sandboxes/{id}/clock`, or `/assets/{path...}` whose last parameter
/// takes whatever is left.
struct RoutePattern: Hashable, Sendable {
    enum Segment: Hashable, Sendable {
        case literal([UInt8])
        case parameter
        case rest
    }

    let text: String
    let segments: [Segment]
    /// Names of the parameters in order.
    let names: [String]

    /// Patterns are our own literals: a malformed one is our mistake.
    init(_ text: String) {
        precondition(text.hasPrefix("/"), "a route starts with a slash: \(text)")
        self.text = text
        var segments: [Segment] = []
        var names: [String] = []
        for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            precondition(segments.last != .rest, "nothing follows the rest: \(text)")
            guard part.hasPrefix("{"), part.hasSuffix("}") else {
                precondition(!part.contains("{"), "a parameter is a whole segment: \(text)")
                segments.append(.literal(Array(part.utf8)))
                continue
            }
            let name = part.dropFirst().dropLast()
            let takesRest = name.hasSuffix("...")
            segments.append(takesRest ? .rest : .parameter)
            names.append(String(takesRest ? name.dropLast(3) : name))
        }
        precondition(Set(names).count == names.count, "a parameter stands twice: \(text)")
        self.segments = segments
        self.names = names
    }
}

/// The values that a path gave to a pattern's parameters, percent escapes undone.
package struct PathParameters: Equatable, Sendable {
    private var values: [(name: String, value: String)] = []

    package init() {}

    init(names: [String], values: [String]) {
        self.values = Array(zip(names, values))
    }

    package subscript(name: String) -> String? {
        values.first { $0.name == name }?.value
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.values.elementsEqual(right.values) { $0 == $1 }
    }
}
