/// An OpenAPI 3.1 document, read once into operations that match and check requests.
///
/// Read: info, servers, paths with their parameters, operations, JSON bodies and answers with
/// schemas and examples, security, extensions, local references. Problems are collected, so that
/// one reading names them all.
package struct Contract: Sendable {
    package let title: String
    package let version: String
    /// The path of the first server's URL, without a slash at the end: `/api/v2` or empty.
    package let basePath: String
    package let operations: [Operation]
    /// `components.securitySchemes`, by name.
    package let securitySchemes: JSONObject
    /// The whole document as it was read.
    package let document: JSONValue
    private let tree: PathTree

    package init(_ document: JSONValue) throws(ContractError) {
        let reader = ContractReader(document)
        operations = reader.operations()
        tree = reader.tree
        title = reader.text("title", of: "info") ?? ""
        version = reader.text("version", of: "info") ?? ""
        basePath = reader.basePath()
        securitySchemes = document["components"]?["securitySchemes"]?.object ?? JSONObject()
        self.document = document
        try reader.compiler.finish()
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
