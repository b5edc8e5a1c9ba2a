import Synchronization

/// One method on one path of a contract.
package final class Operation: Sendable {
    /// `operationId`; where the contract gives none, method and path: `GET /v1/things`.
    package let id: String
    /// Upper case.
    package let method: String
    /// The template as written: `/v1/payments/{payment}`.
    package let path: String
    package let summary: String?
    package let tags: [String]
    /// Alternatives, one of which a caller must meet; empty: open to everybody.
    package let security: [SecurityRequirement]
    /// The operation object, for `x-` members and whatever else is not read here.
    package let source: JSONObject
    /// Whether it declares any; what they are is compiled on its first use.
    package let declaresCallbacks: Bool
    private let outline: OperationOutline
    private let compilation: ContractCompilation
    private let compiled = AtomicLazyReference<OperationParts>()
    /// Beside the parts, because loading a reference costs a hundred times a flag.
    private let hasCompiled = Atomic(false)
    private let hasXMLAnswers = Atomic(false)

    init(
        id: String, method: String, path: String, security: [SecurityRequirement],
        outline: OperationOutline, compilation: ContractCompilation
    ) {
        self.id = id
        self.method = method
        self.path = path
        self.security = security
        self.outline = outline
        self.compilation = compilation
        source = outline.source
        declaresCallbacks = source["callbacks"] != nil
        summary = source["summary"]?.string
        tags = source["tags"]?.array?.compactMap(\.string) ?? []
    }

    /// Those of the path item included.
    package var parameters: [Parameter] { parts.parameters }
    package var requestBody: RequestBody? { parts.requestBody }
    package var responses: [DeclaredResponse] { parts.responses }

    /// Compiles the operation now rather than on its first use.
    package func prepare() { _ = parts }

    /// Whether it has been compiled.
    package var isPrepared: Bool { hasCompiled.load(ordering: .acquiring) }

    /// Whether some answer may be XML that is made from values; known once it has been compiled.
    package var answersXML: Bool { hasXMLAnswers.load(ordering: .relaxed) }

    var parts: OperationParts {
        if let parts = compiled.load() { return parts }
        let parts = compiled.storeIfNil(compilation.parts(outline))
        hasXMLAnswers.store(parts.responses.contains { $0.xml != nil }, ordering: .relaxed)
        hasCompiled.store(true, ordering: .releasing)
        return parts
    }

    /// An `x-` member, e.g. `x-sbx-fidelity`.
    package func `extension`(_ name: String) -> JSONValue? { source[name] }

    /// The declared answer for a status: that status, else its class (`4XX`), else `default`.
    package func response(status: Int) -> DeclaredResponse? {
        response(String(status)) ?? response("\(status / 100)XX") ?? response("default")
    }

    private func response(_ key: String) -> DeclaredResponse? {
        responses.first { $0.status == key }
    }
}

extension Operation {
    /// The sets of scopes by which a token opens this operation, one of them whole. Empty when the
    /// contract asks for no scopes.
    package var scopeAlternatives: [[String]] {
        security.map { $0.schemes.values.flatMap(\.self).sorted() }.filter { !$0.isEmpty }
    }
}

/// Schemes by name, all of which must be met, with the scopes that each needs.
package struct SecurityRequirement: Hashable, Sendable {
    package let schemes: [String: [String]]
}

package final class Parameter: Sendable {
    package enum Location: String, Sendable { case path, query, header, cookie }

    package let name: String
    package let location: Location
    package let isRequired: Bool
    package let schema: CompiledSchema?
    /// Nil for one that comes as a document (`content`).
    let style: ParameterStyle?
    let explodes: Bool
    /// Whether its text is a JSON document.
    let isJSON: Bool
    /// Whether it takes objects and nothing else.
    let isObject: Bool
    /// What the schema takes, to read the text as such a value.
    let types: TypeSet
    let itemTypes: TypeSet

    init(
        name: String, location: Location, isRequired: Bool, schema: CompiledSchema?,
        style: ParameterStyle?, explodes: Bool, isJSON: Bool = false
    ) {
        self.name = name
        self.location = location
        self.isRequired = isRequired
        self.schema = schema
        self.style = style
        self.explodes = explodes
        self.isJSON = isJSON
        types = schema?.types ?? .all
        isObject = types == .object
        itemTypes = schema?.itemTypes ?? .all
    }
}

extension Parameter {
    /// Values in one text rather than under a repeated name.
    var isInOneText: Bool { location != .query || !explodes || style == .simple }

    /// The members that an exploded object spreads over the query.
    var memberNames: [String] { schema?.shape(.request).members.map(\.name) ?? [] }
}

package final class RequestBody: Sendable {
    package let isRequired: Bool
    package let content: [MediaType]
    /// The JSON form, if there is one.
    package let json: MediaType?
    /// The form that holds values: JSON, else XML.
    package let document: MediaType?

    init(isRequired: Bool, content: [MediaType]) {
        self.isRequired = isRequired
        self.content = content
        json = content.first(where: \.isJSON)
        document = json ?? content.first(where: \.isXMLDocument)
    }

    /// The form that a Content-Type means: that very type, else a range that holds it
    /// (`text/*`, `*/*`).
    package func media(for contentType: String) -> MediaType? {
        content.media(for: contentType)
    }
}

