/// A place in one of the documents that are compiled together.
struct SchemaPlace: Hashable, Sendable {
    /// Which document; 0 is the one that was asked for.
    let document: Int
    let pointer: JSONPointer

    func appending(_ token: String) -> SchemaPlace {
        SchemaPlace(document: document, pointer: pointer.appending(token))
    }

    func appending(_ index: Int) -> SchemaPlace { appending(String(index)) }

    /// The name of the component that stands here, if it is one.
    var componentName: String? {
        let tokens = pointer.tokens
        switch tokens.count {
        case 2: return tokens[0] == "definitions" ? tokens[1] : nil
        case 3: return tokens[0] == "components" && tokens[1] == "schemas" ? tokens[2] : nil
        default: return nil
        }
    }
}

/// A schema with an identifier of its own, up to the next one inside it (core §4.3.5).
struct SchemaResource {
    /// Absolute, without a fragment; empty for a document that has no name.
    let uri: String
    let root: SchemaPlace
    let vocabulary: SchemaVocabulary
    /// Places by `$anchor` and `$dynamicAnchor`.
    var anchors: [String: SchemaPlace] = [:]
    /// Those that `$dynamicRef` may choose. `$recursiveAnchor` of 2019-09 is the empty name.
    var dynamicAnchors: [String: SchemaPlace] = [:]
}

/// The documents that references may lead into, and the identifiers inside them.
///
/// Nothing is fetched: there are the document itself, those that its author sent along, and the
/// standard metaschemas, each read when a reference first names it.
struct SchemaResources {
    private(set) var documents: [JSONValue] = []
    private(set) var names: [String] = []
    private(set) var resources: [SchemaResource] = []
    private var byURI: [String: Int] = [:]
    private var byRoot: [SchemaPlace: Int] = [:]
    private let options: SchemaOptions

    init(_ document: JSONValue, options: SchemaOptions) {
        self.options = options
        add(document, name: options.uri)
    }

    /// The number of the resource that holds `place`.
    func resource(at place: SchemaPlace) -> Int {
        var tokens = place.pointer.tokens
        while true {
            let outer = SchemaPlace(document: place.document, pointer: JSONPointer(tokens))
            if let number = byRoot[outer] { return number }
            guard tokens.popLast() != nil else { preconditionFailure("a document is no resource") }
        }
    }

    /// The resource that begins at `place`, if one does.
    func resource(rootedAt place: SchemaPlace) -> Int? { byRoot[place] }

    /// The resource with that identifier; reads the document if it has not been yet.
    mutating func resource(uri: String) -> Int? {
        if let number = byURI[uri] { return number }
        guard let document = options.documents[uri] ?? StandardSchemas.document(uri) else {
            return nil
        }
        add(document, name: uri)
        return byURI[uri]
    }

    private mutating func add(_ document: JSONValue, name: String) {
        let place = SchemaPlace(document: documents.count, pointer: .root)
        documents.append(document)
        names.append(name)
        let declared = document["$schema"]?.string
        var walk = SchemaWalk(
            documentURI: name,
            vocabulary: vocabulary(declared, default: SchemaVocabulary(options.dialect)),
            isContract: options.isContract && !name.hasPrefix("http"))
        walk.vocabularyOf = { [self] in vocabulary($0, default: $1) }
        walk.run(document, place)
        for resource in walk.resources {
            let number = resources.count
            resources.append(resource)
            byRoot[resource.root] = number
            if byURI[resource.uri] == nil { byURI[resource.uri] = number }
        }
        // A document also answers to the name it was sent under.
        if byURI[name] == nil { byURI[name] = byRoot[place] }
    }

    private func vocabulary(
        _ schemaURI: String?, default inherited: SchemaVocabulary
    ) -> SchemaVocabulary {
        guard let schemaURI else { return inherited }
        if let dialect = SchemaDialect(schemaURI: schemaURI) { return SchemaVocabulary(dialect) }
        guard let metaschema = options.documents[schemaURI] else { return inherited }
        return SchemaVocabulary(metaschema: metaschema, default: inherited.dialect)
    }
}

/// Goes through one document for the identifiers in it.
struct SchemaWalk {
    private(set) var resources: [SchemaResource] = []
    /// The vocabulary that a `$schema` inside the document names.
    var vocabularyOf: (String?, SchemaVocabulary) -> SchemaVocabulary = { $1 }
    private let documentURI: String
    private let vocabulary: SchemaVocabulary
    /// Schemas of a contract may stand anywhere; those of a schema only under its keywords.
    private let isContract: Bool
    private var pointer: [String] = []
    private var document = 0

    init(documentURI: String, vocabulary: SchemaVocabulary, isContract: Bool) {
        self.documentURI = documentURI
        self.vocabulary = vocabulary
        self.isContract = isContract
    }

