/// An OpenAPI document (2.0, 3.0, 3.1, 3.2), read once into operations that match and check
/// requests.
///
/// Read: info, servers, paths with their parameters, operations, bodies and answers with schemas
/// and examples, security, extensions, references inside the document. Contracts in several files
/// become one document first: ``ContractUpload``.
package struct Contract: Sendable {
    package let openAPI: OpenAPIVersion
    package let title: String
    package let version: String
    /// The path of the first server's URL, without a slash at the end: `/api/v2` or empty.
    package let basePath: String
    package let operations: [Operation]
    /// `components.securitySchemes`, by name.
    package let securitySchemes: JSONObject
    /// Query parameters that its `securitySchemes` keep for keys, and no operation for itself.
    package let keyParameters: [String]
    /// The whole document as it was read.
    package let document: JSONValue
    /// What is wrong with the document but leaves it usable; see also ``problems()``.
    package let warnings: [ContractProblem]
    private let tree: PathTree
    let compilation: ContractCompilation

    /// Reads a contract of our own: everything is compiled at once and anything wrong refuses it,
    /// so that one reading names all problems.
    package init(_ document: JSONValue) throws(ContractError) {
        try self.init(lazily: document)
        let found = warnings + problems()
        if !found.isEmpty { throw ContractError(problems: found) }
    }

    /// Reads a contract of anybody: an operation is compiled on its first use, and what is wrong
    /// in one part leaves the others usable.
    /// - Throws: only for what is no OpenAPI document of a version that is read.
    package init(lazily document: JSONValue) throws(ContractError) {
        guard let openAPI = OpenAPIVersion(document) else {
            let named = document["openapi"] ?? document["swagger"]
            throw ContractError(problems: [
                ContractProblem(
                    pointer: "/openapi",
                    reason: "OpenAPI 2.0, 3.0, 3.1 and 3.2 are read, not \(named?.shown ?? "none")",
                    fix: "name the version in \"openapi\", for instance \"3.1.0\"")
            ])
        }
        let reader = ContractReader(document, version: openAPI)
        compilation = ContractCompilation(reader)
        (operations, tree) = reader.operations(compilation)
        title = reader.text("title", of: "info") ?? ""
        version = reader.text("version", of: "info") ?? ""
        basePath = reader.basePath()
        securitySchemes =
            (document["components"]?["securitySchemes"] ?? document["securityDefinitions"])?.object
            ?? JSONObject()
        keyParameters = securitySchemes.members.map(\.value)
            .filter { $0["type"] == "apiKey" && $0["in"] == "query" }
            .compactMap { $0["name"]?.string }
        self.openAPI = openAPI
        self.document = document
        warnings = reader.compiler.takeProblems()
    }

    /// Compiles every operation; what is wrong in those not compiled before, at most
    /// `Limits.problemsMax`.
    package func problems() -> [ContractProblem] {
        for operation in operations { operation.prepare() }
        return compilation.takeProblems()
    }

    package func operation(id: String) -> Operation? { operations.first { $0.id == id } }

    /// The scopes that its `oauth2` schemes declare, sorted.
    package var scopes: [String] {
        let schemes = securitySchemes.members.map(\.value).filter { $0["type"] == "oauth2" }
        let flows = schemes.flatMap { $0["flows"]?.object?.members ?? [] }
        return Set(flows.flatMap { $0.value["scopes"]?.object?.members ?? [] }.map(\.name)).sorted()
    }

    /// The document's own `x-` member.
    package func `extension`(_ name: String) -> JSONValue? { document[name] }
}

/// What a method and a path mean in a contract.
package enum ContractMatch: Sendable {
    case matched(Operation, pathParameters: [PathParameter])
    /// The path exists, with these methods, sorted.
    case methodNotAllowed(allowed: [String])
    case notFound
}

/// A piece of a path that a template names, unescaped.
package struct PathParameter: Hashable, Sendable {
    package let name: String
    package let value: String
}

extension Contract {
    /// Finds the operation for an upper-case method and a path below ``basePath``, without query,
    /// as it came over the wire: escapes are undone segment by segment, after splitting.
    /// Concrete segments win over templated ones (OpenAPI 3.1 §4.8.8).
    package func match(method: String, path: UnsafeBufferPointer<UInt8>) -> ContractMatch {
        tree.match(method: method, path: path)
    }

    package func match(method: String, path: String) -> ContractMatch {
        var path = path
        return path.withUTF8 { match(method: method, path: $0) }
    }
}
