/// The meaning that the keywords of a schema have: which of them exist, and how `$ref` works.
package enum SchemaDialect: Int, Sendable, CaseIterable {
    /// Schema objects of OpenAPI 2.0 and 3.0: draft 4 with `nullable`, without `$id`.
    case openAPI30
    case draft4, draft6, draft7, draft2019, draft2020

    /// The dialect of a `$schema`, also with an empty fragment; nil for any other.
    package init?(schemaURI: String) {
        let plain = schemaURI.hasSuffix("#") ? String(schemaURI.dropLast()) : schemaURI
        switch plain {
        case "http://json-schema.org/draft-04/schema": self = .draft4
        case "http://json-schema.org/draft-06/schema": self = .draft6
        case "http://json-schema.org/draft-07/schema": self = .draft7
        case "https://json-schema.org/draft/2019-09/schema": self = .draft2019
        case "https://json-schema.org/draft/2020-12/schema",
            "https://spec.openapis.org/oas/3.1/dialect/base":
            self = .draft2020
        default: return nil
        }
    }

    func isSince(_ other: SchemaDialect) -> Bool { rawValue >= other.rawValue }

    /// The keyword that names a schema; nil where there is none.
    var identifier: String? {
        switch self {
        case .openAPI30: nil
        case .draft4: "id"
        case .draft6, .draft7, .draft2019, .draft2020: "$id"
        }
    }

    /// Up to draft 7, nothing beside a `$ref` counts.
    var referencesStandAlone: Bool { !isSince(.draft2019) }

    /// Draft 4 has `exclusiveMinimum: true` beside a `minimum`.
    var boundsAreBooleans: Bool { !isSince(.draft6) }

    /// Up to 2019-09, `items` may be a list, which `additionalItems` continues.
    var itemsMayBeList: Bool { !isSince(.draft2020) }
}

/// A dialect, and what a metaschema of the author's own makes of it (`$vocabulary`).
struct SchemaVocabulary: Sendable {
    var dialect: SchemaDialect
    /// Whether keywords such as `minimum` and `required` count.
    var validates = true
    /// Whether `format` refuses, whatever the options say.
    var assertsFormats = false

    init(_ dialect: SchemaDialect) { self.dialect = dialect }

    /// The vocabulary that `metaschema`, a document of the author's own, describes.
    init(metaschema: JSONValue, default dialect: SchemaDialect) {
        let named = metaschema["$schema"]?.string.flatMap(SchemaDialect.init(schemaURI:))
        self.init(named ?? dialect)
        guard let names = metaschema["$vocabulary"]?.object?.names else { return }
        validates = names.contains { $0.hasSuffix("/vocab/validation") }
        // Whoever knows the vocabulary asserts, even where it is only optional.
        assertsFormats = names.contains { $0.hasSuffix("/vocab/format-assertion") }
    }
}
