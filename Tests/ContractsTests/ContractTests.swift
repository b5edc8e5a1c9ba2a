import Contracts
import TestSupport
import Testing

@Suite struct `Reading contracts` {
    @Test func `all problems are named with their places`() throws {
        let document: JSONValue = [
            "openapi": "3.1.0", "info": ["title": "Broken"],
            "paths": [
                "/a/{id}": [
                    "get": [
                        "operationId": "one",
                        "parameters": [["name": "x", "in": "query", "schema": ["type": "text"]]],
                        "responses": ["200": ["$ref": "#/components/responses/None"]],
                    ],
                    "post": ["operationId": "one"],
                ],
                "b": [:],
            ],
        ]
        let error = #expect(throws: ContractError.self) { try Contract(document) }
        #expect(
            error?.problems.map(\.description) == [
                "#/paths/~1a~1{id}/post/operationId: the id one is given twice",
                "#/paths/b: a path starts with \"/\"",
                "#/info/version: version is missing",
                #"#/paths/~1a~1{id}/get/parameters/0/schema/type: "text" is not a type of JSON Schema"#,
                "#/paths/~1a~1{id}/get: the path's parameter id is not declared",
                "#/paths/~1a~1{id}/get/responses/200/$ref: #/components/responses/None points at nothing",
                "#/paths/~1a~1{id}/post: the path's parameter id is not declared",
                "#/paths/~1a~1{id}/post/responses: it is missing",
                "#/paths/~1a~1{id}/post/responses: an operation declares at least one answer",
            ])
    }

    @Test func `a contract that is let go takes its operations along`() throws {
        weak var operation: Contracts.Operation?
        do {
            let contract = try Contract(lazily: [
                "openapi": "3.1.0", "info": ["title": "Kept", "version": "1"],
                "paths": ["/a": ["get": ["responses": ["200": ["description": ""]]]]],
            ])
            contract.operations[0].prepare()
            operation = contract.operations[0]
            #expect(operation?.isPrepared == true)
        }
        #expect(operation == nil)
    }

    @Test(arguments: [["swagger": "1.2"], ["openapi": "4.0.0"], [:], []] as [JSONValue])
    func `other versions are refused`(_ document: JSONValue) {
        let error = #expect(throws: ContractError.self) { try Contract(document) }
        #expect(error?.problems.first?.reason.hasPrefix("OpenAPI 2.0, 3.0, 3.1 and 3.2 are read") == true)
    }

    @Test func `concrete paths win, mixed segments come before whole ones`() throws {
        let contract = try Contract(api([
            "/pets/{id}", "/pets/mine", "/pets/{id}.json", "/pets/{id}:sell", "/pets/{id}/toys",
            "/pets/mine/food", "/{kind}/mine/bed",
        ]))
        #expect(found(contract, "/pets/7") == "/pets/{id} id=7")
        #expect(found(contract, "/pets/mine") == "/pets/mine ")
        #expect(found(contract, "/pets/7.json") == "/pets/{id}.json id=7")
        #expect(found(contract, "/pets/a:b:sell") == "/pets/{id}:sell id=a:b")
        #expect(found(contract, "/pets/.json") == "/pets/{id} id=.json")
        #expect(found(contract, "/pets/mine/toys") == "/pets/{id}/toys id=mine")
        #expect(found(contract, "/pets/mine/bed") == "/{kind}/mine/bed kind=pets")
    }

    @Test(arguments: [
        ("https://api.example.com/v2/", "/v2"), ("/", ""), ("/x", "/x"), ("https://api.example.com", ""),
        ("https://{region}.example.com/{base}", "/b"),
    ]) func `the base path is the first server's`(_ url: String, _ expected: String) throws {
        var document = api(["/a"])
        document["servers"] = [[
            "url": .string(url),
            "variables": ["region": ["default": "eu"], "base": ["default": "b"]],
        ]]
        #expect(try Contract(document).basePath == expected)
    }

    @Test func `lists in parameters are repeated or separated`() throws {
        let operation = try #require(Contract(api(["/a"], parameters: [
            ["name": "n", "in": "query", "schema": ["type": "array", "items": ["type": "integer"], "maxItems": 2]],
            ["name": "c", "in": "query", "explode": false, "schema": ["type": "array", "items": ["enum": ["x", "y"]]]],
            ["name": "b", "in": "query", "schema": ["type": "boolean"]],
        ])).operations.first)
        let faults: ([(name: String, value: String)]) -> [String] = { query in
            operation.validateRequest(pathParameters: [], query: query, headers: { _ in nil }, body: nil)
                .map { "\($0.name!)\($0.fault.pointer) \($0.fault.rule)" }
        }
        #expect(faults([("n", "1"), ("n", "2"), ("c", "x,y"), ("b", "true")]) == [])
        #expect(faults([("n", "1"), ("n", "z"), ("c", "x,q"), ("b", "1")]) == ["n/1 type", "c/1 enum", "b type"])
        #expect(faults([("b", "true"), ("b", "false")]) == ["b parameters"])
    }

    private func api(_ paths: [String], parameters: JSONValue = []) -> JSONValue {
        var items = JSONObject()
        for path in paths {
            let names = path.split(separator: "{").dropFirst().map { $0.prefix { $0 != "}" } }
            let own: [JSONValue] = names.map {
                ["name": .string(String($0)), "in": "path", "required": true, "schema": ["type": "string"]]
            }
            items[path] = ["get": [
                "parameters": .array(own + (parameters.array ?? [])), "responses": ["200": ["description": "Fine."]],
            ]]
        }
        return ["openapi": "3.1.0", "info": ["title": "Test", "version": "1"], "paths": .object(items)]
    }

    private func found(_ contract: Contract, _ path: String) -> String {
        guard case .matched(let operation, let parameters) = contract.match(method: "GET", path: path) else {
            return "none"
        }
        return "\(operation.path) " + parameters.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    }
}
