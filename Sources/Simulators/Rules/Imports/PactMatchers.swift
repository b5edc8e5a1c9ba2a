import Contracts

/// A Pact request and its matching rules as conditions of a rule. Version 2 writes rules as paths
/// (`$.body.id`), later ones by part of the message (`body: {"$.id": …}`).
struct PactMatchers {
    private let request: JSONValue
    private let pointer: JSONPointer
    private let rules: [Matcher]
    private(set) var conditions: [JSONValue] = []
    private(set) var notes: [RuleImport.Note] = []

    private struct Matcher {
        /// `path`, `query`, `header`, `body`.
        let part: String
        /// From the part's root; `*` for any.
        let tokens: [String]
        let test: JSONValue

        /// How closely it fits a place: nil not at all. A `type` holds for everything below.
        func fit(_ place: [String]) -> Int? {
            let cascades = ["type", nil].contains(test["match"]?.string)
            guard tokens.count == place.count || cascades && tokens.count < place.count,
                zip(tokens, place).allSatisfy({ $0 == "*" || $0 == $1 })
            else { return nil }
            return tokens.count * 2 - tokens.count { $0 == "*" }
        }
    }

    init(_ request: JSONValue, _ pointer: JSONPointer) {
        self.request = request
        self.pointer = pointer
        rules = (request["matchingRules"]?.object?.members ?? []).flatMap(Self.matchers)
    }

    private static func matchers(_ member: JSONObject.Member) -> [Matcher] {
        if member.name.hasPrefix("$") {
            guard let tokens = JSONPathText.tokens(member.name), let part = tokens.first else { return [] }
            let name = part == "headers" ? "header" : part
            return [Matcher(part: name, tokens: Array(tokens.dropFirst()), test: member.value)]
        }
        if let test = member.value["matchers"]?.array?.first {
            return [Matcher(part: member.name, tokens: [], test: test)]
        }
        return (member.value.object?.members ?? []).compactMap { entry in
            guard let test = entry.value["matchers"]?.array?.first else { return nil }
            let tokens = entry.name.hasPrefix("$") ? JSONPathText.tokens(entry.name) : [entry.name]
            return tokens.map { Matcher(part: member.name, tokens: $0, test: test) }
        }
    }

    private func test(_ part: String, _ place: [String]) -> JSONValue? {
        rules.filter { $0.part == part }
            .compactMap { rule in rule.fit(place).map { (rule.test, $0) } }
            .max { $0.1 < $1.1 }?.0
    }

    // MARK: Parts

    mutating func path() -> StubPath? {
        guard let text = request["path"]?.string else {
            notes.append(.init(pointer, "the request has no path"))
            return nil
        }
        guard let test = test("path", []) else { return StubPath(literal: text) }
        if let pattern = test["regex"]?.string, let path = StubPath(pattern: pattern) { return path }
        notes.append(
            .init(pointer.appending("matchingRules"), "the path's pattern cannot be read segment by segment; its example counts"))
        return StubPath(literal: text)
    }

    mutating func addQuery() {
        let pairs: [(name: String, value: String)]
        if let text = request["query"]?.string {
            pairs = StubAddress("/?" + text)?.query ?? []
        } else {
            pairs = (request["query"]?.object?.members ?? []).flatMap { member in
                (member.value.array ?? [member.value]).compactMap(\.string).map { (member.name, $0) }
            }
        }
        for pair in pairs {
            add("query", pair.name, .string(pair.value), test("query", [pair.name]))
        }
    }

    mutating func addHeaders() {
        for header in request["headers"]?.object?.members ?? [] {
            let below = pointer.appending("headers").appending(header.name)
            if CredentialNames.isOne(header.name) {
                notes.append(.init(below, "credentials are checked by the sandbox and not stored"))
            } else if ["content-type", "accept"].contains(header.name.lowercased()) {
                notes.append(.init(below, "the contract says which media types there are"))
            } else {
                let value = header.value.array?.first ?? header.value
                add("header", header.name, value, test("header", [header.name]))
            }
        }
    }

    mutating func addBody(_ body: JSONValue?) {
        guard let body else { return }
        guard rules.contains(where: { $0.part == "body" }) else {
            conditions.append(.condition(at: .root, "equals", body))
            return
        }
        for leaf in body.leaves() {
            let matcher = test("body", leaf.pointer.tokens)
            // Lists of alike elements are looked at by their first one.
            if matcher != nil, leaf.pointer.tokens.contains(where: { Int($0).map { $0 > 0 } ?? false }) {
                continue
            }
            add("body", leaf.pointer.description, leaf.value, matcher)
        }
    }

    private mutating func add(
        _ place: String, _ name: String, _ value: JSONValue, _ matcher: JSONValue?
    ) {
        guard let matcher else {
            conditions.append(.condition(place, name, "equals", value))
            return
        }
        let regex = matcher["regex"]?.string
        switch matcher["match"]?.string ?? (regex == nil ? "type" : "regex") {
        case "equality": conditions.append(.condition(place, name, "equals", value))
        case "regex":
            conditions.append(.condition(place, name, "matches", .string("^(?:\(regex ?? ""))$")))
        case "include":
            conditions.append(.condition(place, name, "contains", matcher["value"] ?? value))
        case "type": addType(place, name, value)
        case "number", "decimal": addKind(place, name, "number", pattern: "^-?[0-9.]+$")
        case "integer": addKind(place, name, "integer", pattern: "^-?[0-9]+$")
        case "boolean": addKind(place, name, "boolean", pattern: "^(?:true|false)$")
        case "null": conditions.append(.condition(place, name, "equals", .null))
        case let other:
            conditions.append(.condition(place, name, "present", true))
            notes.append(
                .init(
                    pointer.appending("matchingRules"),
                    "rules have no test \(other): \(place) \(name) only has to be there"))
        }
    }

    private mutating func addType(_ place: String, _ name: String, _ value: JSONValue) {
        if place == "body" {
            conditions.append(.condition(place, name, "type", .string(value.kind.rawValue)))
        } else {
            conditions.append(.condition(place, name, "present", true))
        }
    }

    /// Parameters are texts everywhere.
    private mutating func addKind(
        _ place: String, _ name: String, _ kind: String, pattern: String
    ) {
        conditions.append(
            place == "body"
                ? .condition(place, name, "type", .string(kind))
                : .condition(place, name, "matches", .string(pattern)))
    }
}
