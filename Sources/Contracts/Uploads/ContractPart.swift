/// What a value in a description is, which tells where references may stand: in a map of properties
/// `$ref` is a property's name, in an example it is data.
indirect enum ContractPart: Hashable, Sendable {
    case contract, components, pathItem, operation, parameter, requestBody, mediaType, encoding,
        response, header, example, link, callback, securityScheme, schema
    /// Values by names of the author's choice.
    case map(ContractPart)
    case list(ContractPart)

    /// What the member `name` holds; nil for data.
    func part(of name: String) -> ContractPart? {
        switch self {
        case .map(let part): part.isExtension(name) ? nil : part
        case .callback: isExtension(name) ? nil : .pathItem
        case .schema: schemaPart(of: name)
        default: Self.members[self]?[name]
        }
    }

    /// What a list's entries are. Where one schema may stand, a list of them may.
    var entry: ContractPart? {
        switch self {
        case .list(let part): part
        case .map(let part): part
        default: nil
        }
    }

    /// Where a document keeps such parts under names; nil where it has no such place.
    func shelf(in version: OpenAPIVersion) -> [String]? {
        guard version != .v2 else {
            return switch self {
            case .schema: ["definitions"]
            case .parameter: ["parameters"]
            case .response: ["responses"]
            default: nil
            }
        }
        let name: String? =
            switch self {
            case .schema: "schemas"
            case .parameter: "parameters"
            case .response: "responses"
            case .requestBody: "requestBodies"
            case .header: "headers"
            case .example: "examples"
            case .link: "links"
            case .callback: "callbacks"
            default: nil
            }
        return name.map { ["components", $0] }
    }

    /// In maps of paths and answers, `x-…` is an extension; elsewhere it may be a name: of a header,
    /// of a property.
    private func isExtension(_ name: String) -> Bool {
        switch self {
        case .pathItem, .response, .callback: name.hasPrefix("x-")
        default: false
        }
    }

    private func schemaPart(of name: String) -> ContractPart? {
        switch SchemaKeyword.holds(name) {
        case .schema: .schema
        case .schemas: .list(.schema)
        case .schemaOrSchemas: .schema
        case .namedSchemas: .map(.schema)
        case nil: nil
        }
    }

    private static let members: [ContractPart: [String: ContractPart]] = {
        let headers: [String: ContractPart] = [
            "schema": .schema, "content": .map(.mediaType), "examples": .map(.example),
        ]
        var pathItem: [String: ContractPart] = [
            "parameters": .list(.parameter), "additionalOperations": .map(.operation),
        ]
        for method in OpenAPIVersion.v32.methods { pathItem[method] = .operation }
        return [
            .contract: [
                "paths": .map(.pathItem), "webhooks": .map(.pathItem), "components": .components,
                "definitions": .map(.schema), "parameters": .map(.parameter),
                "responses": .map(.response), "securityDefinitions": .map(.securityScheme),
            ],
            .components: [
                "schemas": .map(.schema), "responses": .map(.response),
                "parameters": .map(.parameter), "examples": .map(.example),
                "requestBodies": .map(.requestBody), "headers": .map(.header),
                "securitySchemes": .map(.securityScheme), "links": .map(.link),
                "callbacks": .map(.callback), "pathItems": .map(.pathItem),
                "mediaTypes": .map(.mediaType),
            ],
            .pathItem: pathItem,
            .operation: [
                "parameters": .list(.parameter), "requestBody": .requestBody,
                "responses": .map(.response), "callbacks": .map(.callback),
            ],
            .parameter: headers,
            .header: headers,
            .requestBody: ["content": .map(.mediaType)],
            .mediaType: [
                "schema": .schema, "itemSchema": .schema, "examples": .map(.example),
                "encoding": .map(.encoding), "itemEncoding": .encoding,
                "prefixEncoding": .list(.encoding),
            ],
            .encoding: [
                "headers": .map(.header), "encoding": .map(.encoding), "itemEncoding": .encoding,
                "prefixEncoding": .list(.encoding),
            ],
            .response: [
                "headers": .map(.header), "content": .map(.mediaType), "links": .map(.link),
                "schema": .schema,
            ],
        ]
    }()
}
