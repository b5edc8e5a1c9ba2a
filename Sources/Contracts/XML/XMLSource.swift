/// The bytes of a body as UTF-8, and nothing in them that leads outside or grows: a document type
/// is refused before the parser sees it, and with it all entities but the five of XML itself.
struct XMLSource {
    let utf8: [UInt8]

    /// - Parameter charset: of the Content-Type; a byte order mark is believed first, then this,
    ///   then the document's own declaration (RFC 7303 §3).
    init(_ body: [UInt8], charset: String?) throws(XMLError) {
        guard body.count <= Limits.xmlBytesMax else {
            throw XMLError(
                "the document is larger than \(Limits.xmlBytesMax) bytes", fix: "Send less at once.")
        }
        utf8 = try Self.decoded(body, charset: charset)
        try refuseDocumentType()
    }

    // MARK: Encodings

    private enum Encoding { case utf8, utf16Big, utf16Little, latin1 }

    private static func decoded(
        _ body: [UInt8], charset: String?
    ) throws(XMLError) -> [UInt8] {
        if body.starts(with: [0xEF, 0xBB, 0xBF]) { return try checked(Array(body.dropFirst(3))) }
        if body.starts(with: [0xFE, 0xFF]) { return try utf16(body.dropFirst(2), isBig: true) }
        if body.starts(with: [0xFF, 0xFE]) { return try utf16(body.dropFirst(2), isBig: false) }
        if body.starts(with: [0, 0x3C, 0, 0x3F]) { return try utf16(body[...], isBig: true) }
        if body.starts(with: [0x3C, 0, 0x3F, 0]) { return try utf16(body[...], isBig: false) }
        switch try encoding(charset ?? declaredEncoding(body)) {
        case .utf8: return try checked(body)
        case .utf16Big: return try utf16(body[...], isBig: true)
        case .utf16Little: return try utf16(body[...], isBig: false)
        case .latin1: return Array(String(String.UnicodeScalarView(body.map { Unicode.Scalar($0) })).utf8)
        }
    }

    private static func encoding(_ name: String?) throws(XMLError) -> Encoding {
        guard let name else { return .utf8 }
        switch name.lowercased() {
        case "utf-8", "utf8", "us-ascii", "ascii": return .utf8
        case "utf-16be", "utf-16": return .utf16Big
        case "utf-16le": return .utf16Little
        case "iso-8859-1", "latin1", "iso8859-1": return .latin1
        default:
            throw XMLError(
                "the encoding \(JSONValue.string(name).shown) is not read here",
                fix: "Send UTF-8; UTF-16 and ISO-8859-1 are read too.")
        }
    }

    private static func checked(_ body: [UInt8]) throws(XMLError) -> [UInt8] {
        guard String(validating: body, as: UTF8.self) == nil else { return body }
        // The first line that is none.
        var line = 1
        for text in body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if String(validating: text, as: UTF8.self) == nil { break }
            line += 1
        }
        throw XMLError(
            "the bytes are not valid UTF-8", fix: "Send UTF-8, or name the encoding.", line: line)
    }

    private static func utf16(
        _ body: ArraySlice<UInt8>, isBig: Bool
    ) throws(XMLError) -> [UInt8] {
        let units = stride(from: body.startIndex, to: body.endIndex - 1, by: 2).map { place in
            let (first, second) = (UInt16(body[place]), UInt16(body[place + 1]))
            return isBig ? first << 8 | second : second << 8 | first
        }
        guard body.count % 2 == 0, let text = String(validating: units, as: UTF16.self) else {
            throw XMLError("the bytes are not valid UTF-16", fix: "Send UTF-8.")
        }
        return Array(text.utf8)
    }

    /// The pseudo-attribute of the XML declaration, which is ASCII in all encodings read here.
    private static func declaredEncoding(_ body: [UInt8]) -> String? {
        guard body.starts(with: "<?xml".utf8) else { return nil }
        let head = String(
            decoding: body.prefix(Limits.xmlDeclarationBytesMax).prefix { $0 != UInt8(ascii: ">") },
            as: UTF8.self)
        guard let name = head.firstRange(of: "encoding") else { return nil }
        let rest = head[name.upperBound...].drop { $0 == " " || $0 == "=" || $0 == "\t" }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        return String(rest.dropFirst().prefix { $0 != quote })
    }

    // MARK: Document types

    /// XML 1.0 §2.8: before the root stand the declaration, comments, processing instructions, space
    /// and, at most once, a document type. What else begins with `<` is the root's.
    private func refuseDocumentType() throws(XMLError) {
        var rest = utf8[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[start...]
            let end: String
            if rest.starts(with: "<!--".utf8) {
                end = "-->"
            } else if rest.starts(with: "<?".utf8) {
                end = "?>"
            } else if rest.starts(with: "<!".utf8) {
                throw XMLError(
                    "it has a document type, which is not read here",
                    fix: "Leave <!DOCTYPE …> and what it declares out; write the text of entities where they stand.",
                    line: line(of: start))
            } else {
                return
            }
            guard let close = rest.dropFirst(end == "-->" ? 4 : 2).firstRange(of: end.utf8) else {
                return
            }
            rest = rest[close.upperBound...]
        }
    }

    private func line(of place: Int) -> Int {
        utf8[..<place].count { $0 == UInt8(ascii: "\n") } + 1
    }
}
