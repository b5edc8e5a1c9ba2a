import Contracts
import Testing

@Suite struct `Schemas` {
    private func faults(_ schema: JSONValue, _ value: JSONValue) throws -> [String] {
        try CompiledSchema(schema).validate(value).map(\.description)
    }

    private func problems(_ schema: JSONValue) -> [String] {
        let error = #expect(throws: ContractError.self) { try CompiledSchema(schema) }
        return error?.problems.map(\.description) ?? []
    }

    @Test func `word their faults for a developer`() throws {
        #expect(try faults(["type": ["string", "null"]], 1) == [": expected string or null, got 1"])
        #expect(try faults(["minLength": 3], "é") == [": expected at least 3 characters, got 1: \"é\""])
        #expect(try faults(["maxLength": 1], "éa") == [": expected at most 1 character, got 2: \"éa\""])
        #expect(try faults(["multipleOf": 5], 12) == [": expected a multiple of 5, got 12"])
        #expect(try faults(["const": ["a": 1]], [:]) == [": expected an object, got an empty object"])
        #expect(try faults(["uniqueItems": true], [1, 2, 1]) == ["/2: expected items that differ, got 1 at 0 and 2"])
        #expect(try faults(["items": ["type": "integer"]], [1, "a", .null]) == [
            "/1: expected integer, got \"a\"", "/2: expected integer, got null",
        ])
        #expect(try faults(["format": "date-time"], "2026-02-30T00:00:00Z") == [
            ": expected an RFC 3339 time such as 2026-01-31T08:30:00Z, got \"2026-02-30T00:00:00Z\""
        ])
        #expect(try faults(["dependentRequired": ["a": ["b"]]], ["a": 1]) == [
            "/b: expected the member \"b\" beside \"a\", got nothing"
        ])
        #expect(try faults(["propertyNames": ["maxLength": 2]], ["abc": 1]) == [
            "/abc: expected a member's name that is at most 2 characters, got \"abc\""
        ])
    }

    @Test func `repeat a long value only in part and a secret one not at all`() throws {
        let long = JSONValue.string(String(repeating: "x", count: 10_000))
        #expect(try faults(["maxLength": 5], long)[0].utf8.count < 150)
        #expect(try faults(["maxLength": 3, "writeOnly": true], "secret")[0].contains("secret") == false)
    }

    @Test func `of several alternatives name the faults of the one that was meant`() throws {
        let card: JSONValue = ["properties": ["type": ["const": "card"], "cvc": ["type": "string"]], "required": ["type"]]
        let bank: JSONValue = ["properties": ["type": ["const": "bank"], "iban": ["type": "string"]], "required": ["type"]]
        let schema: JSONValue = ["oneOf": [card, bank]]
        #expect(try faults(schema, ["type": "card", "cvc": 1]) == ["/cvc: expected string, got 1"])
        #expect(try faults(schema, ["type": "cash"]) == [": expected a value that fits one of 2 alternatives, got an object"])
        #expect(try faults(["oneOf": [["type": "string", "minLength": 3], ["type": "null"]]], "a") == [
            ": expected at least 3 characters, got 1: \"a\""
        ])
        #expect(try faults(["oneOf": [["minimum": 1], ["maximum": 5]]], 3) == [
            ": expected a value that fits exactly one of 2 alternatives, got one that fits alternatives 1 and 2"
        ])
    }

    @Test func `stop at their bounds instead of running away`() throws {
        let loop = try CompiledSchema(["$ref": "#"])
        #expect(loop.validate(1).map(\.rule) == ["nesting"])

        let tree = try CompiledSchema(["type": "array", "items": ["$ref": "#"]])
        var deep: JSONValue = []
        for _ in 0..<400 { deep = [deep] }
        #expect(tree.accepts(deep))

        let branching = try CompiledSchema(["anyOf": [
            ["type": "array", "items": ["$ref": "#"], "minItems": 1],
            ["type": "array", "items": ["$ref": "#"], "minItems": 1],
        ]])
        #expect(!branching.accepts(deep))

        let many = JSONValue.array((0..<10_000).map { .int($0) } + [0])
        #expect(try faults(["uniqueItems": true], many).count == 1)
        #expect(try faults(["items": ["type": "string"]], many).count == 50)
    }

    @Test func `count canonically equivalent texts as different`() throws {
        #expect(try faults(["const": "\u{E9}"], "e\u{301}").count == 1)
        #expect(try faults(["uniqueItems": true], ["\u{E9}", "e\u{301}"]).isEmpty)
    }

    @Test func `name everything that is wrong with them`() {
        #expect(
            problems([
                "type": "text", "minimum": "1", "minLength": -1, "multipleOf": 0, "pattern": "(a",
                "required": "a", "items": [true], "properties": ["a": 1], "$ref": "#/$defs/none",
                "allOf": ["$dynamicRef": "#x"],
            ]).sorted() == [
                "#/$ref: #/$defs/none points at nothing",
                "#/allOf: allOf is an array, not an object",
                "#/items: items is one schema; the list of earlier drafts is prefixItems",
                "#/minLength: minLength is an integer of 0 or more, not -1",
                "#/minimum: minimum is a number, not \"1\"",
                "#/multipleOf: multipleOf is larger than 0",
                "#/pattern: there is a \"(\" without its \")\" (at character 3 of the pattern)",
                "#/properties/a: a schema is an object or a boolean, not 1",
                "#/required: required lists names, not \"a\"",
                "#/type: \"text\" is not a type of JSON Schema",
            ])
    }

    /// On both sides of the bound above which names are found by their hash.
    @Test(arguments: [1, 2, 16, 32, 33, 80])
    func `find members in whatever order they come`(_ count: Int) throws {
        let names = (0..<count).map { "member\($0)" }
        let schema = try CompiledSchema([
            "properties": .object(JSONObject(names.map { .init(name: $0, value: ["const": .string($0)]) })),
            "required": .array(names.map { .string($0) }), "additionalProperties": false,
        ])
        var generator = SystemRandomNumberGenerator()
        for order in [names, names.reversed(), names.shuffled(using: &generator)] {
            let members = order.map { JSONObject.Member(name: $0, value: .string($0)) }
            #expect(schema.accepts(.object(JSONObject(members))), "\(order)")
            let fewer = JSONValue.object(JSONObject(Array(members.dropLast())))
            #expect(schema.validate(fewer).map(\.rule) == ["required"], "\(order)")
            let more = JSONObject(members + [.init(name: "other", value: .null)])
            #expect(schema.validate(.object(more)).map(\.rule) == ["additionalProperties"])
            var wrong = JSONValue.object(JSONObject(members))
            wrong[order[0]] = 1
            #expect(schema.validate(wrong).map(\.pointer) == [JSONPointer([order[0]])], "\(order)")
        }
    }

    @Test func `hint at the nearest name and only at a near one`() throws {
        let schema: JSONValue = ["properties": ["amount": true, "currency": true], "additionalProperties": false]
        let compiled = try CompiledSchema(schema)
        #expect(compiled.validate(["amuont": 1]).first?.nearest == "amount")
        #expect(compiled.validate(["Currency": 1]).first?.nearest == "currency")
        #expect(compiled.validate(["colour": 1]).first?.nearest == nil)
    }

    @Test(arguments: [
        ("date-time", "2026-11-21T03:35:18.123+05:30", true), ("date-time", "2026-11-21 03:35:18Z", false),
        ("date-time", "1998-12-31T23:59:60Z", true), ("date-time", "1998-12-31T22:59:60Z", false),
        ("date-time", "2026-11-21T03:35:18", false), ("date", "2024-02-29", true), ("date", "2023-02-29", false),
        ("email", "a.b+c@example.com", true), ("email", "a@b@c", false), ("email", "a..b@c", false),
        ("email", "\"a b\"@c.de", true), ("email", "a@[127.0.0.1]", true), ("email", "@c", false),
        ("hostname", "a-b.example", true), ("hostname", "-a.example", false), ("hostname", "a..b", false),
        ("hostname", "xn--bcher-kva.example", true), ("hostname", "XN--BCHER-KVA.example", true),
        ("hostname", "xn--bcher.example", false), ("hostname", "bücher.example", false),
        ("hostname", "xn--a", false), ("hostname", "ab--cd.example", true),
        ("idn-hostname", "bücher.example", true), ("idn-hostname", "Bücher.example", false),
        ("idn-hostname", "plain.example", true), ("idn-hostname", "例え。テスト", true),
        ("idn-hostname", "bu\u{308}cher.example", false), ("idn-hostname", "b\u{0}ücher", false),
        ("idn-hostname", "☃.example", false), ("idn-hostname", "1a.אב", false),
        ("idn-hostname", String(repeating: "ü", count: 60), false), ("idn-hostname", "a_b.example", false),
        ("idn-email", "用户@例え.テスト", true), ("idn-email", "a@☃.example", false),
        ("idn-email", "a@bu\u{308}cher.example", true), ("idn-email", "a@-b.example", false),
        ("uri", "http://[v1F.a:b]/x", true), ("uri", "http://[V7.]/", false), ("uri", "http://[v.a]/", false),
        ("ipv4", "127.0.0.1", true), ("ipv4", "127.0.0.01", false), ("ipv4", "256.0.0.1", false),
        ("ipv6", "::1", true), ("ipv6", "1::2::3", false), ("ipv6", "::ffff:1.2.3.4", true), ("ipv6", "1:2:3:4:5:6:7", false),
        ("ipv6", "::", true), ("ipv6", "1:2:3:4:5:6:7:8", true), ("ipv6", ":1", false),
        ("uuid", "2EB8AA08-AA98-11EA-B4AA-73B441D16380", true), ("uuid", "2eb8aa08aa9811eab4aa73b441d16380", false),
        ("uri", "https://a.example/x?y#z", true), ("uri", "/x", false), ("uri", "urn:a:b", true), ("uri", "http://a b", false),
        ("unheard-of", "anything", true),
    ]) func `assert formats`(_ format: String, _ text: String, _ expected: Bool) throws {
        let schema = try CompiledSchema(["format": .string(format)])
        #expect(schema.accepts(.string(text)) == expected)
        #expect(schema.accepts(1))
    }
}
