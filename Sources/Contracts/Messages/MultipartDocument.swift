/// A body of `multipart/form-data` (RFC 7578) as the document that its parts make. Parts with a file
/// name are texts of their bytes; JSON parts are read as JSON; the others as a form's fields are.
package enum MultipartDocument {
    /// Nil where the bytes are not what the boundary promises. At most `Limits.partsMax` parts.
    package static func value(
        _ body: [UInt8], contentType: String, for schema: CompiledSchema?
    ) -> JSONValue? {
        guard
            let parts = MultipartPart.parts(
                of: body, contentType: contentType, partsMax: Limits.partsMax)
        else { return nil }
        var fields: [(name: String, value: String)] = []
        var documents: [(name: String, value: JSONValue)] = []
        for part in parts {
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
}
