import Testing

@testable import Contracts

/// The examples of OpenAPI 3.1 §4.8.26.2, and what lies beside them: each way in both directions.
@Suite struct `XML objects` {
    /// A document and the value that it means, by the schema of `things`.
    struct Case: Sendable, CustomStringConvertible {
        let name: String
        let schema: String
        let xml: String
        let value: JSONValue

        init(_ name: String, _ schema: String, _ xml: String, _ value: JSONValue) {
            (self.name, self.schema, self.xml, self.value) = (name, schema, xml, value)
        }

        var description: String { name }
    }

    private static func animals(_ array: String) -> String {
        "{type: object, xml: {name: zoo}, properties: {animals: \(array)}}"
    }

    private static let list: JSONValue = ["animals": ["cat", "dog"]]

    static let cases: [Case] = [
        Case(
            "scalars by their types",
            "{type: object, xml: {name: a}, properties: {i: {type: integer}, n: {type: number}, b: {type: boolean}, s: {type: string}}}",
            "<a><i>7</i><n>1.50</n><b>true</b><s>07</s></a>",
            ["i": 7, "n": .number(JSONNumber("1.50")!), "b": true, "s": "07"]),
        Case(
            "an attribute and another name",
            "{type: object, xml: {name: Person}, properties: {id: {type: integer, xml: {attribute: true}}, name: {type: string, xml: {name: fullName}}}}",
            "<Person id=\"32\"><fullName>Ann</fullName></Person>", ["id": 32, "name": "Ann"]),
        Case(
            "a namespace with its prefix",
            "{type: object, xml: {name: p, prefix: x, namespace: 'http://x.example/s'}, properties: {name: {type: string, xml: {prefix: x, namespace: 'http://x.example/s'}}}}",
            "<x:p xmlns:x=\"http://x.example/s\"><x:name>Ann</x:name></x:p>", ["name": "Ann"]),
        Case(
            "a namespace without a prefix",
            "{type: object, xml: {name: p, namespace: 'urn:s'}, properties: {name: {type: string}}}",
            "<p xmlns=\"urn:s\"><name>Ann</name></p>", ["name": "Ann"]),
        Case(
            "a list, repeated", animals("{type: array, items: {type: string}}"),
            "<zoo><animals>cat</animals><animals>dog</animals></zoo>", list),
        Case(
            "a list whose elements have a name",
            animals("{type: array, items: {type: string, xml: {name: animal}}}"),
            "<zoo><animal>cat</animal><animal>dog</animal></zoo>", list),
        Case(
            "a list whose own name says nothing",
            animals("{type: array, xml: {name: aliens}, items: {type: string, xml: {name: animal}}}"),
            "<zoo><animal>cat</animal><animal>dog</animal></zoo>", list),
        Case(
            "a list, wrapped",
            animals("{type: array, xml: {wrapped: true}, items: {type: string}}"),
            "<zoo><animals><animals>cat</animals><animals>dog</animals></animals></zoo>", list),
        Case(
            "a list, wrapped in another name",
            animals("{type: array, xml: {name: aliens, wrapped: true}, items: {type: string}}"),
            "<zoo><aliens><aliens>cat</aliens><aliens>dog</aliens></aliens></zoo>", list),
        Case(
            "a list, wrapped, with names outside and inside",
            animals("{type: array, xml: {name: aliens, wrapped: true}, items: {type: string, xml: {name: animal}}}"),
            "<zoo><aliens><animal>cat</animal><animal>dog</animal></aliens></zoo>", list),
        Case(
            "a list that is empty and wrapped",
            animals("{type: array, xml: {wrapped: true}, items: {type: string}}"),
            "<zoo><animals/></zoo>", ["animals": []]),
        Case(
            "3.2: text, attribute and wrapper by nodeType",
            "{type: object, xml: {name: zoo}, properties: {at: {type: string, xml: {nodeType: attribute}}, note: {type: string, xml: {nodeType: cdata}}}}",
            "<zoo at=\"1\"><![CDATA[a < b]]></zoo>", ["at": "1", "note": "a < b"]),
        Case(
            "3.2: a wrapper by nodeType",
            animals("{type: array, xml: {nodeType: element}, items: {type: string, xml: {name: animal}}}"),
            "<zoo><animals><animal>cat</animal></animals></zoo>", ["animals": ["cat"]]),
        Case(
            "null",
            "{type: object, xml: {name: a}, properties: {b: {type: ['null', integer]}}}",
            "<a><b xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/></a>",
            ["b": .null]),
        Case(
            "what must be escaped",
            "{type: object, xml: {name: a}, properties: {b: {type: string, xml: {attribute: true}}, c: {type: string}}}",
            "<a b=\"&lt;&quot;&amp;&#10;'\"><c>&lt;&amp;&gt; \"\n</c></a>", ["b": "<\"&\n'", "c": "<&> \"\n"]),
        Case(
            "members by pattern and without",
            "{type: object, xml: {name: a}, patternProperties: {'^n_': {type: integer}}, additionalProperties: {type: boolean}}",
            "<a><n_1>5</n_1><other>true</other></a>", ["n_1": 5, "other": true]),
        Case(
            "one of two forms",
            "{xml: {name: a}, oneOf: [{type: object, required: [card], properties: {card: {type: integer}}}, {type: object, required: [iban], properties: {iban: {type: string}}}]}",
            "<a><iban>7</iban></a>", ["iban": "7"]),
        Case(
            "lists in lists",
            "{type: object, xml: {name: m}, properties: {rows: {type: array, items: {type: array, xml: {name: row}, items: {type: integer, xml: {name: cell}}}}}}",
            "<m><row><cell>1</cell><cell>2</cell></row><row><cell>3</cell></row></m>",
            ["rows": [[1, 2], [3]]]),
    ]

