/// The metaschemas of JSON Schema, to which any schema may refer.
enum StandardSchemas {
    static func document(_ uri: String) -> JSONValue? {
        guard let text = texts[uri] else { return nil }
        do {
            return try JSONParser.parse(text)
        } catch {
            preconditionFailure("\(uri): \(error)")
        }
    }

    private static let texts: [String: String] = [
        "http://json-schema.org/draft-04/schema": draft4,
        "http://json-schema.org/draft-06/schema": draft6,
        "http://json-schema.org/draft-07/schema": draft7,
    ].merging(draft2019) { first, _ in first }.merging(draft2020) { first, _ in first }
}
