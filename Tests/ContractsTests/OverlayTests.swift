import Contracts
import Testing

/// What an overlay's actions make of a document, and which overlays are none.
@Suite struct `An overlay` {
    private static let shop: JSONValue = [
        "info": ["title": "Shop", "tags": ["a", "b"]],
        "paths": [
            "/hats": ["get": ["summary": "Hats", "limits": [1]], "post": ["summary": "New"]],
            "/coats": ["get": ["summary": "Coats", "limits": []]],
        ],
    ]

    private static func overlay(_ actions: JSONValue, version: String = "1.1.0") throws -> Overlay {
        try Overlay([
            "overlay": .string(version), "info": ["title": "T", "version": "1"], "actions": actions,
        ])
    }

    private static func applied(_ actions: JSONValue) throws -> JSONValue {
        try overlay(actions).applied(to: shop).document
    }

    @Test func `merges objects, joins arrays and replaces primitives`() throws {
        let made = try Self.applied([
            [
                "target": "$",
                "update": [
                    "info": ["title": "Store", "tags": ["c"], "x": ["y": 1]],
                    "paths": ["/hats": ["get": ["limits": [2, 3]]]],
                ],
            ]
        ])
        #expect(made["info"] == ["title": "Store", "tags": ["a", "b", "c"], "x": ["y": 1]])
        #expect(made["paths"]?["/hats"]?["get"] == ["summary": "Hats", "limits": [1, 2, 3]])
        #expect(made["paths"]?["/coats"] == Self.shop["paths"]?["/coats"])
    }

    @Test func `appends to a selected array, and replaces selected primitives`() throws {
        let made = try Self.applied([
            ["target": "$.paths.*.get.limits", "update": 7],
            ["target": "$.info.tags", "update": ["c", "d"]],
            ["target": "$.paths.*.*.summary", "update": "Same"],
        ])
        #expect(made["paths"]?["/hats"]?["get"]?["limits"] == [1, 7])
        #expect(made["paths"]?["/coats"]?["get"]?["limits"] == [7])
        #expect(made["info"]?["tags"] == ["a", "b", "c", "d"])
        #expect(made["paths"]?["/hats"]?["post"]?["summary"] == "Same")
    }

    @Test func `removes members and elements, however many of one array`() throws {
        let made = try Self.applied([
            ["target": "$.info.tags[0,1]", "remove": true],
            ["target": "$.paths.*[?@.summary=='New']", "remove": true, "update": ["left": "alone"]],
            ["target": "$.paths['/coats']..*", "remove": true],
        ])
        #expect(made["info"]?["tags"] == [])
        #expect(made["paths"]?["/hats"]?["post"] == nil)
        #expect(made["paths"]?["/coats"] == [:])
    }

    @Test func `copies one value into all targets`() throws {
        let made = try Self.applied([
            ["target": "$.paths", "update": ["/socks": [:]]],
            ["target": "$.paths['/socks']", "copy": "$.paths['/hats']"],
            ["target": "$.paths['/hats']", "remove": true],
            ["target": "$.paths.*.get", "copy": "$.info"],
        ])
        #expect(made["paths"]?.object?.names == ["/coats", "/socks"])
        #expect(made["paths"]?["/socks"]?["post"]?["summary"] == "New")
        #expect(made["paths"]?["/coats"]?["get"]?["title"] == "Shop")
    }

    @Test func `applies each action to what the ones before have left`() throws {
        let made = try Self.applied([
            ["target": "$.paths['/hats']", "remove": true],
            ["target": "$.paths", "update": ["/hats": ["get": ["summary": "Again"]]]],
            ["target": "$.paths['/hats'].get", "update": ["summary": "Last"]],
        ])
        #expect(made["paths"]?["/hats"] == ["get": ["summary": "Last"]])
    }

    @Test func `warns of an action that selects nothing, and names it`() throws {
        let (document, warnings) = try Self.overlay([
            ["target": "$.info", "update": ["x": 1]], ["target": "$.paths['/boots']", "remove": true],
        ]).applied(to: Self.shop)
        #expect(document["info"]?["x"] == 1)
        #expect(warnings.map(\.pointer) == ["/actions/1/target"])
        #expect(warnings[0].reason.contains("$.paths['/boots']"))
    }

    @Test(arguments: [
        ([["target": "$.info", "update": "text"]], "/actions/0/update"),
        ([["target": "$.info", "update": ["tags": "c"]]], "/actions/0/update"),
        ([["target": "$.info", "update": ["title": ["c"]]]], "/actions/0/update"),
        ([["target": "$.info.title", "update": ["a": 1]]], "/actions/0/update"),
        ([["target": "$.info.*", "update": "c"]], "/actions/0/update"),
        ([["target": "$", "remove": true]], "/actions/0/remove"),
        ([["target": "$.info", "copy": "$.paths.*"]], "/actions/0/copy"),
        ([["target": "$.info", "copy": "$.none"]], "/actions/0/copy"),
    ] as [(JSONValue, JSONPointer)])
    func `points at the action that cannot be done`(actions: JSONValue, pointer: JSONPointer) throws {
        let error = #expect(throws: ContractError.self) { try Self.applied(actions) }
        #expect(error?.problems.map(\.pointer) == [pointer], "\(error?.description ?? "")")
    }

    @Test(arguments: [
        (["info": ["title": "T", "version": "1"], "actions": [["target": "$"]]], ["/overlay"]),
        (
            ["overlay": "2.0.0", "info": ["title": "T"], "actions": []],
            ["/overlay", "/info/version", "/actions"]
        ),
        (
            [
                "overlay": "1.1.0", "info": ["title": "T", "version": "1"], "x-ours": 1,
                "actions": [
                    ["target": "paths", "x-ours": 1], ["target": "$", "delete": true],
                    ["target": "$", "update": 1, "copy": "$"],
                ],
            ], ["/actions/1/delete", "/actions/2"]
        ),
        (
            [
                "overlay": "1.1.0", "info": ["title": "T", "version": "1"],
                "actions": [["target": "paths"], ["target": "$", "copy": "$["]],
            ], ["/actions/0/target", "/actions/1/copy"]
        ),
    ] as [(JSONValue, [JSONPointer])])
    func `is refused with every fault's pointer`(document: JSONValue, pointers: [JSONPointer]) {
        let error = #expect(throws: ContractError.self) { try Overlay(document) }
        #expect(error?.problems.map(\.pointer) == pointers, "\(error?.description ?? "")")
    }

    @Test func `of version 1 point 0 does not copy`() throws {
        let made = try Self.overlay([["target": "$.info", "copy": "$.paths"]], version: "1.0.0")
            .applied(to: Self.shop)
        #expect(made.document == Self.shop)
    }

    @Test func `cannot make a document grow without end`() throws {
        let copies = Array(
            repeating: ["target": "$.paths", "copy": "$"] as JSONValue, count: 60)
        let nested = Array(
            repeating: ["target": "$.info.tags", "copy": "$.info.tags"] as JSONValue, count: 60)
        for actions in [copies, nested] {
            let error = #expect(throws: ContractError.self) { try Self.applied(.array(actions)) }
            #expect(error?.problems.first?.reason.contains("adds more than") == true)
        }
    }
}