    mutating func run(_ value: JSONValue, _ root: SchemaPlace) {
        document = root.document
        resources = [SchemaResource(uri: documentURI, root: root, vocabulary: vocabulary)]
        if isContract {
            // Schemas of OpenAPI 2.0 and 3.0 have no identifiers.
            if vocabulary.dialect != .openAPI30 { visitAnything(value, 0) }
        } else {
            visit(value, 0)
        }
    }

    /// Reads the identifiers of one schema; the resource that holds from there inwards.
    private mutating func enter(_ object: JSONObject, _ outer: Int) -> Int {
        var current = outer
        let place = SchemaPlace(document: document, pointer: JSONPointer(pointer))
        let dialect = resources[outer].vocabulary.dialect
        if dialect.referencesStandAlone, object.contains("$ref") { return outer }
        if let keyword = dialect.identifier, let id = object[keyword]?.string {
            let absolute = resolveReference(id, against: resources[outer].uri)
            let parts = absolute.split(
                separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            if !id.hasPrefix("#") {
                let inner = SchemaResource(
                    uri: String(parts[0]), root: place,
                    vocabulary: vocabularyOf(
                        object["$schema"]?.string, resources[outer].vocabulary))
                if pointer.isEmpty { resources[0] = inner } else { resources.append(inner) }
                current = pointer.isEmpty ? 0 : resources.count - 1
            }
            // Up to draft 7 an identifier of a fragment is an anchor.
            if parts.count == 2, !parts[1].isEmpty {
                resources[current].anchors[String(parts[1])] = place
            }
        }
        readAnchors(object, current, place)
        return current
    }

    private mutating func readAnchors(_ object: JSONObject, _ resource: Int, _ place: SchemaPlace) {
        guard resources[resource].vocabulary.dialect.isSince(.draft2019) else { return }
        if let name = object["$anchor"]?.string { resources[resource].anchors[name] = place }
        if let name = object["$dynamicAnchor"]?.string {
            resources[resource].anchors[name] = place
            resources[resource].dynamicAnchors[name] = place
        }
        if object["$recursiveAnchor"]?.bool == true, place == resources[resource].root {
            resources[resource].dynamicAnchors[""] = place
        }
    }

    private mutating func visit(_ value: JSONValue, _ outer: Int) {
        guard case .object(let object) = value else { return }
        let current = enter(object, outer)
        for member in object.members {
            pointer.append(member.name)
            switch SchemaKeyword.holds(member.name) {
            case .schema: visit(member.value, current)
            case .schemas: visitEach(member.value, current)
            case .schemaOrSchemas:
                visit(member.value, current)
                if case .array = member.value { visitEach(member.value, current) }
            case .namedSchemas: visitEach(member.value, current)
            case nil: break
            }
            pointer.removeLast()
        }
    }

    private mutating func visitEach(_ value: JSONValue, _ current: Int) {
        switch value {
        case .array(let items):
            for (index, item) in items.enumerated() { visitPart(item, String(index), current) }
        case .object(let object):
            for member in object.members { visitPart(member.value, member.name, current) }
        case .null, .bool, .number, .string: break
        }
    }

    private mutating func visitPart(_ value: JSONValue, _ token: String, _ current: Int) {
        pointer.append(token)
        visit(value, current)
        pointer.removeLast()
    }

    private mutating func visitAnything(_ value: JSONValue, _ outer: Int) {
        switch value {
        case .object(let object):
            let current = pointer.isEmpty ? outer : enter(object, outer)
            for member in object.members where !SchemaKeyword.isData(member.name) {
                pointer.append(member.name)
                visitAnything(member.value, current)
                pointer.removeLast()
            }
        case .array(let items):
            for (index, item) in items.enumerated() {
                pointer.append(String(index))
                visitAnything(item, outer)
                pointer.removeLast()
            }
        case .null, .bool, .number, .string: break
        }
    }
}

/// What stands under the keywords that hold schemas.
enum SchemaKeyword {
    enum Content { case schema, schemas, schemaOrSchemas, namedSchemas }

    static func holds(_ keyword: String) -> Content? {
        switch keyword {
        case "additionalProperties", "additionalItems", "unevaluatedItems",
            "unevaluatedProperties", "propertyNames", "contains", "not", "if", "then", "else",
            "contentSchema":
            .schema
        case "allOf", "anyOf", "oneOf", "prefixItems": .schemas
        case "items": .schemaOrSchemas
        case "properties", "patternProperties", "definitions", "$defs", "dependentSchemas",
            "dependencies":
            .namedSchemas
        default: nil
        }
    }

    /// Members whose values are data, in which `$id` means nothing.
    static func isData(_ name: String) -> Bool {
        switch name {
        case "const", "enum", "default", "example", "examples": true
        default: name.hasPrefix("x-")
        }
    }
}