package final class DeclaredResponse: Sendable {
    /// `201`, `4XX` or `default`.
    package let status: String
    package let description: String
    package let content: [MediaType]
    /// The JSON form, if there is one.
    package let json: MediaType?
    /// The XML form, if there is one with a schema to write it by.
    package let xml: MediaType?
    /// The form that holds values: JSON, else XML.
    package var document: MediaType? { json ?? xml }

    init(status: String, description: String, content: [MediaType]) {
        self.status = status
        self.description = description
        self.content = content
        json = content.first(where: \.isJSON)
        xml = content.first(where: \.isXMLDocument)
    }
}

package final class MediaType: Sendable {
    /// As written: `application/json`.
    package let name: String
    package let schema: CompiledSchema?
    /// `example`.
    package let example: JSONValue?
    /// `examples`, in order, by name.
    package let examples: [NamedExample]
    /// Whether it is XML with a schema of more than a text, so that values can be read and written.
    package let isXMLDocument: Bool

    package struct NamedExample: Sendable {
        package let name: String
        package let value: JSONValue
    }

    init(
        name: String, schema: CompiledSchema?, example: JSONValue?, examples: [NamedExample]
    ) {
        self.name = name
        self.schema = schema
        self.example = example
        self.examples = examples
        isXMLDocument = Self.isXML(name) && schema?.isMoreThanText ?? false
    }

    /// Without parameters, lower case.
    package var type: String { Self.essence(name) }

    static func essence(_ name: String) -> String {
        name.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    }

    /// Whether a body of that Content-Type is JSON.
    package static func isJSON(_ contentType: String) -> Bool {
        let type = essence(contentType)
        return type == "application/json" || type.hasSuffix("+json")
    }

    /// `application/json`, `application/problem+json`, with or without parameters, or any type.
    package var isJSON: Bool {
        type == "application/json" || type.hasSuffix("+json") || type == "*/*"
            || type == "application/*"
    }

    /// Whether a body of XML, sent under this name or within this range, is read as a value.
    package var takesXMLDocuments: Bool {
        isXMLDocument || type.hasSuffix("*") && schema?.isMoreThanText ?? false
    }

    /// Whether its bodies are values: JSON, or XML with a schema.
    package var isDocument: Bool { isJSON || isXMLDocument }

    func includes(_ other: String) -> Bool {
        type == "*/*" || type.hasSuffix("/*") && other.hasPrefix(type.dropLast())
    }
}

// MARK: - Examples

extension Operation {
    /// A body for an answer: the example `name` if given and there, else the first named one, the
    /// media type's, the schema's example or default; nil if the contract has none.
    package func example(status: Int, name: String? = nil) -> JSONValue? {
        response(status: status)?.document.flatMap { example(in: $0, name: name) }
    }

    /// The same from one form of an answer; of XML that is written out, the text.
    package func example(in media: MediaType, name: String? = nil) -> JSONValue? {
        media.anyExample(name: name)
    }

    /// A body for a request, chosen likewise.
    package func requestExample(name: String? = nil) -> JSONValue? {
        requestBody?.document?.anyExample(name: name)
    }
}

extension MediaType {
    func anyExample(name: String?) -> JSONValue? {
        if let name, let named = examples.first(where: { $0.name == name }) { return named.value }
        return examples.first?.value ?? example ?? schema?.sample
    }
}

extension CompiledSchema {
    /// The schema's own example or default, also behind references.
    var sample: JSONValue? {
        var index = root
        for _ in 0..<Limits.referenceHopsMax {
            if let sample = table[index].sample { return sample }
            guard let target = table[index].reference else { return nil }
            index = target
        }
        return nil
    }

    /// The types that can fit, seen through references and `allOf`.
    var types: TypeSet { effectiveTypes(root, hops: Limits.referenceHopsMax) }

    /// The types of an array's elements.
    var itemTypes: TypeSet {
        for rule in table[root].rules {
            if case .items(_, let rest?) = rule {
                return effectiveTypes(rest, hops: Limits.referenceHopsMax)
            }
        }
        return .all
    }

    private func effectiveTypes(_ index: SchemaIndex, hops: Int) -> TypeSet {
        guard hops > 0 else { return .all }
        return table[index].rules.reduce(table[index].types) { types, rule in
            switch rule {
            case .reference(let target): types.intersection(effectiveTypes(target, hops: hops - 1))
            case .allOf(let parts):
                parts.reduce(types) { $0.intersection(effectiveTypes($1, hops: hops - 1)) }
            default: types
            }
        }
    }
}

extension SchemaNode {
    var reference: SchemaIndex? {
        for rule in rules {
            if case .reference(let target) = rule { return target }
        }
        return nil
    }
}
