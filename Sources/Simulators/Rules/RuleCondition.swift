package import Contracts

/// What has to hold of a call for a rule to answer it: one place, one test.
package struct RuleCondition: Sendable {
    package enum Place: Sendable, Hashable {
        case path(String)
        case query(String)
        /// Lower case.
        case header(String)
        case body(JSONPointer)
    }

    package enum Test: Sendable {
        case equals(JSONValue)
        case isOneOf([JSONValue])
        /// Anywhere in the text.
        case matches(Pattern)
        /// A part of a text; of an object, members that it has, at any depth.
        case contains(JSONValue)
        case exceeds(JSONNumber, orEquals: Bool)
        case isBelow(JSONNumber, orEquals: Bool)
        case isPresent(Bool)
        case hasKind(String)
    }

    package let place: Place
    package let test: Test

    package init(_ place: Place, _ test: Test) {
        self.place = place
        self.test = test
    }

    /// Kinds for `hasKind`, by JSON Schema's names.
    static let kinds = JSONValue.Kind.allCases.map(\.rawValue) + ["integer"]

    package func holds(for request: RuleRequest) -> Bool {
        let values = values(in: request)
        if case .isPresent(let wanted) = test { return values.isEmpty != wanted }
        return values.contains { holds($0) }
    }

    /// What the call has there, cut for people; nil where it has nothing.
    package func observed(in request: RuleRequest) -> String? {
        values(in: request).first?.shown
    }

    private func values(in request: RuleRequest) -> [JSONValue] {
        switch place {
        case .path(let name): request.path.filter { $0.name == name }.map { .string($0.value) }
        case .query(let name): request.query.filter { $0.name == name }.map { .string($0.value) }
        case .header(let name):
            request.headers.filter { $0.name == name }.map { .string($0.value) }
        case .body(let pointer): request.body.flatMap { $0[pointer] }.map { [$0] } ?? []
        }
    }

    private func holds(_ value: JSONValue) -> Bool {
        switch test {
        case .equals(let wanted): isEqual(value, wanted)
        case .isOneOf(let wanted): wanted.contains { isEqual(value, $0) }
        case .matches(let pattern): (value.string ?? value.number?.text).map(pattern.matches) ?? false
        case .contains(let wanted): Self.isContained(wanted, in: value)
        case .exceeds(let bound, let orEquals):
            number(value).map {
                JSONNumber.isLess(bound, than: $0) || orEquals && $0.isEqual(to: bound)
            } ?? false
        case .isBelow(let bound, let orEquals):
            number(value).map {
                JSONNumber.isLess($0, than: bound) || orEquals && $0.isEqual(to: bound)
            } ?? false
        case .isPresent(let wanted): wanted
        case .hasKind(let kind):
            kind == "integer" ? value.number?.isInteger ?? false : value.kind.rawValue == kind
        }
    }

    /// Parameters and headers are texts: `5` means the text `5` there.
    private func isEqual(_ value: JSONValue, _ wanted: JSONValue) -> Bool {
        if case .body = place { return value.means(wanted) }
        if let number = wanted.number {
            return self.number(value)?.isEqual(to: number) ?? false
        }
        return value.string == (wanted.bool.map { $0 ? "true" : "false" } ?? wanted.string)
    }

    /// Parameters are texts, and amounts in bodies often are.
    private func number(_ value: JSONValue) -> JSONNumber? {
        value.number ?? value.string.flatMap { JSONNumber($0) }
    }

    private static func isContained(_ wanted: JSONValue, in value: JSONValue) -> Bool {
        switch (wanted, value) {
        case (.string(let part), .string(let text)): text.contains(part)
        case (.object(let wanted), .object(let object)):
            wanted.members.allSatisfy { member in
                object[member.name].map { isMet(member.value, by: $0) } ?? false
            }
        case (_, .array(let items)) where wanted.array == nil:
            items.contains { isMet(wanted, by: $0) }
        default: isMet(wanted, by: value)
        }
    }

    /// Inside of what is contained, texts are whole.
    private static func isMet(_ wanted: JSONValue, by value: JSONValue) -> Bool {
        switch (wanted, value) {
        case (.object, .object): isContained(wanted, in: value)
        case (.array(let wanted), .array(let items)):
            wanted.count == items.count && zip(wanted, items).allSatisfy { isMet($0, by: $1) }
        default: value.means(wanted)
        }
    }
}

extension RuleCondition {
    /// `body /amount at_least 100000`, for explanations.
    package var sentence: String { "\(placeText) \(testText)" }

    private var placeText: String {
        switch place {
        case .path(let name): "path \(name)"
        case .query(let name): "query \(name)"
        case .header(let name): "header \(name)"
        case .body(let pointer): pointer.tokens.isEmpty ? "body" : "body \(pointer)"
        }
    }

    private var testText: String {
        switch test {
        case .equals(let value): "equals \(value.shown)"
        case .isOneOf(let values): "is one of \(values.map(\.shown).joined(separator: ", "))"
        case .matches(let pattern): "matches \(pattern.source)"
        case .contains(let value): "contains \(value.shown)"
        case .exceeds(let bound, let orEquals): "is \(orEquals ? "at least" : "above") \(bound.text)"
        case .isBelow(let bound, let orEquals): "is \(orEquals ? "at most" : "below") \(bound.text)"
        case .isPresent(let wanted): wanted ? "is there" : "is not there"
        case .hasKind(let kind): "is of type \(kind)"
        }
    }
}
