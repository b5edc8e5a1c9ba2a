import Contracts
import Testing

@Suite struct `JSON values` {
    @Test(arguments: [
        #"{"b":1,"a":2,"b":3}"#, #"[1.10,1E400,-0,0.000,123456789012345678901234567890]"#,
        #"{"":{"é":"é"},"é":[null,true,false]}"#, #""\"\\\b\f\n\r\t\u0000\u001f😀/""#, "[[],{}]",
    ]) func `are written as they were read`(_ text: String) throws {
        #expect(try JSONWriter.text(JSONParser.parse(text)) == text)
    }

    @Test func `are written with two spaces a level`() {
        let value: JSONValue = ["a": [1, ["b": .null]], "c": [], "d": [:]]
        #expect(
            JSONWriter.text(value, .pretty) == """
                {
                  "a": [
                    1,
                    {
                      "b": null
                    }
                  ],
                  "c": [],
                  "d": {}
                }
                """)
    }

    @Test func `an object written member by member is the same as its value`() {
        var object = JSONObjectWriter()
        object.member("text", "a \"b\" \n", "ü", "")
        object.member("number", -42)
        object.member("value", ["x": [true, .null]])
        #expect(
            String(decoding: object.finish(), as: UTF8.self)
                == #"{"text":"a \"b\" \nü","number":-42,"value":{"x":[true,null]}}"#)
        #expect(JSONObjectWriter().finish() == Array("{}".utf8))
    }

    @Test func `keep names apart that only look alike`() throws {
        let value = try JSONParser.parse("{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(value["\u{E9}"]?.int == 1)
        #expect(value["e\u{301}"]?.int == 2)
        #expect(JSONValue.string("\u{E9}") != JSONValue.string("e\u{301}"))
    }

    @Test(arguments: [3, 16, 17, 40]) func `find members among few and many`(_ count: Int) {
        var object = JSONObject()
        for number in 0..<count { object["m\(number)"] = .int(number) }
        #expect(object.names == (0..<count).map { "m\($0)" })
        object["m1"] = "new"
        object["m0"] = nil
        #expect(object["m1"] == "new")
        #expect(object["m0"] == nil)
        #expect(object["m\(count - 1)"] != nil)
        #expect(object.count == count - 1)
        #expect(object.names.first == "m1")
    }

    @Test func `the last of two members counts`() throws {
        #expect(try JSONParser.parse(#"{"a":1,"a":2}"#)["a"]?.int == 2)
    }

    @Test(arguments: [2, 16, 17, 50]) func `a doubled member can be refused with its place`(_ count: Int) throws {
        let members = (0..<count).map { "\"m\($0)\":0" }.joined(separator: ",")
        let text = "{\"data\":[1,{\(members),\n \"m1\":1}]}"
        let error = #expect(throws: JSONError.self) {
            try JSONParser.parse(Array(text.utf8), doubled: .refused)
        }
        #expect(error?.pointer == "/data/1/m1")
        #expect(error?.description == "line 2, column 2: the member \"m1\" occurs twice")
    }

    @Test func `mean the same without being written the same`() throws {
        let left = try JSONParser.parse(#"{"a":1.0,"b":[1e2,{"c":-0}]}"#)
        let right = try JSONParser.parse(#"{"b":[100,{"c":0.0}],"a":1}"#)
        #expect(left != right)
        #expect(left.means(right))
        #expect(!left.means(try JSONParser.parse(#"{"b":[100,{"c":0.0}],"a":1,"d":1}"#)))
    }
}

@Suite struct `JSON numbers` {
    @Test(arguments: [
        ("0", 0), ("-0", 0), ("12.0", 12), ("1.2e1", 12), ("120e-1", 12), ("9223372036854775807", .max),
        ("-9223372036854775808", .min), ("1e18", 1_000_000_000_000_000_000),
    ] as [(String, Int64)]) func `are integers however they are written`(_ text: String, _ value: Int64) throws {
        #expect(try #require(JSONNumber(text)).int64 == value)
    }

    @Test(arguments: ["9223372036854775808", "-9223372036854775809", "1.5", "1e-1", "1e400", "1e99999999999999999999"])
    func `are no 64-bit integers otherwise`(_ text: String) throws {
        #expect(try #require(JSONNumber(text)).int64 == nil)
    }

    @Test(arguments: ["", "-", "01", "1.", ".5", "1e", "+1", "1 ", "0x1", "NaN", "--1", "1e+"])
    func `have RFC 8259's form only`(_ text: String) {
        #expect(JSONNumber(text) == nil)
    }

    @Test func `compare exactly`() throws {
        let ordered = ["-1e400", "-2", "-1.5", "-1e-400", "0", "1e-400", "0.1", "0.10000000000000000001",
            "1", "9007199254740993", "9007199254740993.5", "1e400"].compactMap { JSONNumber($0) }
        for (low, left) in ordered.enumerated() {
            for (high, right) in ordered.enumerated() {
                #expect(JSONNumber.isLess(left, than: right) == (low < high), "\(left) \(right)")
            }
        }
        #expect(try #require(JSONNumber("1.0")).isEqual(to: #require(JSONNumber("10e-1"))))
    }

    @Test(arguments: [
        ("4.5", "1.5", true), ("0.0075", "0.0001", true), ("0.00751", "0.0001", false), ("1e308", "0.5", true),
        ("1e1000000", "3", false), ("0", "7", true), ("35", "7", true), ("-35", "7", true), ("36", "7", false),
        ("123456789012345678901234567890", "30", true),
    ]) func `know their multiples`(_ number: String, _ factor: String, _ expected: Bool) throws {
        let (number, factor) = (try #require(JSONNumber(number)), try #require(JSONNumber(factor)))
        #expect(number.decimal.isMultiple(of: factor.decimal) == expected)
    }
}

@Suite struct `JSON parser` {
    @Test(arguments: [
        ("", 1, 1, "there is no value"),
        (" \n ", 2, 2, "there is no value"),
        ("{\"a\":1,}", 1, 8, #"expected a member's name in quotes, got "}""#),
        ("[1\n 2]", 2, 2, #"expected "," or "]", got "2""#),
        ("[\"é\" x]", 1, 6, #"expected "," or "]", got "x""#),
        ("{\"a\" 1}", 1, 6, #"expected ":", got "1""#),
        ("[01]", 1, 2, "a number does not start with a superfluous 0"),
        ("[1.]", 1, 4, "a digit is missing in a number"),
        ("[nul]", 1, 5, #"expected null, got "]""#),
        ("\"a\tb\"", 1, 3, "byte 0x09 must be escaped inside a string"),
        (#""\x""#, 1, 3, #"there is no escape \ followed by "x""#),
        (#""\ud800""#, 1, 2, "\\u names half of a surrogate pair without its other half"),
        (#""\udc00\ud800""#, 1, 2, "\\u names half of a surrogate pair without its other half"),
        (#""\u12G4""#, 1, 6, "\\u needs four hexadecimal digits"),
        ("[1] x", 1, 5, "something follows the end of the document"),
        ("[1", 1, 3, #"the document ends where "," or "]" is expected"#),
        ("\u{FEFF}{}", 1, 1, "the document starts with a byte order mark, which JSON does not allow"),
    ]) func `says where and why`(_ text: String, _ line: Int, _ column: Int, _ reason: String) {
        let error = #expect(throws: JSONError.self) { try JSONParser.parse(text) }
        #expect(error?.reason == reason)
        #expect(error?.line == line && error?.column == column, "\(String(describing: error))")
    }

    @Test func `refuses bytes that are not UTF-8, at the first of them`() {
        for bad in [[0xFF], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80]] as [[UInt8]] {
            for prefix in ["", "é", "\\n"] {
                let bytes = Array("\"\(prefix)".utf8) + bad + Array("\"".utf8)
                let error = #expect(throws: JSONError.self) { try JSONParser.parse(bytes) }
                #expect(error?.cause == .invalidUTF8)
                #expect(error?.offset == 1 + prefix.utf8.count)
            }
        }
    }

    @Test func `tells the member that was being read`() {
        let error = #expect(throws: JSONError.self) { try JSONParser.parse(#"{"a":[0,{"b/c":tru}]}"#) }
        #expect(error?.pointer.description == "/a/1/b~1c")
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}")]) func `holds its depth to one level`(_ open: String, _ close: String) throws {
        let limits = JSONLimits(bytesMax: 1 << 20, depthMax: 10)
        let nested: (Int) -> [UInt8] = { depth in
            Array((String(repeating: open, count: depth) + (open == "[" ? "" : "1")
                + String(repeating: close, count: depth)).utf8)
        }
        _ = try JSONParser.parse(nested(10), limits: limits)
        let error = #expect(throws: JSONError.self) { try JSONParser.parse(nested(11), limits: limits) }
        #expect(error?.cause == .tooDeep(depthMax: 10))
        _ = try JSONParser.parse(nested(512))
        #expect(throws: JSONError.self) { try JSONParser.parse(nested(513)) }
        #expect(throws: JSONError.self) { try JSONParser.parse(Array(String(repeating: open, count: 200_000).utf8)) }
    }

    @Test func `holds its size to one byte`() throws {
        let limits = JSONLimits(bytesMax: 4, depthMax: 10)
        _ = try JSONParser.parse(Array("1234".utf8), limits: limits)
        #expect(throws: JSONError.self) { try JSONParser.parse(Array("12345".utf8), limits: limits) }
    }

    @Test func `refuses a document cut at any offset`() throws {
        let bytes = Array(#"{"a": [1.5e+3, "x\u00e9\ud83d\ude00é\n", true, null], "b": {"c": -0.1}}"#.utf8)
        _ = try JSONParser.parse(bytes)
        for end in bytes.indices {
            #expect(throws: JSONError.self) { try JSONParser.parse(Array(bytes[..<end])) }
        }
    }

    @Test func `survives any byte changed, and takes back what it takes`() throws {
        let bytes = Array(#"{"a":[1.5e+3,"x\u00e9é\n",true,null],"b":{"c":-0.1}}"#.utf8)
        for position in bytes.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = bytes
                changed[position] = byte
                guard let value = try? JSONParser.parse(changed) else { continue }
                let again = try JSONParser.parse(JSONWriter.bytes(value))
                if again != value { Issue.record("byte \(byte) at \(position)") }
            }
        }
    }

    @Test func `random values survive writing and reading`() throws {
        for seed in 0..<UInt64(300) {
            var random = SplitMix(state: seed)
            let value = randomValue(&random, depth: 0)
            for layout in [JSONWriter.Layout.compact, .pretty] {
                let again = try JSONParser.parse(JSONWriter.bytes(value, layout))
                #expect(again == value, "seed \(seed)")
                #expect(again.means(value), "seed \(seed)")
            }
        }
    }
}

@Suite struct `JSON pointers` {
    /// The document of RFC 6901 §5.
    let document: JSONValue = [
        "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6,
        " ": 7, "m~n": 8,
    ]

    @Test(arguments: [
        ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/e^f", 3), ("/g|h", 4), ("/i\\j", 5),
        ("/k\"l", 6), ("/ ", 7), ("/m~0n", 8),
    ] as [(String, JSONValue)]) func `find what the RFC lists`(_ text: String, _ value: JSONValue) throws {
        let pointer = try #require(JSONPointer(text))
        #expect(document[pointer] == value)
        #expect(pointer.description == text)
    }

    @Test func `the empty pointer is the whole document`() {
        #expect(document[.root] == document)
    }

    @Test(arguments: ["a", "/~", "/~2", "/a~", "#/a"]) func `of wrong form are refused`(_ text: String) {
        #expect(JSONPointer(text) == nil)
    }

    @Test(arguments: ["/foo/2", "/foo/-", "/foo/01", "/foo/-1", "/foo/0/x", "/none", "/foo/99999999999999999999"])
    func `find nothing where nothing is`(_ text: String) throws {
        #expect(document[try #require(JSONPointer(text))] == nil)
    }

    @Test func `escape what they are built from`() {
        #expect(JSONPointer(["~1", "a/b"]).appending(3).description == "/~01/a~1b/3")
    }
}

/// SplitMix64: enough randomness for a test, from a seed that a failure prints.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

private func randomValue(_ random: inout SplitMix, depth: Int) -> JSONValue {
    switch random.below(depth > 5 ? 5 : 7) {
    case 0: return .null
    case 1: return .bool(random.below(2) == 0)
    case 2: return .int(Int64(bitPattern: random.next()))
    case 3: return .number(JSONNumber("\(random.below(1000)).\(random.below(1000))e-\(random.below(30))")!)
    case 4: return .string(randomText(&random))
    case 5: return .array((0..<random.below(6)).map { _ in randomValue(&random, depth: depth + 1) })
    default:
        return .object(JSONObject((0..<random.below(25)).map { _ in
            JSONObject.Member(name: randomText(&random), value: randomValue(&random, depth: depth + 1))
        }))
    }
}

private func randomText(_ random: inout SplitMix) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<random.below(20) {
        let bound: UInt64 = [0x80, 0x80, 0x20, 0x800, 0x110000][random.below(5)]
        text.append(Unicode.Scalar(UInt32(random.next() % bound)) ?? "?")
    }
    return String(text)
}
