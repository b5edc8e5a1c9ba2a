import Contracts
import Testing

@Suite struct `Made values` {
    private static let context = MakingContext(
        seed: 11, now: "2031-03-03T12:00:00Z", seconds: 1_930_392_000, direction: .answer)

    /// Schemas that are easy to get wrong.
    static let schemas: [String] = [
        #"{"type": "string", "pattern": "^[A-Z]{3}-\\d{4,6}(x|yz)?$"}"#,
        #"{"type": "string", "minLength": 30, "maxLength": 30, "pattern": "^[a-f0-9]+$"}"#,
        #"{"type": "string", "format": "uuid"}"#, #"{"type": "string", "format": "date-time"}"#,
        #"{"type": "string", "minLength": 200}"#, #"{"type": "string", "maxLength": 2, "format": "x"}"#,
        #"{"type": "integer", "exclusiveMinimum": 5, "maximum": 6}"#,
        #"{"type": "number", "minimum": 0.1, "exclusiveMaximum": 0.2}"#,
        #"{"type": "number", "multipleOf": 0.25, "minimum": 3.1}"#,
        #"{"type": "integer", "minimum": -9223372036854775808, "maximum": 9223372036854775807}"#,
        #"{"type": "number", "multipleOf": 1e-9, "minimum": 1e300}"#,
        #"{"enum": ["a", 1, null]}"#, #"{"const": {"a": [1]}}"#, #"{"type": ["null", "boolean"]}"#,
        #"{"type": "array", "minItems": 3, "uniqueItems": true, "items": {"enum": [1, 2, 3]}}"#,
        #"{"prefixItems": [{"type": "string"}, {"type": "integer"}], "minItems": 2, "items": false}"#,
        #"{"allOf": [{"required": ["a"], "properties": {"a": {"type": "string"}}}, {"properties": {"a": {"minLength": 9}}}]}"#,
        #"{"oneOf": [{"required": ["a"], "properties": {"a": {"const": 1}}}, {"required": ["a"], "properties": {"a": {"const": 2}}}]}"#,
        #"{"type": "object", "minProperties": 2, "additionalProperties": {"type": "integer"}}"#,
        #"{"type": "object", "required": ["x"], "patternProperties": {"^x$": {"type": "integer"}}, "additionalProperties": false}"#,
        ##"{"$defs": {"n": {"type": "object", "required": ["v"], "properties": {"v": {"type": "integer"}, "next": {"$ref": "#/$defs/n"}}}}, "$ref": "#/$defs/n"}"##,
    ]

    /// The one that asks for an integer beyond 64 bits, where nothing is promised but an end.
    private static let impossible = 10

