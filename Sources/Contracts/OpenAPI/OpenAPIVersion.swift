/// The versions of OpenAPI that are read.
package enum OpenAPIVersion: String, Sendable {
    case v2 = "2.0"
    case v30 = "3.0"
    case v31 = "3.1"
    case v32 = "3.2"

    /// The version that a document names; nil if it is no OpenAPI document or of another version.
    package init?(_ document: JSONValue) {
        // Unquoted in YAML, 2.0 and 3.0 are numbers.
        let named = document["openapi"] ?? document["swagger"]
        guard let text = named?.string ?? named?.number?.text,
            let version = Self(rawValue: text.split(separator: ".").prefix(2).joined(separator: "."))
        else { return nil }
        self = version
    }

    /// The fixed fields of a path item that are operations.
    var methods: [String] {
        let all = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
        return self == .v32 ? all + ["query"] : all
    }

    func dialect(of document: JSONValue) -> SchemaDialect {
        switch self {
        case .v2, .v30: .openAPI30
        case .v31, .v32:
            document["jsonSchemaDialect"]?.string.flatMap(SchemaDialect.init(schemaURI:))
                ?? .draft2020
        }
    }
}
