import Testing

@testable import Contracts

@Suite struct `Hostile XML` {
    private let contract = try! XMLContract("{type: object, additionalProperties: true}")

    private func refusal(_ bytes: [UInt8], _ type: String = "application/xml") -> String {
        do throws(XMLError) {
            _ = try XMLBody(bytes, contentType: type, schema: contract.media.schema!, as: .request)
            return "taken"
        } catch {
            return error.description
        }
    }

    private func utf16(_ text: String, isBig: Bool) -> [UInt8] {
        var bytes: [UInt8] = isBig ? [0xFE, 0xFF] : [0xFF, 0xFE]
        for unit in text.utf16 {
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 255))
            bytes.append(isBig ? high : low)
            bytes.append(isBig ? low : high)
        }
        return bytes
    }

    private func refusal(_ text: String) -> String { refusal(Array(text.utf8)) }

    @Test(arguments: [
        // A billion laughs, in text and in an attribute.
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"lol\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>",
        "<!DOCTYPE a [<!ENTITY b \"lol\">]><a b=\"&b;\"/>",
        // What stands outside.
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
        "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\"><a/>",
        "<!-- <a> --><?p <a?> <!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/p\"> %p;]><a/>",
        "\u{FEFF}<!DOCTYPE a><a/>",
    ]) func `with a document type is refused before it is read`(_ text: String) {
        #expect(refusal(text).contains("it has a document type"), "\(refusal(text))")
    }

    @Test func `in UTF-16 cannot hide one`() {
        let text = "<!DOCTYPE a [<!ENTITY b \"lol\">]><a>&b;</a>"
        #expect(refusal(utf16(text, isBig: true)).contains("document type"))
        #expect(refusal(utf16(text, isBig: false)).contains("document type"))
    }

    @Test(arguments: [
        ("<a>&none;</a>", "none"), ("<a b=\"&none;\"/>", "none"), ("<a>&#0;</a>", "char"),
        ("<a>&#xFFFF;</a>", "char"), ("<a><b></a>", "mismatch"), ("<a b=\"1\" b=\"2\"/>", "redefined"),
        ("<a></a><b/>", "Extra content"), ("", "no element"), ("   ", "empty"), ("text", "Start tag"),
        ("<a", "end"), ("<a>", "end"), ("<x:a/>", "no namespace"), ("<a x:b=\"1\"/>", "no namespace"),
        ("<a>]]></a>", "]]>"), ("<a><!-- -- --></a>", "omment"), ("<a>\u{1}</a>", "1"),
    ]) func `that is not well-formed is refused with a reason`(_ text: String, _ reason: String) {
        let found = refusal(text)
        #expect(found != "taken")
        #expect(found.contains("line ") || found.contains("no element"), "\(found)")
        #expect(!found.contains("/") || found.contains("<"), "no path of this machine: \(found)")
    }

    @Test func `nested without end is refused at the bound`() {
        for depth in [Limits.xmlDepthMax + 1, 5_000] {
            let text = String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
            #expect(refusal(text).contains("deeper than 100") || refusal(text).contains("depth"))
        }
        let fine = String(repeating: "<a>", count: Limits.xmlDepthMax)
            + String(repeating: "</a>", count: Limits.xmlDepthMax)
        #expect(refusal(fine) == "taken")
    }

    @Test(arguments: [
        ([0x3C, 0x61, 0x3E, 0xFF, 0x3C, 0x2F, 0x61, 0x3E] as [UInt8], "not valid UTF-8"),
        ([0xFE, 0xFF, 0x00], "not valid UTF-16"),
        ([0xFF, 0xFE, 0x00, 0xD8], "not valid UTF-16"),
    ]) func `in no encoding that is read is refused`(_ bytes: [UInt8], _ reason: String) {
        #expect(refusal(bytes).contains(reason))
    }

    @Test func `in an encoding that is not read is refused by its name`() {
        let found = refusal("<?xml version=\"1.0\" encoding=\"EBCDIC\"?><a/>")
        #expect(found.contains("\"EBCDIC\" is not read"), "\(found)")
    }

    @Test func `is read in the encodings of the standard`() throws {
        let text = "<a><b>grün</b></a>"
        let schema = contract.media.schema!
        let bodies: [([UInt8], String)] = [
            (Array(text.utf8), "application/xml"), ([0xEF, 0xBB, 0xBF] + Array(text.utf8), "text/xml"),
            (utf16(text, isBig: true), "application/xml"), (utf16(text, isBig: false), "text/xml"),
            (text.unicodeScalars.map { UInt8($0.value) }, "text/xml; charset=ISO-8859-1"),
            (
                "<?xml version='1.0' encoding='iso-8859-1'?>\(text)".unicodeScalars.map { UInt8($0.value) },
                "application/xml"
            ),
        ]
        for (bytes, type) in bodies {
            let body = try XMLBody(bytes, contentType: type, schema: schema, as: .request)
            #expect(body.value == ["b": "grün"])
        }
    }

    @Test func `does not include what it points at`() throws {
        let text = """
            <a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></a>
            """
        #expect(try contract.value(text) == ["include": ["href": "file:///etc/passwd", "parse": "text"]])
    }

    /// Each of forty levels has two forms, of which only the second fits at the very end.
    @Test func `with alternatives inside alternatives is read within the bound`() throws {
        let node = "{oneOf: [{type: object, required: [x], properties: {n: {$ref: '#/components/schemas/N'}}}, {type: object, properties: {n: {$ref: '#/components/schemas/N'}}}]}"
        let hostile = try XMLContract("{$ref: '#/components/schemas/N'}", schemas: "N: \(node)")
        let text = String(repeating: "<n>", count: 40) + String(repeating: "</n>", count: 40)
        #expect(try hostile.read(text).value != .null)
    }

    @Test func `with many elements of one name takes time in proportion`() throws {
        let text = "<a>" + String(repeating: "<b>1</b>", count: 50_000) + "</a>"
        #expect(try contract.read(text).value["b"]?.array?.count == 50_000)
    }
}
