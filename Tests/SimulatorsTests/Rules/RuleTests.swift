import Access
import Tenancy
import Testing

@testable import Contracts
@testable import Simulators

/// Rules by themselves; what they do to calls stands in the gateway's tests.
@Suite struct `A rule` {
    private static func rule(
        _ when: [JSONValue], _ answer: JSONValue = ["status": 200]
    ) throws -> Rule {
        try Rule(
            ["operation": "create_parcel", "when": .array(when), "answer": answer], id: "r",
            version: 1)
    }

    private static func request(body: JSONValue?) throws -> RuleRequest {
        let contract = try RuleContracts.parcels()
        return RuleRequest(
            operation: try #require(contract.operation(id: "create_parcel")),
            path: [PathParameter(name: "parcel", value: "p_1")],
            query: [("limit", "5"), ("tag", "a"), ("tag", "b")],
            headers: [("X-Risk", "high"), ("Authorization", "Bearer secret")], body: body)
    }

    @Test(arguments: [
        (["in": "body", "pointer": "/amount", "equals": 1250], true),
        (["in": "body", "pointer": "/amount", "equals": "1250"], false),
        (["in": "body", "pointer": "/amount", "one_of": [1, 1250]], true),
        (["in": "body", "pointer": "/amount", "at_least": 1250], true),
        (["in": "body", "pointer": "/amount", "above": 1250], false),
        (["in": "body", "pointer": "/amount", "below": 1251], true),
        (["in": "body", "pointer": "/amount", "at_most": 1249], false),
        (["in": "body", "pointer": "/amount", "type": "integer"], true),
        (["in": "body", "pointer": "/amount", "matches": "^12"], true),
        (["in": "body", "pointer": "/text", "above": 3], true),
        (["in": "body", "pointer": "/text", "type": "number"], false),
        (["in": "body", "pointer": "/none", "present": false], true),
        (["in": "body", "pointer": "/none", "equals": 1], false),
        (["in": "body", "pointer": "", "contains": ["to": ["city": "Lima"]]], true),
        (["in": "body", "pointer": "", "contains": ["to": ["city": "Lim"]]], false),
        (["in": "body", "pointer": "/tags", "contains": "b"], true),
        (["in": "query", "name": "limit", "equals": 5], true),
        (["in": "query", "name": "limit", "equals": "5"], true),
        (["in": "query", "name": "limit", "at_least": 6], false),
        (["in": "query", "name": "tag", "equals": "b"], true),
        (["in": "query", "name": "page", "present": true], false),
        (["in": "path", "name": "parcel", "matches": "^p_[0-9]$"], true),
        (["in": "header", "name": "x-risk", "contains": "ig"], true),
    ] as [(JSONValue, Bool)])
    func `holds or not`(condition: JSONValue, holds: Bool) throws {
        let body: JSONValue = [
            "amount": 1250, "text": "12.5", "to": ["city": "Lima", "zip": 1], "tags": ["a", "b"],
        ]
        let request = try Self.request(body: body)
        let rule = try Self.rule([condition])
        #expect((RuleSet([rule]).match(request.operation) { request } != nil) == holds)
    }

    @Test(arguments: [
        ([["in": "body", "pointer": "/a"]], "/when/0"),
        ([["in": "body", "pointer": "/a", "equals": 1, "above": 0]], "/when/0"),
        ([["in": "body", "pointer": "a", "equals": 1]], "/when/0/pointer"),
        ([["in": "query", "equals": 1]], "/when/0/name"),
        ([["in": "query", "name": "q", "matches": "(?=a)"]], "/when/0/matches"),
        ([["in": "query", "name": "q", "above": "1"]], "/when/0/above"),
        ([["in": "header", "name": "X-Api-Key", "equals": "k"]], "/when/0/name"),
        ([["in": "cookie", "name": "c", "equals": "k"]], "/when/0/in"),
    ] as [([JSONValue], JSONPointer)])
    func `is refused with a pointer where a condition cannot hold`(
        when: [JSONValue], pointer: JSONPointer
    ) {
        #expect { _ = try Self.rule(when) } throws: { ($0 as? RuleFault)?.pointer == pointer }
    }

