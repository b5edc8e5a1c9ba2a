import Testing

@testable import HTTP

@Suite struct `Header fields` {
    @Test func `are found without regard to case, in order`() {
        var fields: HeaderFields = ["Content-Type": "a", "X-A": "1"]
        fields.append("x-a", 2)
        #expect(fields["content-TYPE"] == "a")
        #expect(fields["X-a"] == "1")
        #expect(fields.values(of: "x-A") == ["1", "2"])
        #expect(fields.first(utf8: "x-a").map(Array.init) == Array("1".utf8))
        #expect(fields["x"] == nil)
        #expect(!fields.contains("x-ab"))
        #expect(fields.count == 3)
    }

    @Test func `are replaced and removed`() {
        var fields: HeaderFields = ["A": "1", "B": "2", "a": "3"]
        fields.replace("a", with: "4")
        #expect(fields.map { "\($0.name)=\($0.value)" } == ["B=2", "a=4"])
        fields.remove("b")
        #expect(!fields.contains("B"))
    }

    @Test func `of two sets follow each other, on the wire and when looked up`() {
        var fields: HeaderFields = ["A": "1"]
        fields.append("B") { $0.append(contentsOf: "two".utf8) }
        fields.append(literal: "C", "3")
        let more: HeaderFields = ["D": "4", "a": "5"]
        fields.append(contentsOf: more)
        fields.append(contentsOf: head("GET / HTTP/1.1\r\nHost: h\r\n\r\n").fields)
        #expect(
            fields.map { "\($0.name)=\($0.value)" }
                == ["A=1", "B=two", "C=3", "D=4", "a=5", "Host=h"])
        #expect(fields.values(of: "a") == ["1", "5"])
        #expect(wire(fields) == "A: 1\r\nB: two\r\nC: 3\r\nD: 4\r\na: 5\r\nHost: h\r\n")
        fields.remove("B")
        fields.append("Content-Length", 7)
        #expect(wire(fields) == "A: 1\r\nC: 3\r\nD: 4\r\na: 5\r\nHost: h\r\n")
    }

    private func wire(_ fields: HeaderFields) -> String {
        var bytes: [UInt8] = []
        fields.encode(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: ["a\r\nX: y", "a\nb", "a\rb", "a\0", "\u{7F}", "\u{1}"])
    func `from outside are refused with control bytes`(value: String) {
        var fields = HeaderFields()
        let added = fields.appendIfValid("X", value)
        #expect(!added)
        #expect(fields.isEmpty)
    }

    @Test(arguments: ["", "a b", "a:", "\u{E9}", "a\r"])
    func `from outside are refused with a name that is no token`(name: String) {
        var fields = HeaderFields()
        let added = fields.appendIfValid(name, "x")
        #expect(!added)
    }

    @Test func `may be appended to a parsed head`() {
        var head = head("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        head.fields.append("X", "y")
        #expect(head.fields["x"] == "y")
        #expect(head.path == "/")
    }

    @Test func `that are lists are split outside quotes`() {
        let fields: HeaderFields = ["A": "x, \"y, \\\" z\" ,, ", "a": "w"]
        #expect(fields.list("a") == ["x", "\"y, \\\" z\"", "w"])
    }
}

@Suite struct `Bytes and their classes` {
    @Test func `tokens are those of RFC 9110`() {
        let punctuation = Set("!#$%&'*+-.^_`|~".utf8)
        for byte in UInt8.min...UInt8.max {
            let scalar = Character(UnicodeScalar(byte))
            let isToken =
                punctuation.contains(byte)
                || byte < 128 && (scalar.isLetter || scalar.isNumber)
            #expect(ByteClass.isToken(byte) == isToken)
            let isHost =
                Set("-._~!$&'()*+;=".utf8).contains(byte)
                || byte < 128 && (scalar.isLetter || scalar.isNumber)
            #expect(ByteClass.isHostName(byte) == isHost)
        }
    }
}

@Suite struct `Percent encoding` {
    @Test func `is undone in paths and queries`() throws {
        let head = head("GET /a%2Fb/%E4%B8%AD/c+d?x=1&y=%20+&z&=&&q=a=b HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try head.pathSegments() == ["a/b", "中", "c+d"])
        #expect(
            try head.queryPairs().map { "\($0.name)|\($0.value)" }
                == ["x|1", "y|  ", "z|", "|", "q|a=b"])
    }

    @Test(arguments: ["%", "%1", "%g0", "%0g", "%%30"])
    func `is never guessed`(text: String) {
        #expect(throws: EncodingFault.badPercentEscape) {
            try PercentEncoding.decode(text.utf8)
        }
    }

    @Test func `must give UTF-8`() {
        #expect(throws: EncodingFault.notUTF8) { try PercentEncoding.decodeText("%ff".utf8) }
        #expect(throws: EncodingFault.notUTF8) { try PercentEncoding.decodeText("%C0%AF".utf8) }
    }

    @Test func `round-trips`() throws {
        let text = "a b/ü?&=+%~"
        #expect(PercentEncoding.encode(text) == "a%20b%2F%C3%BC%3F%26%3D%2B%25~")
        #expect(try PercentEncoding.decodeText(PercentEncoding.encode(text).utf8) == text)
    }
}
