package import Contracts

// Reads a rule's document:
//
//     {operation, priority?, summary?, unchecked?,
//      when?: [{in: path|query|header, name, TEST} | {in: body, pointer, TEST}],
//      answer: {status, headers?, body? | text?, type?} | {example: {status, name?}} | {scenario}}
//
// TEST is exactly one of equals, one_of, matches, contains, above, at_least, below, at_most,
// present, type.
extension Rule {
    /// - Throws: the first fault, with its pointer.
    package init(_ document: JSONValue, id: String, version: Int64) throws(RuleFault) {
        guard let operation = document["operation"]?.string, !operation.isEmpty else {
            throw RuleFault("/operation", "an operation's id, or its method and path")
        }
        self.id = id
        self.version = version
        self.operation = operation
        priority = document["priority"]?.int ?? Self.usualPriority
        isUnchecked = document["unchecked"]?.bool ?? false
        var conditions: [RuleCondition] = []
        for (index, condition) in (document["when"]?.array ?? []).enumerated() {
            let pointer = JSONPointer(["when"]).appending(index)
            conditions.append(try RuleCondition(condition, at: pointer))
        }
        guard conditions.count <= Limits.conditionsPerRule else {
            throw RuleFault("/when", "at most \(Limits.conditionsPerRule) conditions")
        }
        self.conditions = conditions
        answer = try RuleAnswer(document["answer"] ?? [:])
        var stored: JSONValue = ["id": .string(id), "version": .int(version)]
        for member in document.object?.members ?? []
        where member.name != "id" && member.name != "version" {
            stored[member.name] = member.value
        }
        self.document = stored
    }

    /// As it was stored.
    init?(stored document: JSONValue) {
        guard let id = document["id"]?.string, let version = document["version"]?.int else {
            return nil
        }
        do throws(RuleFault) {
            try self.init(document, id: id, version: version)
        } catch {
            return nil
        }
    }
}

extension RuleCondition {
    fileprivate static let tests = [
        "equals", "one_of", "matches", "contains", "above", "at_least", "below", "at_most",
        "present", "type",
    ]

    init(_ document: JSONValue, at pointer: JSONPointer) throws(RuleFault) {
        let named = document.object?.members.filter { Self.tests.contains($0.name) } ?? []
        guard named.count == 1 else {
            throw RuleFault(pointer, "exactly one of \(Self.tests.joined(separator: ", "))")
        }
        self.init(
            try Self.place(document, pointer),
            try Self.test(named[0].name, named[0].value, pointer.appending(named[0].name)))
    }

    private static func place(
        _ document: JSONValue, _ pointer: JSONPointer
    ) throws(RuleFault) -> Place {
        if document["in"] == "body" {
            let place = pointer.appending("pointer")
            guard document["name"] == nil else {
                throw RuleFault(pointer.appending("name"), "no name: a place in the body has a pointer")
            }
            guard let found = JSONPointer(document["pointer"]?.string ?? "") else {
                throw RuleFault(place, "a JSON Pointer into the body, such as /amount")
            }
            return .body(found)
        }
        guard document["pointer"] == nil else {
            throw RuleFault(pointer.appending("pointer"), "a pointer only with in: body")
        }
        guard let name = document["name"]?.string, !name.isEmpty else {
            throw RuleFault(pointer.appending("name"), "the parameter's name")
        }
        switch document["in"]?.string {
        case "path": return .path(name)
        case "query": return .query(name)
        case "header":
            guard !CredentialNames.isOne(name) else {
                throw RuleFault(
                    pointer.appending("name"), "no header for credentials: rules are not to hold them")
            }
            return .header(name.lowercased())
        default: throw RuleFault(pointer.appending("in"), "one of path, query, header, body")
        }
    }

    private static func test(
        _ name: String, _ value: JSONValue, _ pointer: JSONPointer
    ) throws(RuleFault) -> Test {
        switch name {
        case "equals": return .equals(value)
        case "one_of":
            guard let values = value.array, !values.isEmpty else {
                throw RuleFault(pointer, "a list of values")
            }
            return .isOneOf(values)
        case "matches": return .matches(try pattern(value, pointer))
        case "contains": return .contains(value)
        case "above": return .exceeds(try number(value, pointer), orEquals: false)
        case "at_least": return .exceeds(try number(value, pointer), orEquals: true)
        case "below": return .isBelow(try number(value, pointer), orEquals: false)
        case "at_most": return .isBelow(try number(value, pointer), orEquals: true)
        case "present":
            guard let wanted = value.bool else { throw RuleFault(pointer, "true or false") }
            return .isPresent(wanted)
        default:
            guard let kind = value.string, kinds.contains(kind) else {
                throw RuleFault(pointer, "one of \(kinds.joined(separator: ", "))")
            }
            return .hasKind(kind)
        }
    }

