import Contracts

/// WireMock's value matchers as conditions of a rule.
struct WireMockMatchers {
    private(set) var conditions: [JSONValue] = []
    /// What could not be said. A mapping without one of its conditions answers other calls, so it is
    /// left out as a whole.
    private(set) var faults: [RuleImport.Note] = []

    /// `{equalTo: …}` and its like, for a parameter or a header.
    mutating func add(
        _ matcher: JSONValue, in place: String, _ name: String, _ pointer: JSONPointer
    ) {
        guard let text = matcher.string else { return tests(matcher, place, name, pointer) }
        conditions.append(.condition(place, name, "equals", .string(text)))
    }

    private mutating func tests(
        _ matcher: JSONValue, _ place: String, _ name: String, _ pointer: JSONPointer
    ) {
        for member in matcher.object?.members ?? [] {
            switch (member.name, member.value) {
            case ("equalTo", let value):
                conditions.append(.condition(place, name, "equals", value))
            case ("contains", .string): conditions.append(.condition(place, name, "contains", member.value))
            case ("matches", .string(let pattern)):
                conditions.append(.condition(place, name, "matches", .string("^(?:\(pattern))$")))
            case ("absent", .bool(let isAbsent)):
                conditions.append(.condition(place, name, "present", .bool(!isAbsent)))
            case ("and", .array(let parts)):
                for part in parts { tests(part, place, name, pointer) }
            default: fault(pointer.appending(member.name), "rules have no such test")
            }
        }
    }

    mutating func add(body pattern: JSONValue, _ pointer: JSONPointer) {
        if let wanted = pattern["equalToJson"] {
            json(wanted, pattern, pointer.appending("equalToJson"))
        } else if let path = pattern["matchesJsonPath"] {
            jsonPath(path, pointer.appending("matchesJsonPath"))
        } else if let text = pattern["equalTo"]?.string, let value = JSONValue(stub: text) {
            conditions.append(.condition(at: .root, "equals", value))
        } else {
            fault(pointer, "rules look at members of JSON bodies: equalToJson and matchesJsonPath")
        }
    }

    private mutating func json(_ wanted: JSONValue, _ pattern: JSONValue, _ pointer: JSONPointer) {
        guard let value = wanted.string.map({ JSONValue(stub: $0) }) ?? wanted else {
            return fault(pointer, "the text is no JSON")
        }
        let leaves = value.leaves()
        let isOpen = pattern["ignoreExtraElements"] == true
        let hasPlaceholders = leaves.contains { $0.value.string?.hasPrefix("${json-unit.") ?? false }
        if pattern["ignoreArrayOrder"] == true, leaves.contains(where: { $0.pointer.tokens.contains("1") }) {
            return fault(pointer, "the order of elements counts in rules")
        }
        guard hasPlaceholders else {
            conditions.append(.condition(at: .root, isOpen ? "contains" : "equals", value))
            return
        }
        for leaf in leaves { placeholder(leaf.pointer, leaf.value, pointer) }
    }

    private mutating func placeholder(
        _ place: JSONPointer, _ value: JSONValue, _ pointer: JSONPointer
    ) {
        guard let text = value.string, text.hasPrefix("${json-unit.") else {
            conditions.append(.condition(at: place, "equals", value))
            return
        }
        switch text.dropFirst(12).dropLast() {
        case "ignore", "ignore-element": return
        case "any-string": conditions.append(.condition(at: place, "type", "string"))
        case "any-number": conditions.append(.condition(at: place, "type", "number"))
        case "any-boolean": conditions.append(.condition(at: place, "type", "boolean"))
        default:
            guard text.hasPrefix("${json-unit.regex}") else {
                return fault(pointer, "rules have no placeholder \(text)")
            }
            let pattern = "^(?:\(text.dropFirst(18)))$"
            conditions.append(.condition(at: place, "matches", .string(pattern)))
        }
    }

    private mutating func jsonPath(_ path: JSONValue, _ pointer: JSONPointer) {
        let expression = path.string ?? path["expression"]?.string ?? ""
        if let place = JSONPathText.pointer(expression) {
            guard path.string == nil else {
                conditions.append(.condition(at: place, "present", true))
                return
            }
            for member in path.object?.members ?? [] where member.name != "expression" {
                switch (member.name, member.value) {
                case ("equalTo", .string(let text)):
                    // The text of whatever stands there.
                    let values = [JSONValue.string(text)] + [JSONValue(stub: text)].compactMap(\.self)
                    conditions.append(.condition(at: place, "one_of", .array(values)))
                case ("equalToJson", let value):
                    conditions.append(
                        .condition(at: place, "equals", value.string.flatMap { JSONValue(stub: $0) } ?? value))
                default: tests([member.name: member.value], "body", place.description, pointer)
                }
            }
        } else if path.string != nil, let (place, test, value) = JSONPathText.filter(expression) {
            conditions.append(.condition(at: place, test, value))
        } else {
            fault(pointer, "of JSONPath only members, indexes and one comparison of the root are read")
        }
    }

    private mutating func fault(_ pointer: JSONPointer, _ reason: String) {
        faults.append(.init(pointer, reason))
    }
}

/// The part of JSONPath that stubs use most.
enum JSONPathText {
    /// `$.a.b[0]['c']` as a pointer; nil for filters, wildcards and descents.
    static func pointer(_ text: String) -> JSONPointer? {
        tokens(text).flatMap { $0.contains("*") ? nil : JSONPointer($0) }
    }

    /// The same with `*` for any member or element.
    static func tokens(_ text: String) -> [String]? {
        var rest = text[...]
        guard rest.popFirst() == "$" else { return nil }
        var tokens: [String] = []
        while let first = rest.popFirst() {
            if first == "." {
                let name = rest.prefix { $0 != "." && $0 != "[" }
                guard !name.isEmpty, name.allSatisfy({ !"?@()".contains($0) }) else { return nil }
                tokens.append(String(name))
                rest = rest.dropFirst(name.count)
            } else if first == "[", let end = rest.firstIndex(of: "]") {
                let inside = rest[..<end]
                rest = rest[end...].dropFirst()
                if let mark = inside.first, "'\"".contains(mark), inside.last == mark, inside.count > 2 {
                    tokens.append(String(inside.dropFirst().dropLast()))
                } else if inside == "*" || Int(inside).map({ $0 >= 0 }) ?? false {
                    tokens.append(String(inside))
                } else {
                    return nil
                }
            } else {
                return nil
            }
        }
        return tokens
    }

    /// `$[?(@.amount > 100)]`: a comparison of a member of the root.
    static func filter(_ text: String) -> (JSONPointer, test: String, value: JSONValue)? {
        guard text.hasPrefix("$[?("), text.hasSuffix(")]") else { return nil }
        let inside = text.dropFirst(4).dropLast(2)
        let tests = [
            ("==", "equals"), (">=", "at_least"), ("<=", "at_most"), (">", "above"), ("<", "below"),
        ]
        for (sign, test) in tests {
            guard let found = inside.firstRange(of: sign) else { continue }
            let left = inside[..<found.lowerBound].filter { $0 != " " }
            let right = inside[found.upperBound...].drop { $0 == " " }
            guard left.hasPrefix("@"), let pointer = pointer(String("$" + left.dropFirst())),
                let value = JSONValue(stub: String(right).replacing("'", with: "\""))
            else { return nil }
            return (pointer, test, value)
        }
        return nil
    }
}
