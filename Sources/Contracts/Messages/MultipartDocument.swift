/// A body of `multipart/form-data` (RFC 7578) as the document that its parts make. Parts with a file
/// name are texts of their bytes; JSON parts are read as JSON; the others as a form's fields are.
package enum MultipartDocument {
    /// Nil where the bytes are not what the boundary promises. At most `Limits.partsMax` parts.
    package static func value(
        _ body: [UInt8], contentType: String, for schema: CompiledSchema?
    ) -> JSONValue? {
        guard let boundary = boundary(of: contentType) else { return nil }
        let pieces = pieces(body, Array("--\(boundary)".utf8))
        guard pieces.count >= 2, pieces.count <= Limits.partsMax + 2,
            pieces.last?.starts(with: "--".utf8) == true
        else { return nil }
        var fields: [(name: String, value: String)] = []
        var documents: [(name: String, value: JSONValue)] = []
        for piece in pieces.dropFirst().dropLast() {
            guard let part = Part(piece) else { return nil }
            if part.isJSON, let value = try? JSONParser.parse(Array(part.content)) {
                documents.append((part.name, value))
            } else {
                fields.append((part.name, String(decoding: part.content, as: UTF8.self)))
            }
        }
        var value = FormDocument(fields).value(for: schema)
        for document in documents { value[document.name] = document.value }
        return value
    }

    private struct Part {
        let name: String
        let content: ArraySlice<UInt8>
        let isJSON: Bool

        init?(_ piece: ArraySlice<UInt8>) {
            let lineEnd = Array("\r\n".utf8)
            guard piece.starts(with: lineEnd), piece.suffix(2).elementsEqual(lineEnd),
                let split = find(Array("\r\n\r\n".utf8), in: piece, from: piece.startIndex)
            else { return nil }
            let head = String(decoding: piece[piece.startIndex..<split], as: UTF8.self)
            guard let name = quoted("name", in: head) else { return nil }
            self.name = name
            content = split + 4 <= piece.endIndex - 2 ? piece[(split + 4)..<(piece.endIndex - 2)] : []
            isJSON = head.lowercased().contains("content-type: application/json")
        }
    }

    private static func boundary(of contentType: String) -> String? {
        guard let found = contentType.firstRange(of: "boundary=") else { return nil }
        let rest = contentType[found.upperBound...]
        if rest.first == "\"" { return rest.dropFirst().split(separator: "\"").first.map(String.init) }
        return rest.split(separator: ";").first.map(String.init)
    }

    private static func quoted(_ name: String, in head: String) -> String? {
        guard let found = head.firstRange(of: " \(name)=\"") else { return nil }
        return head[found.upperBound...].split(separator: "\"", omittingEmptySubsequences: false)
            .first.map(String.init)
    }

    private static func pieces(_ body: [UInt8], _ mark: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        while let found = find(mark, in: body[...], from: start) {
            pieces.append(body[start..<found])
            start = found + mark.count
        }
        return pieces + [body[start...]]
    }

    private static func find(_ mark: [UInt8], in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
        guard bytes.endIndex - start >= mark.count else { return nil }
        return (start...(bytes.endIndex - mark.count)).first { place in
            bytes[place] == mark[0] && bytes[place..<(place + mark.count)].elementsEqual(mark)
        }
    }
}