    private static func pattern(
        _ value: JSONValue, _ pointer: JSONPointer
    ) throws(RuleFault) -> Pattern {
        guard let source = value.string, source.utf8.count <= Limits.rulePatternBytes else {
            throw RuleFault(
                pointer, "a regular expression of at most \(Limits.rulePatternBytes) bytes")
        }
        do throws(PatternError) {
            return try Pattern(source)
        } catch {
            throw RuleFault(pointer, "a regular expression without lookaround: \(error)")
        }
    }

    private static func number(
        _ value: JSONValue, _ pointer: JSONPointer
    ) throws(RuleFault) -> JSONNumber {
        guard let number = value.number else { throw RuleFault(pointer, "a number") }
        return number
    }
}

extension RuleAnswer {
    init(_ document: JSONValue) throws(RuleFault) {
        let kinds = ["status", "example", "scenario"].filter { document[$0] != nil }
        guard kinds.count == 1 else {
            throw RuleFault("/answer", "exactly one of status, example, scenario")
        }
        switch kinds[0] {
        case "scenario":
            guard let request = ScenarioRequest(document["scenario"]?.string ?? "") else {
                throw RuleFault("/answer/scenario", "a scenario, as in X-Sandbox-Scenario")
            }
            self = .scenario(request)
        case "example":
            let status = try Self.status(document["example"]?["status"], "/answer/example/status")
            self = .example(status: status, name: document["example"]?["name"]?.string)
        default: self = .made(try MadeAnswer(document))
        }
    }

    fileprivate static func status(
        _ value: JSONValue?, _ pointer: JSONPointer
    ) throws(RuleFault) -> Int {
        guard let status = value?.int, (200...599).contains(status) else {
            throw RuleFault(pointer, "a status from 200 to 599")
        }
        return Int(status)
    }
}

extension MadeAnswer {
    init(_ document: JSONValue) throws(RuleFault) {
        status = try RuleAnswer.status(document["status"], "/answer/status")
        var headers: [(name: String, value: Template)] = []
        for member in document["headers"]?.object?.members ?? [] {
            let pointer = JSONPointer(["answer", "headers", member.name])
            try Self.check(header: member.name, pointer)
            guard let text = member.value.string,
                text.unicodeScalars.allSatisfy({ (0x20...0x7E).contains($0.value) })
            else { throw RuleFault(pointer, "a text of printable ASCII letters") }
            headers.append((member.name, try Self.template(text, pointer)))
        }
        self.headers = headers
        body = try Self.body(document, status)
    }

    /// What the platform writes itself, and what would carry credentials.
    private static func check(header name: String, _ pointer: JSONPointer) throws(RuleFault) {
        let isToken = !name.isEmpty && name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
                || "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
        guard isToken else { throw RuleFault(pointer, "a header's name") }
        guard mayWrite(header: name), !CredentialNames.isOne(name) else {
            throw RuleFault(pointer, "a header that is not the platform's own and no credential's")
        }
    }

    /// Whether the platform does not write the field itself.
    package static func mayWrite(header name: String) -> Bool {
        let lower = name.lowercased()
        return !ownHeaders.contains(lower) && !lower.hasPrefix("x-sbx-")
    }

    private static let ownHeaders: Set<String> = [
        "content-length", "content-type", "content-encoding", "transfer-encoding", "connection",
        "keep-alive", "upgrade", "trailer", "te", "date", "request-id", "traceparent",
        "tracestate", "ratelimit", "ratelimit-policy", "content-security-policy",
        "x-content-type-options", "strict-transport-security", "idempotent-replayed",
    ]

    private static func body(_ document: JSONValue, _ status: Int) throws(RuleFault) -> Body {
        let (body, text) = (document["body"], document["text"])
        guard body == nil || text == nil else {
            throw RuleFault("/answer/text", "body or text, not both")
        }
        if let body {
            guard document["type"] == nil else {
                throw RuleFault("/answer/type", "a type only with text: a body is JSON")
            }
            return .json(try templated(body))
        }
        guard let text = text?.string else { return .none }
        let type = document["type"]?.string ?? "text/plain; charset=utf-8"
        guard type.contains("/"), type.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw RuleFault("/answer/type", "a media type such as text/csv")
        }
        return .text(try template(text, "/answer/text"), type: type)
    }

    private static func template(
        _ text: String, _ pointer: JSONPointer
    ) throws(RuleFault) -> Template {
        do throws(TemplateFault) {
            return try Template(text, RuleWorld.vocabulary, at: pointer)
        } catch {
            throw RuleFault(error.pointer, error.description)
        }
    }

    private static func templated(_ body: JSONValue) throws(RuleFault) -> JSONTemplate {
        do throws(TemplateFault) {
            return try JSONTemplate(body, RuleWorld.vocabulary, at: "/answer/body")
        } catch {
            throw RuleFault(error.pointer, error.description)
        }
    }
}
