import Contracts
import TestSupport
import Testing

/// Queries of RFC 9535 over one small document, and what is no query.
@Suite struct `A JSONPath query` {
    private let shop: JSONValue

    init() throws {
        shop = try JSONParser.parse(
            """
            {"items": [
                {"id": 1, "name": "hat", "price": 8.5, "tags": ["red", "wool"]},
                {"id": 2, "name": "coat", "price": 90, "tags": []},
                {"id": 3, "name": "sock", "price": 3, "sale": null}],
             "limit": 10, "a b": {"x": {"id": 9}}}
            """)
    }

    private func places(_ query: String) throws -> [String] {
        var steps = 10_000
        return try JSONPath(query).places(in: shop, steps: &steps).map(\.description)
    }

    @Test(arguments: [
        ("$", [""]),
        ("$.limit", ["/limit"]),
        ("$.none", []),
        ("$['a b'].x", ["/a b/x"]),
        (#"$["a\u0020b"]"#, ["/a b"]),
        ("$.items[0].name", ["/items/0/name"]),
        ("$.items[-1].id", ["/items/2/id"]),
        ("$.items[3]", []),
        ("$.items[*].id", ["/items/0/id", "/items/1/id", "/items/2/id"]),
        ("$.items[0,2]", ["/items/0", "/items/2"]),
        ("$.items[:2]", ["/items/0", "/items/1"]),
        ("$.items[::-1].id", ["/items/2/id", "/items/1/id", "/items/0/id"]),
        ("$.items[5:0:-2]", ["/items/2"]),
        ("$.items[::0]", []),
        ("$..id", ["/items/0/id", "/items/1/id", "/items/2/id", "/a b/x/id"]),
        ("$..[?@.id==9]", ["/a b/x"]),
        ("$.items[?@.sale]", ["/items/2"]),
        ("$.items[?!@.sale].id", ["/items/0/id", "/items/1/id"]),
        ("$.items[?@.sale==null]", ["/items/2"]),
        ("$.items[?@.missing==@.other]", ["/items/0", "/items/1", "/items/2"]),
        ("$.items[?@.price<$.limit && @.tags]", ["/items/0"]),
        ("$.items[?@.price>=90 || @.name=='sock']", ["/items/1", "/items/2"]),
        ("$.items[?(@.id==1 || @.id==2) && !(@.price>10)]", ["/items/0"]),
        ("$.items[?@.id==1.0]", ["/items/0"]),
        ("$.items[?@.tags[?@=='wool']]", ["/items/0"]),
        ("$.items[?length(@.name)==4].id", ["/items/1/id", "/items/2/id"]),
        ("$.items[?count(@.tags[*])>1]", ["/items/0"]),
        ("$.items[?value(@..tags)]", nil),
        ("$.items[?value(@.tags[0])=='red']", ["/items/0"]),
        ("$.items[?match(@.name, '.oat')]", ["/items/1"]),
        ("$.items[?match(@.name, 'oat')]", []),
        ("$.items[?search(@.name, 'o')].id", ["/items/1/id", "/items/2/id"]),
        ("$.items[?match(@.name, '(')]", []),
        ("$ .items [ 0 , 1 ] [ ? @ == 1 ]", ["/items/0/id"]),
    ] as [(String, [String]?)])
    func `selects`(query: String, expected: [String]?) throws {
        if let expected {
            #expect(try places(query) == expected)
        } else {
            #expect(throws: JSONPathError.self) { try JSONPath(query) }
        }
    }

    @Test(arguments: [
        ("", 1), ("items", 1), ("$.", 3), ("$.items[", 9), ("$[01]", 5), ("$[-0]", 5), ("$ ", 2),
        ("$. items", 3), ("$['a]", 6), (#"$['\x']"#, 5), ("$[?@.a==]", 9), ("$[?1]", 5),
        ("$[?@[*]==1]", 11), ("$[?@..a<1]", 10), ("$[?length(@.a)]", 15), ("$[?count(1)==1]", 10),
        ("$[?match(@.a,'x')==true]", 18), ("$[?!@.a==1]", 8), ("$[9007199254740992]", 19),
        (#"$["\ud800"]"#, 10),
    ])
    func `says where a query is none`(query: String, character: Int) {
        let error = #expect(throws: JSONPathError.self) { try JSONPath(query) }
        #expect(error?.offset.map { $0 + 1 } == character, "\(error?.description ?? "")")
    }

    @Test func `is bounded in length, depth and work`() throws {
        #expect(throws: JSONPathError.self) { try JSONPath("$" + String(repeating: ".a", count: 2_048)) }
        let deep = String(repeating: "[?@", count: 40) + String(repeating: "]", count: 40)
        #expect(throws: JSONPathError.self) { try JSONPath("$" + deep) }
        var steps = 20
        #expect(throws: JSONPathError.self) {
            try JSONPath("$..*").places(in: shop, steps: &steps)
        }
        // A long text under an expensive expression costs more than one step.
        let long: JSONValue = [.string(String(repeating: "ä", count: 20_000))]
        steps = 20_000
        #expect(throws: JSONPathError.self) {
            try JSONPath("$[?match(@, '(ä{0,50}){0,50}')]").places(in: long, steps: &steps)
        }
        // Descendants of descendants multiply; the steps end it.
        steps = 100_000
        let nested = (0..<60).reduce(JSONValue.object(JSONObject())) { inner, _ in ["a": inner] as JSONValue }
        #expect(throws: JSONPathError.self) {
            try JSONPath("$" + String(repeating: "..a", count: 10)).places(in: nested, steps: &steps)
        }
    }

    @Test(.enabled(if: Corpus.isPresent, "corpus absent"))
    func `passes the compliance suite`() throws {
        let files = ["basic", "name_selector", "functions/count", "functions/match",
            "functions/value", "whitespace/filter", "whitespace/operators", "whitespace/slice"]
        var count = 0
        for file in files {
            let cases = try JSONParser.parse(Corpus.bytes("jsonpath/\(file).json"))["tests"]?.array
            for test in cases ?? [] {
                let place = "\(file): \(test["name"]?.string ?? "")"
                count += 1
                let path = try? JSONPath(test["selector"]?.string ?? "")
                if test["invalid_selector"] == true {
                    #expect(path == nil, "\(place)")
                    continue
                }
                guard let path, let document = test["document"] else {
                    Issue.record("\(place) is refused")
                    continue
                }
                var steps = 100_000
                let found = try path.places(in: document, steps: &steps).compactMap { document[$0] }
                let allowed = test["results"]?.array ?? [test["result"] ?? .null]
                #expect(allowed.contains { $0.means(.array(found)) }, "\(place): \(found)")
            }
        }
        print("measured jsonpath: \(count) cases")
        #expect(count > 200)
    }
}
