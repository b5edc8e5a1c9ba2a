import Contracts

/// What calls may do to the sandbox's world: rules by method and path, and one answer for every
/// destructive operation that no rule names.
struct Guard: Sendable {
    enum Action: String, Sendable {
        case allow
        /// Run in a dry run of its own, which is thrown away.
        case simulate
        case block
    }

    struct Rule: Sendable {
        /// Nil for every method that changes something.
        let method: String?
        let pattern: String
        let action: Action

        /// As it is written in a refusal: `DELETE /payments/v1/customers/*`.
        var name: String { "\(method ?? "*") \(pattern)" }
    }

    let rules: [Rule]
    /// For operations that undo or delete and that no rule names.
    let destructive: Action

    static let open = Guard(rules: [], destructive: .allow)
    /// Name of the rule that ``destructive`` is.
    static let destructiveRule = "destructive"

    private init(rules: [Rule], destructive: Action) {
        self.rules = rules
        self.destructive = destructive
    }

    init(_ document: JSONValue) throws(PolicyFault) {
        var rules: [Rule] = []
        for (index, entry) in (document["rules"]?.array ?? []).enumerated() {
            guard let pattern = entry["path"]?.string, PathPattern.isValid(pattern) else {
                throw PolicyFault(
                    pointer: "/guard/rules/\(index)/path", expected: PathPattern.form)
            }
            let method = entry["method"]?.string
            rules.append(
                Rule(
                    method: method == "*" ? nil : method, pattern: pattern,
                    action: entry["action"]?.string.flatMap(Action.init) ?? .block))
        }
        self.rules = rules
        destructive = document["destructive"]?.string.flatMap(Action.init) ?? .allow
    }

    /// What happens to a call that changes something, and the rule that says so; the first that
    /// fits counts. `path` begins with the contract's name.
    func verdict(
        method: String, path: String, isDestructive: Bool
    ) -> (action: Action, rule: String)? {
        let rule = rules.first {
            ($0.method == nil || $0.method == method) && PathPattern.matches($0.pattern, path)
        }
        if let rule { return (rule.action, rule.name) }
        return isDestructive && destructive != .allow ? (destructive, Self.destructiveRule) : nil
    }

    var document: JSONValue {
        [
            "destructive": .string(destructive.rawValue),
            "rules": .array(
                rules.map {
                    [
                        "method": .string($0.method ?? "*"), "path": .string($0.pattern),
                        "action": .string($0.action.rawValue),
                    ]
                }),
        ]
    }
}

/// Paths by their parts: `*` stands for one part, `**` at the end for all that follow.
enum PathPattern {
    /// What a refusal says that a pattern looks like.
    static let form = "/contract/path with * for one part and ** at the end for all that follow"

    static func isValid(_ pattern: String) -> Bool {
        let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.first?.isEmpty ?? false, parts.count > 1 else { return false }
        return parts.dropFirst().enumerated().allSatisfy { index, part in
            !part.isEmpty && (!part.contains("*") || part == "*" || (part == "**" && index == parts.count - 2))
        }
    }

    static func matches(_ pattern: String, _ path: String) -> Bool {
        let wanted = pattern.split(separator: "/")
        let parts = path.split(separator: "/")
        let isOpen = wanted.last == "**"
        guard isOpen ? parts.count >= wanted.count : parts.count == wanted.count else { return false }
        return zip(wanted, parts).allSatisfy { $0 == "*" || $0 == "**" || $0 == $1 }
    }
}
