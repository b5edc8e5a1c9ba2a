import Contracts
import Testing

@testable import Simulators

@Suite struct `Stubs of other tools become rules` {
    private static func carried(_ document: JSONValue) throws -> RuleImport {
        try RuleImport(document, for: RuleContracts.parcels())
    }

    /// The only draft, and the pointers of what was not carried over.
    private static func one(_ document: JSONValue) throws -> (JSONValue, [String]) {
        let read = try carried(document)
        #expect(read.drafts.count == 1, "\(read.notes)")
        return (read.drafts.first?.document ?? .null, read.notes.map(\.pointer.description))
    }

    // MARK: WireMock

    @Test func `a mapping of WireMock with conditions and a template`() throws {
        let (rule, notes) = try Self.one([
            "id": "8a2f", "name": "Heavy parcels", "priority": 2,
            "request": [
                "method": "POST", "urlPath": "/api/v1/parcels",
                "queryParameters": ["dry": ["absent": true], "tag": ["matches": "a|b"]],
                "headers": ["X-Risk": ["equalTo": "high"], "Authorization": ["matches": ".*"], "Content-Type": ["equalTo": "application/json"]],
                "bodyPatterns": [
                    ["matchesJsonPath": "$[?(@.weight >= 1000)]"],
                    ["matchesJsonPath": ["expression": "$.to['city']", "equalTo": "Lima"]],
                    ["equalToJson": "{\"kind\":\"box\"}", "ignoreExtraElements": true],
                ],
            ],
            "response": [
                "status": 201, "headers": ["Content-Type": "application/json", "X-Hint": "h"],
                "body": "{\"id\":\"{{randomValue type='UUID'}}\",\"city\":\"{{jsonPath request.body '$.to.city'}}\",\"at\":\"{{now offset='3 days'}}\",\"dry\":\"{{request.query.tag.[0]}}\"}",
                "transformers": ["response-template"], "fixedDelayMilliseconds": 200,
            ],
        ])
        #expect(rule["operation"] == "create_parcel")
        #expect(rule["priority"] == 2)
        #expect(rule["when"]?.array?.count == 6)
        #expect(rule["when"]?.array?.contains(["in": "body", "pointer": "/weight", "at_least": 1000]) == true)
        #expect(rule["when"]?.array?.contains(["in": "query", "name": "dry", "present": false]) == true)
        #expect(
            rule["answer"]?["text"]
                == "{\"id\":\"{{uuid}}\",\"city\":\"{{request.body.to.city}}\",\"at\":\"{{now offset='P3D'}}\",\"dry\":\"{{request.query.tag}}\"}")
        #expect(rule["answer"]?["headers"] == ["X-Hint": "h"])
        #expect(
            Set(notes) == [
                "/request/headers/Authorization", "/request/headers/Content-Type",
                "/response/fixedDelayMilliseconds",
            ])
        _ = try Rule(rule, id: "r", version: 1)
    }

    @Test(arguments: [
        (["urlPathPattern": "/v1/parcels/[^/]+"], "get_parcel", []),
        (["urlPathTemplate": "/v1/parcels/{id}"], "get_parcel", []),
        (["urlPathPattern": "/v1/parcels/p_[0-9]+"], "get_parcel",
            [["in": "path", "name": "parcel", "matches": "^(?:p_[0-9]+)$"]]),
        (["urlPath": "/v1/parcels/p_1/scans/s%201"], "get_scan",
            [["in": "path", "name": "parcel", "equals": "p_1"], ["in": "path", "name": "scan", "equals": "s 1"]]),
        (["urlPath": "/v1/parcels/rates"], "get_rates", []),
        (["url": "/v1/parcels?limit=2"], "list_parcels", [["in": "query", "name": "limit", "equals": "2"]]),
    ] as [(JSONValue, String, [JSONValue])])
    func `a mapping finds its operation by its path`(
        path: JSONValue, operation: String, conditions: [JSONValue]
    ) throws {
        var request = path
        request["method"] = "GET"
        let (rule, notes) = try Self.one(["request": request, "response": ["status": 200]])
        #expect(rule["operation"]?.string == operation)
        #expect(rule["when"]?.array ?? [] == conditions)
        #expect(notes == [])
    }

    @Test(arguments: [
        (["bodyPatterns": [["matchesXPath": "//a"]]], [:], "/request/bodyPatterns/0"),
        (["bodyPatterns": [["matchesJsonPath": "$..a"]]], [:], "/request/bodyPatterns/0/matchesJsonPath"),
        (["headers": ["X-A": ["doesNotMatch": "b"]]], [:], "/request/headers/X-A/doesNotMatch"),
        (["cookies": ["a": ["equalTo": "b"]]], [:], "/request/cookies"),
        ([:], ["fault": "EMPTY_RESPONSE"], "/response/fault"),
        ([:], ["proxyBaseUrl": "https://api.example"], "/response/proxyBaseUrl"),
        ([:], ["bodyFileName": "a.json"], "/response/bodyFileName"),
    ] as [(JSONValue, JSONValue, String)])
    func `a mapping that would answer other calls, or not the same, is left out with the reason`(
        request: JSONValue, response: JSONValue, pointer: String
    ) throws {
        var asked = request
        asked["method"] = "POST"
        asked["urlPath"] = "/v1/parcels"
        let read = try Self.carried(["mappings": [["request": asked, "response": response]]])
        #expect(read.drafts.isEmpty)
        #expect(read.notes.map(\.pointer.description).contains("/mappings/0" + pointer), "\(read.notes)")
    }

    @Test func `the newest of WireMock's mappings comes first, and braces stay braces`() throws {
        let mapping: (String) -> JSONValue = { text in
            [
                "request": ["method": "GET", "urlPath": "/v1/parcels"],
                "response": ["status": 200, "jsonBody": ["text": .string(text)]],
            ]
        }
        let read = try Self.carried(["mappings": [mapping("old"), mapping("{{new}}")]])
        #expect(read.drafts.map(\.pointer) == ["/mappings/1", "/mappings/0"])
        #expect(Set(read.drafts.map(\.id)).count == 2)
        #expect(read.drafts.first?.document["answer"]?["body"] == ["text": "\\{{new}}"])
    }

    // MARK: Postman

    @Test func `saved examples of a Postman collection, and what else it holds`() throws {
        let read = try Self.carried([
            "info": ["name": "Parcels", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"],
            "auth": ["type": "bearer"],
            "item": [
                [
                    "name": "Parcels",
                    "item": [
                        [
                            "name": "Create", "event": [["listen": "test"]],
                            "request": ["method": "POST", "url": ["raw": "{{base}}/v1/parcels", "path": ["v1", "parcels"]]],
                            "response": [
                                [
                                    "name": "too heavy", "code": 422,
                                    "originalRequest": [
                                        "method": "POST", "url": ["path": ["v1", "parcels"], "query": [["key": "dry", "value": "1"], ["key": "x", "value": "y", "disabled": true]]],
                                        "body": ["mode": "raw", "raw": "{\"weight\": 9000, \"to\": \"{{city}}\"}"],
                                    ],
                                    "header": [["key": "Content-Type", "value": "application/json"], ["key": "Set-Cookie", "value": "s=1"]],
                                    "body": "{\"error\": \"weight\"}",
                                ]
                            ],
                        ],
                        ["name": "Read", "request": ["method": "GET", "url": "{{base}}/v1/parcels/:id"], "response": [["name": "ok", "code": 200, "body": "{}"]]],
                        ["name": "Never saved", "request": ["method": "GET", "url": "{{base}}/v1/parcels"], "response": []],
                    ],
                ]
            ],
        ])
        #expect(read.format == .postman)
        #expect(read.drafts.map(\.id) == ["create-too-heavy", "read-ok"])
        #expect(
            read.drafts[0].document["when"] == [
                ["in": "query", "name": "dry", "equals": "1"],
                ["in": "body", "pointer": "/weight", "equals": 9000],
            ])
        #expect(read.drafts[0].document["answer"] == ["status": 422, "body": ["error": "weight"]])
        #expect(read.drafts[1].document["when"] == nil)
        #expect(
            Set(read.notes.map(\.pointer.description)) == [
                "/auth", "/item/0/item/0/event", "/item/0/item/0/response/0/header/1", "/item/0/item/2",
            ])
    }

    // MARK: HAR

    @Test func `entries of an HTTP archive, without their credentials`() throws {
        func entry(_ url: String, _ method: String, _ status: Int, _ text: String) -> JSONValue {
            [
                "request": [
                    "method": .string(method), "url": .string(url),
                    "headers": [["name": "Authorization", "value": "Bearer sk_live_1"]],
                    "postData": ["mimeType": "application/json", "text": method == "POST" ? "{\"weight\":1}" : ""],
                ],
                "response": [
                    "status": .int(status), "headers": [["name": "Set-Cookie", "value": "s=1"], ["name": "Date", "value": "now"], ["name": "X-Page", "value": "1"]],
                    "content": ["mimeType": "application/json", "text": .string(text)],
                ],
            ]
        }
        let read = try Self.carried([
            "log": [
                "version": "1.2",
                "entries": [
                    entry("https://api.example/api/v1/parcels?limit=1", "GET", 200, "{\"data\":[]}"),
                    entry("https://api.example/v1/parcels", "POST", 201, "{\"id\":\"p_1\"}"),
                    entry("https://api.example/v1/parcels", "POST", 500, "{}"),
                    entry("https://cdn.example/logo.png", "GET", 200, ""),
                    entry("https://api.example/v1/parcels/p_1", "GET", 0, ""),
                ],
            ]
        ])
        #expect(read.drafts.map { $0.document["operation"]?.string } == ["list_parcels", "create_parcel"])
        #expect(read.drafts[0].document["when"] == [["in": "query", "name": "limit", "equals": "1"]])
        #expect(read.drafts[1].document["when"] == [["in": "body", "pointer": "", "equals": ["weight": 1]]])
        #expect(read.drafts[0].document["answer"] == ["status": 200, "headers": ["X-Page": "1"], "body": ["data": []]])
        let texts = read.drafts.map { JSONWriter.text($0.document) }.joined()
        #expect(!texts.contains("sk_live") && !texts.contains("s=1"))
        let pointers = read.notes.map(\.pointer.description)
        for place in ["/log/entries/2", "/log/entries/3", "/log/entries/4/response", "/log/entries/0/response/headers/0"] {
            #expect(pointers.contains(place), "\(pointers)")
        }
    }

    // MARK: Pact

    @Test func `an interaction of a Pact file of version 2`() throws {
        let (rule, notes) = try Self.one([
            "consumer": ["name": "shop"], "provider": ["name": "parcels"],
            "interactions": [
                [
                    "description": "a parcel", "providerState": "there is one",
                    "request": [
                        "method": "POST", "path": "/v1/parcels", "query": "dry=1",
                        "body": ["weight": 5, "kind": "box", "tags": ["a", "b"]],
                        "matchingRules": ["$.body.weight": ["match": "type"], "$.body.kind": ["match": "regex", "regex": "box|bag"], "$.body.tags": ["match": "type", "min": 1]],
                    ],
                    "response": ["status": 201, "headers": ["Content-Type": "application/json"], "body": ["id": "p_1"]],
                ]
            ],
        ])
        #expect(
            rule["when"] == [
                ["in": "query", "name": "dry", "equals": "1"],
                ["in": "body", "pointer": "/weight", "type": "number"],
                ["in": "body", "pointer": "/kind", "matches": "^(?:box|bag)$"],
                ["in": "body", "pointer": "/tags/0", "type": "string"],
            ])
        #expect(rule["answer"] == ["status": 201, "body": ["id": "p_1"]])
        #expect(notes == ["/interactions/0/providerState"])
    }

    @Test func `interactions of Pact files of versions 3 and 4`() throws {
        let read = try Self.carried([
            "consumer": ["name": "shop"], "provider": ["name": "parcels"],
            "interactions": [
                [
                    "type": "Synchronous/HTTP", "description": "a scan",
                    "request": [
                        "method": "GET", "path": "/v1/parcels/p_1/scans/s_1",
                        "query": ["depth": ["3"]], "headers": ["X-Risk": ["high"]],
                        "matchingRules": [
                            "path": ["matchers": [["match": "regex", "regex": "^/v1/parcels/[a-z0-9_]+/scans/[a-z0-9_]+$"]]],
                            "query": ["depth": ["matchers": [["match": "integer"]]]],
                            "header": ["X-Risk": ["matchers": [["match": "include", "value": "hi"]]]],
                        ],
                    ],
                    "response": ["status": 200, "body": ["content": ["at": "x"], "contentType": "application/json", "encoded": false], "generators": ["body": [:], "status": [:]]],
                ],
                ["type": "Asynchronous/Messages", "description": "an event"],
                [
                    "description": "by date", "request": ["method": "POST", "path": "/v1/parcels", "body": ["content": ["day": "2026-01-01"], "contentType": "application/json"], "matchingRules": ["body": ["$.day": ["combine": "AND", "matchers": [["match": "date", "format": "yyyy-MM-dd"]]]]]],
                    "response": ["status": 201],
                ],
            ],
        ])
        #expect(read.drafts.map(\.id) == ["a-scan", "by-date"])
        #expect(
            read.drafts[0].document["when"] == [
                ["in": "path", "name": "parcel", "matches": "^(?:[a-z0-9_]+)$"],
                ["in": "path", "name": "scan", "matches": "^(?:[a-z0-9_]+)$"],
                ["in": "query", "name": "depth", "matches": "^-?[0-9]+$"],
                ["in": "header", "name": "X-Risk", "contains": "hi"],
            ])
        #expect(read.drafts[0].document["answer"]?["body"] == ["at": "x"])
        #expect(read.drafts[1].document["when"] == [["in": "body", "pointer": "/day", "present": true]])
        #expect(
            Set(read.notes.map(\.pointer.description)) == [
                "/interactions/0/response/generators", "/interactions/1",
                "/interactions/2/request/matchingRules",
            ])
    }

    @Test func `and nothing else does`() throws {
        for document: JSONValue in [[:], [], ["openapi": "3.1.0"], 5] {
            #expect(throws: RuleFault.self) { _ = try Self.carried(document) }
        }
    }
}