    @Test(arguments: schemas.indices) func `fit their schemas, the same for the same seed`(
        _ index: Int
    ) throws {
        let schema = try CompiledSchema(JSONParser.parse(Self.schemas[index]))
        let made = schema.make(Self.context)
        #expect(made == schema.make(Self.context))
        if index != Self.impossible { #expect(schema.accepts(made), "\(made)") }
    }

    @Test func `end for schemas that nothing fits or that never end`() throws {
        let hopeless = [
            #"{"allOf": [{"type": "string"}, {"type": "integer"}]}"#, "false",
            ##"{"$ref": "#/$defs/a", "$defs": {"a": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/a"}}}}}"##,
            #"{"type": "array", "minItems": 1000000000}"#, #"{"type": "string", "minLength": 1000000000}"#,
            #"{"type": "string", "pattern": "^(a{100}){90}$"}"#,
        ]
        for text in hopeless {
            _ = try CompiledSchema(JSONParser.parse(text)).make(Self.context)
        }
    }

    @Test func `take the contract's own example where it fits`() throws {
        let good = try CompiledSchema(JSONParser.parse(#"{"type": "string", "example": "DE-1"}"#))
        #expect(good.make(Self.context) == "DE-1")
        let bad = try CompiledSchema(JSONParser.parse(#"{"type": "integer", "example": "DE-1"}"#))
        #expect(bad.make(Self.context).int != nil)
    }
}

@Suite struct `Forms` {
    private let schema: CompiledSchema

    init() throws {
        schema = try CompiledSchema(
            JSONParser.parse(
                #"""
                {"type": "object", "properties": {
                    "amount": {"type": "integer"}, "live": {"type": "boolean"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "code": {"type": "string"},
                    "items": {"type": "array", "items": {"properties": {"n": {"type": "integer"}}}},
                    "address": {"anyOf": [{"type": "object", "properties": {"zip": {"type": "string"}}},
                                          {"enum": [""]}]}}}
                """#))
    }

    @Test func `spell nested members, lists and the types of their schema`() {
        let form = FormDocument([
            ("amount", "12"), ("live", "false"), ("code", "007"), ("tags[]", "a"), ("tags[]", "b"),
            ("items[0][n]", "1"), ("items[1][n]", "2"), ("address[zip]", "10117"),
        ])
        #expect(
            form.value(for: schema) == [
                "amount": 12, "live": false, "code": "007", "tags": ["a", "b"],
                "items": [["n": 1], ["n": 2]], "address": ["zip": "10117"],
            ])
    }

    @Test func `keep what does not fit, so that the fault can say so`() {
        #expect(FormDocument([("amount", "much")]).value(for: schema) == ["amount": "much"])
        #expect(FormDocument([("address", "")]).value(for: schema) == ["address": ""])
        #expect(FormDocument([("a[b", "1")]).value(for: nil) == ["a[b": "1"])
    }

    @Test func `of several parts hold texts, files and documents`() {
        let body = [
            "--x", "Content-Disposition: form-data; name=\"amount\"", "", "12",
            "--x", "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"", "", "hello",
            "--x", "Content-Disposition: form-data; name=\"address\"",
            "Content-Type: application/json", "", "{\"zip\": \"1\"}", "--x--", "",
        ].joined(separator: "\r\n")
        let value = MultipartDocument.value(
            Array(body.utf8), contentType: "multipart/form-data; boundary=x", for: schema)
        #expect(value == ["amount": 12, "file": "hello", "address": ["zip": "1"]])
        for end in stride(from: 0, to: body.utf8.count - 6, by: 3) {
            let cut = Array(body.utf8.prefix(end))
            #expect(
                MultipartDocument.value(
                    cut, contentType: "multipart/form-data; boundary=x", for: schema) == nil)
        }
    }
}

@Suite struct `Parameter styles` {
    @Test(
        arguments: [
            ("style: deepObject", "f[a]=1&f[b]=x", true), ("style: deepObject", "f[a]=x", false),
            ("style: form", "a=1&b=x", true), ("style: form", "a=x", false),
            ("style: form, explode: false", "f=a,1,b,x", true),
            ("style: form, explode: false", "f=a,x", false),
        ]) func `of objects are read as they are written`(
        _ style: String, _ query: String, _ isValid: Bool
    ) throws {
        let operation = try Self.operation(
            "\(style), schema: {type: object, properties: {a: {type: integer}, b: {type: string}}}")
        #expect(Self.faults(operation, query).isEmpty == isValid)
    }

    @Test(
        arguments: [
            ("style: form", "f=1&f=2", true), ("style: form", "f=1,2", false),
            ("style: form, explode: false", "f=1,2", true),
            ("style: spaceDelimited, explode: false", "f=1 2", true),
            ("style: pipeDelimited, explode: false", "f=1|2", true),
            ("style: pipeDelimited, explode: false", "f=1,2", false),
            ("style: form", "f[]=1&f[]=2", true),
        ]) func `of lists are read as they are written`(
        _ style: String, _ query: String, _ isValid: Bool
    ) throws {
        let operation = try Self.operation("\(style), schema: {type: array, items: {type: integer}}")
        #expect(Self.faults(operation, query).isEmpty == isValid)
    }

    @Test func `of cookies are read from their field`() throws {
        let operation = try Self.operation("schema: {type: integer}, required: true", in: "cookie")
        let check = { (field: String?) in
            operation.validateRequest(
                pathParameters: [], query: [], headers: { $0 == "cookie" ? field : nil }, body: nil)
        }
        #expect(check("a=b; f=12").isEmpty)
        #expect(check("f=x").first?.location == .cookie)
        #expect(check(nil).first?.fault.rule == "required")
    }

    private static func operation(
        _ parameter: String, in location: String = "query"
    ) throws -> Contracts.Operation {
        let text = """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            paths:
              /x:
                get:
                  parameters: [{name: f, in: \(location), \(parameter)}]
                  responses: {'200': {description: d}}
            """
        return try Contract(YAMLParser.parse(text)).operations[0]
    }

    private static func faults(_ operation: Contracts.Operation, _ query: String) -> [MessageFault] {
        let pairs = query.split(separator: "&").map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
            return (name: sides[0], value: sides[1])
        }
        return operation.validateRequest(
            pathParameters: [], query: pairs, headers: { _ in nil }, body: nil)
    }
}