    @Test(arguments: cases) func `say how a value stands in XML`(_ test: Case) throws {
        let contract = try XMLContract(test.schema)
        #expect(try contract.value(test.xml) == test.value)
        #expect(contract.written(test.value) == test.xml)
    }

    @Test func `are taken from the components that members refer to`() throws {
        let contract = try XMLContract(
            "{$ref: '#/components/schemas/Pet'}",
            schemas: """
                Tag: {type: object, xml: {name: tag}, properties: {id: {type: integer}}},
                Pet: {type: object, properties: {
                  kind: {$ref: '#/components/schemas/Kind'},
                  tags: {type: array, xml: {wrapped: true}, items: {$ref: '#/components/schemas/Tag'}}}},
                Kind: {type: string, enum: [cat, dog], xml: {name: Kind}}
                """, version: "3.0.3")
        let text = "<Pet><Kind>cat</Kind><tags><tag><id>1</id></tag></tags></Pet>"
        let value: JSONValue = ["kind": "cat", "tags": [["id": 1]]]
        #expect(try contract.value(text) == value)
        #expect(contract.written(value) == text)
        #expect(
            try contract.value("<animal><Kind>cat</Kind></animal>") == ["kind": "cat"],
            "a component's name is not said to be the root's")
    }

    @Test func `name the root of a list by its component`() throws {
        let contract = try XMLContract(
            "{$ref: '#/components/schemas/Pets'}",
            schemas: "Pet: {type: object, properties: {id: {type: integer}}}, Pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}")
        #expect(contract.written([["id": 1], ["id": 2]]) == "<Pets><Pet><id>1</id></Pet><Pet><id>2</id></Pet></Pets>")
        #expect(try contract.value("<Pets><Pet><id>1</id></Pet></Pets>") == [["id": 1]])
        #expect(try contract.value("<Pets/>") == [])
    }

    @Test func `leave space, comments and instructions out`() throws {
        let contract = try XMLContract("{type: object, properties: {n: {type: integer}}}")
        let text = """
            <?xml version="1.0"?><!-- one --><?go?>
            <a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" xml:lang="en">
              <n> 4<!-- two -->2 </n>
            </a><!-- three -->
            """
        #expect(try contract.value(text) == ["n": 42])
    }

    @Test func `give a required list without a wrapper where nothing stands for it`() throws {
        let contract = try XMLContract(
            "{type: object, required: [a], properties: {a: {type: array, items: {type: string}}, b: {type: array, items: {type: string}}}}")
        #expect(try contract.value("<x/>") == ["a": []])
    }

    @Test(arguments: [
        ("+7", "7"), ("007", "7"), (" 1.", "1"), (".5", "0.5"), ("-0.50", "-0.50"), ("1e3", "1e3"),
    ]) func `take numbers as XML Schema writes them`(_ text: String, _ number: String) throws {
        let contract = try XMLContract("{type: object, properties: {n: {type: number}}}")
        #expect(try contract.value("<a><n>\(text)</n></a>")["n"] == .number(JSONNumber(number)!))
    }

    @Test func `are no matter of JSON`() throws {
        let contract = try XMLContract("{type: string}", type: "application/xml")
        #expect(!contract.media.isXMLDocument, "a text of XML stays a text")
        #expect(try !XMLContract("{type: object}", type: "application/json").media.isXMLDocument)
        #expect(try XMLContract("{type: object}", type: "application/soap+xml").media.isXMLDocument)
    }
}
