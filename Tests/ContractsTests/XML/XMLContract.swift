@testable import Contracts

/// A contract with one operation that takes and answers XML of a schema.
struct XMLContract {
    let media: MediaType
    let operation: Contracts.Operation

    /// - Parameter schemas: YAML of `components.schemas`.
    init(
        _ schema: String, schemas: String = "", type: String = "application/xml",
        version: String = "3.1.0"
    ) throws {
        let text = """
            openapi: \(version)
            info: {title: T, version: '1'}
            paths:
              /things:
                post:
                  requestBody: {content: {\(type): {schema: \(schema)}}}
                  responses:
                    '200': {description: It., content: {\(type): {schema: \(schema)}}}
            components: {schemas: {\(schemas)}}
            """
        let contract = try Contract(lazily: try JSONValue(contract: Array(text.utf8)))
        operation = contract.operations[0]
        media = operation.requestBody!.content[0]
    }

    func read(_ text: String, _ contentType: String = "application/xml") throws -> XMLBody {
        try XMLBody(
            Array(text.utf8), contentType: contentType, schema: media.schema!, as: .request)
    }

    /// The value, where the document has no fault.
    func value(_ text: String) throws -> JSONValue {
        let found = try faults(text)
        guard found.isEmpty else { throw XMLError(found.joined(separator: "; "), fix: "") }
        return try read(text).value
    }

    /// Where and what, as a caller reads it.
    func faults(_ text: String) throws -> [String] {
        let body = try read(text)
        let others = operation.validateRequest(
            pathParameters: [], query: [], headers: { _ in nil }, body: body.value, media: media)
        return body.located(others).map {
            "\($0.xpath ?? "?") \($0.fault.pointer): \($0.fault.message)"
        }
    }

    /// Without the declaration.
    func written(_ value: JSONValue) -> String {
        let text = media.xml(value, as: .answer).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return String(text.drop { $0 != "\n" }.dropFirst())
    }
}
