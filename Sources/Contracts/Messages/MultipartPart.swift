/// A part of a body of `multipart/form-data` (RFC 7578).
struct MultipartPart {
    let name: String
    /// As the sender gives it; never a path of this machine.
    let fileName: String?
    let isJSON: Bool
    let content: ArraySlice<UInt8>

    /// The parts in their order; nil where the bytes are not what the boundary promises, or where
    /// there are more than `partsMax`.
    static func parts(
        of body: [UInt8], contentType: String, partsMax: Int
    ) -> [MultipartPart]? {
        guard let boundary = boundary(of: contentType) else { return nil }
        let pieces = pieces(body, Array("--\(boundary)".utf8), max: partsMax + 2)
        guard pieces.count >= 2, pieces.count <= partsMax + 2,
            pieces.last?.starts(with: "--".utf8) == true
        else { return nil }
        var parts: [MultipartPart] = []
        for piece in pieces.dropFirst().dropLast() {
            guard let part = MultipartPart(piece) else { return nil }
            parts.append(part)
        }
        return parts
    }

    private init?(_ piece: ArraySlice<UInt8>) {
        let lineEnd = Array("\r\n".utf8)
        guard piece.starts(with: lineEnd), piece.suffix(2).elementsEqual(lineEnd),
            let split = Self.find(Array("\r\n\r\n".utf8), in: piece, from: piece.startIndex)
        else { return nil }
        let head = String(decoding: piece[piece.startIndex..<split], as: UTF8.self)
        guard let name = Self.quoted("name", in: head) else { return nil }
        self.name = name
        fileName = Self.quoted("filename", in: head)
        content = split + 4 <= piece.endIndex - 2 ? piece[(split + 4)..<(piece.endIndex - 2)] : []
        isJSON = head.lowercased().contains("content-type: application/json")
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

    /// What stands between the marks; ends after `max` pieces and one.
    private static func pieces(
        _ body: [UInt8], _ mark: [UInt8], max: Int
    ) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        while pieces.count <= max, let found = find(mark, in: body[...], from: start) {
            pieces.append(body[start..<found])
            start = found + mark.count
        }
        return pieces + [body[start...]]
    }

    private static func find(
        _ mark: [UInt8], in bytes: ArraySlice<UInt8>, from start: Int
    ) -> Int? {
        guard bytes.endIndex - start >= mark.count else { return nil }
        return bytes.withUnsafeBufferPointer { buffer in
            let offset = bytes.startIndex
            var place = start - offset
            while place <= buffer.count - mark.count {
                if buffer[place] == mark[0],
                    buffer[place..<(place + mark.count)].elementsEqual(mark)
                {
                    return place + offset
                }
                place += 1
            }
            return nil
        }
    }
}