    @Test(arguments: [
        ([:], "/answer"), (["status": 200, "scenario": "x"], "/answer"),
        (["status": 99], "/answer/status"),
        (["status": 200, "body": 1, "text": "a"], "/answer/text"),
        (["status": 200, "body": ["a": "{{request.body"]], "/answer/body/a"),
        (["status": 200, "text": "{{#if request}}"], "/answer/text"),
        (["status": 200, "headers": ["Content-Length": "5"]], "/answer/headers/Content-Length"),
        (["status": 200, "headers": ["Set-Cookie": "a=b"]], "/answer/headers/Set-Cookie"),
        (["status": 200, "headers": ["X-A": "a\r\nB: c"]], "/answer/headers/X-A"),
        (["status": 200, "headers": ["X A": "a"]], "/answer/headers/X A"),
        (["scenario": ""], "/answer/scenario"), (["example": [:]], "/answer/example/status"),
    ] as [(JSONValue, JSONPointer)])
    func `is refused with a pointer where its answer cannot be given`(
        answer: JSONValue, pointer: JSONPointer
    ) {
        #expect { _ = try Self.rule([], answer) } throws: { ($0 as? RuleFault)?.pointer == pointer }
    }

    @Test func `of the smallest number answers, of equal ones the oldest`() throws {
        func rule(_ id: String, _ priority: Int64?) throws -> Rule {
            var document: JSONValue = ["operation": "create_parcel", "answer": ["status": 200]]
            if let priority { document["priority"] = .int(priority) }
            return try Rule(document, id: id, version: 1)
        }
        let request = try Self.request(body: nil)
        let set = RuleSet([try rule("usual", nil), try rule("late", 9), try rule("early", 1), try rule("other", nil)])
        #expect(set.rules.map(\.id) == ["early", "usual", "other", "late"])
        #expect(set.match(request.operation) { request }?.rule.id == "early")
        #expect(set.trial(request).map(\.outcome) == [.answers, .shadowed, .shadowed, .shadowed])
    }

    @Test func `neither sees nor repeats credentials`() throws {
        let request = try Self.request(body: nil)
        #expect(!JSONWriter.text(request.root).contains("secret"))
        #expect(request.root["request"]?["headers"] == ["x-risk": "high"])
    }

    @Test func `draws the same for the same seed, and never breaks a header's line`() throws {
        let rule = try Self.rule(
            [],
            [
                "status": 200, "headers": ["X-Echo": "{{request.body.text}}"],
                "body": ["id": "{{id 'par'}}", "u": "{{uuid}}", "n": "{{random 1 6}}", "at": "{{now offset='P1D' format='date'}}", "m": "{{major 1250 'eur'}}"],
            ])
        func filled(_ text: String, seed: Int64) throws -> FilledAnswer? {
            let match = RuleMatch(rule: rule, request: try Self.request(body: ["text": .string(text)]))
            return try match.filled(
                now: .init(microseconds: 0), .init(seed: seed, operation: "r", canonicalRequest: []))
        }
        let (first, same, other) = (
            try filled("a", seed: 1), try filled("a", seed: 1), try filled("a", seed: 2)
        )
        guard case .json(let body, _)? = first?.body, case .json(let again, _)? = same?.body,
            case .json(let different, _)? = other?.body
        else { return #expect(Bool(false), "there is a body") }
        #expect(body == again)
        #expect(body != different)
        #expect(body["at"] == "1970-01-02")
        #expect(body["m"] == .number(try #require(JSONNumber("12.50"))))
        #expect((1...6).contains(body["n"]?.int ?? 0))
        #expect(try Pattern("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$").matches(body["u"]?.string ?? ""))
        #expect(throws: RuleFailure.self) { _ = try filled("a\r\nSet-Cookie: b", seed: 1) }
    }
}

enum RuleContracts {
    static func parcels() throws -> Contract {
        try Contract(
            lazily: JSONValue(contract: Array(text.utf8)))
    }

    private static let text = """
        openapi: 3.1.0
        info: {title: Parcels, version: '1'}
        servers: [{url: https://api.example/api}]
        paths:
          /v1/parcels:
            get: {operationId: list_parcels, responses: {'200': {description: All.}}}
            post: {operationId: create_parcel, responses: {'201': {description: Made.}}}
          /v1/parcels/{parcel}:
            get: {operationId: get_parcel, responses: {'200': {description: One.}}}
            delete: {operationId: delete_parcel, responses: {'204': {description: Gone.}}}
          /v1/parcels/{parcel}/scans/{scan}:
            get: {operationId: get_scan, responses: {'200': {description: One.}}}
          /v1/parcels/rates:
            get: {operationId: get_rates, responses: {'200': {description: All.}}}
        """
}
