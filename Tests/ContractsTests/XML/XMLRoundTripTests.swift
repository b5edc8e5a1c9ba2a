import Testing

@testable import Contracts

@Suite struct `Values through XML` {
    /// Schemas made at random, values made from them: what is written is read as what it was. Left
    /// out is what XML cannot say: empty lists without a wrapper, and texts of two types.
    @Test(arguments: 0..<60) func `come back as they were`(_ seed: UInt64) throws {
        var maker = SchemaMaker(state: seed &+ 1)
        let schema = maker.object(depth: 3)
        let document: JSONValue = ["openapi": "3.1.0", "info": ["title": "", "version": ""],
            "paths": ["/t": ["post": [
                "requestBody": ["content": ["application/xml": ["schema": schema]]],
                "responses": ["200": ["description": ""]],
            ]]],
        ]
        let contract = try Contract(lazily: document)
        let media = try #require(contract.operations[0].requestBody?.content.first)
        let compiled = try #require(media.schema)
        for _ in 0..<20 {
            let value = maker.value(schema)
            try #require(compiled.accepts(value, as: .request), "\(value) \(schema)")
            let written = try #require(media.xml(value, as: .request))
            let text = String(decoding: written, as: UTF8.self)
            let read = try XMLBody(
                written, contentType: "application/xml", schema: compiled, as: .request)
            #expect(read.value.sorted == value.sorted, "seed \(seed): \(text)\n\(schema)")
            #expect(read.located([]).isEmpty, "seed \(seed): \(text)")
        }
    }

    @Test func `of any letters stay what they are, as far as XML has them`() throws {
        let contract = try XMLContract(
            "{type: object, xml: {name: a}, properties: {t: {type: string}, u: {type: string, xml: {attribute: true}}, c: {type: string, xml: {nodeType: text}}}}")
        for text in ["\r\n\t", "  ", "]]>", "<![CDATA[", "a\u{301}", "\u{1F600}", "&amp;", "\u{85}\u{2028}"] {
            let value: JSONValue = ["u": .string(text), "t": .string(text), "c": "x"]
            #expect(try contract.value(contract.written(value)).sorted == value.sorted, "\(text)")
        }
        #expect(try contract.value(contract.written(["t": "\u{0}\u{FFFE}"]))["t"] == "\u{FFFD}\u{FFFD}")
    }

    @Test func `write members that no schema declares as elements`() throws {
        let contract = try XMLContract("{type: object, xml: {name: a}}")
        #expect(
            contract.written(["b": [1, ["c": true]], "1 d": "x", "e": .null])
                == "<a><b>1</b><b><c>true</c></b><_1_d>x</_1_d><e xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/></a>")
    }

    @Test func `deeper than the bound are not written`() throws {
        let contract = try XMLContract("{type: object}")
        var value: JSONValue = 1
        for _ in 0...Limits.xmlDepthMax { value = ["a": value] }
        #expect(contract.media.xml(value, as: .answer) == nil)
    }
}

extension JSONValue {
    /// Attributes stand before elements in XML, whatever their order was.
    fileprivate var sorted: JSONValue {
        switch self {
        case .object(let object):
            .object(JSONObject(object.members.map { .init(name: $0.name, value: $0.value.sorted) }
                .sorted { $0.name < $1.name }))
        case .array(let items): .array(items.map(\.sorted))
        case .null, .bool, .number, .string: self
        }
    }
}

/// Schemas with `xml` objects, and values that fit them.
private struct SchemaMaker {
    var state: UInt64

    private mutating func draw(_ count: UInt64) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % count)
    }

    mutating func object(depth: Int) -> JSONValue {
        var members = JSONObject()
        for number in 0...draw(4) { members["m\(number)"] = member(depth: depth) }
        if draw(4) == 0, members.members.allSatisfy({ $0.value["type"]?.string != "object" && $0.value["type"]?.string != "array" }) {
            for name in members.names where draw(2) == 0 {
                var xml = members[name]?["xml"] ?? [:]
                xml["attribute"] = true
                members[name]?["xml"] = xml
            }
        }
        return ["type": "object", "properties": .object(members), "xml": xml()]
    }

    private mutating func member(depth: Int) -> JSONValue {
        switch draw(depth > 0 ? 6 : 3) {
        case 0: return ["type": "integer", "xml": xml()]
        case 1: return ["type": "boolean", "xml": xml()]
        case 2: return ["type": "string", "xml": xml()]
        case 3: return object(depth: depth - 1)
        case 4:
            var own = xml()
            own["wrapped"] = true
            return ["type": "array", "items": member(depth: depth - 1), "xml": own]
        default: return ["type": "array", "minItems": 1, "items": member(depth: depth - 1)]
        }
    }

    /// Names that no other member of the object has; a namespace at times.
    private mutating func xml() -> JSONValue {
        var xml: JSONValue = [:]
        if draw(2) == 0 { xml["name"] = .string("n\(draw(1_000_000))") }
        switch draw(5) {
        case 0:
            xml["namespace"] = "urn:a"
            xml["prefix"] = "a"
        case 1: xml["namespace"] = "urn:b"
        default: break
        }
        return xml
    }

    mutating func value(_ schema: JSONValue) -> JSONValue {
        switch schema["type"]?.string {
        case "integer": return .int(draw(1_000) - 500)
        case "boolean": return .bool(draw(2) == 0)
        case "object":
            var object = JSONObject()
            for member in schema["properties"]?.object?.members ?? [] where draw(4) > 0 {
                object[member.name] = value(member.value)
            }
            return .object(object)
        case "array":
            let least = schema["minItems"] == nil ? 0 : 1
            return .array((0..<draw(3) + least).map { _ in value(schema["items"]!) })
        default: return .string(["", "a", " x ", "1", "<&>\"'", "ü\n\t"][draw(6)])
        }
    }
}
