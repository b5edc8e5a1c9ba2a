package import Contracts

/// What of a call rules look at, and templates can say. The call has matched its operation and
/// passed its contract.
package struct RuleRequest: Sendable {
    package let operation: Contracts.Operation
    package let path: [PathParameter]
    package let query: [(name: String, value: String)]
    /// By their lower-case names, repeated ones joined by commas; none that carries a credential.
    package let headers: [(name: String, value: String)]
    package let body: JSONValue?

    package init(
        operation: Contracts.Operation, path: [PathParameter],
        query: [(name: String, value: String)], headers: [(name: String, value: String)],
        body: JSONValue?
    ) {
        self.operation = operation
        self.path = path
        self.query = query
        var joined: [(name: String, value: String)] = []
        for (name, value) in headers where !CredentialNames.isOne(name) {
            let name = name.lowercased()
            if let index = joined.firstIndex(where: { $0.name == name }) {
                joined[index].value += ", " + value
            } else {
                joined.append((name, value))
            }
        }
        self.headers = joined
        self.body = body
    }

    /// The values of templates: `request.method`, `.path.NAME`, `.query.NAME` (the first of that
    /// name), `.headers.NAME`, `.body`.
    var root: JSONValue {
        var query = JSONObject()
        for pair in self.query where !query.contains(pair.name) {
            query[pair.name] = .string(pair.value)
        }
        let path = self.path.map { JSONObject.Member(name: $0.name, value: .string($0.value)) }
        let headers = self.headers.map {
            JSONObject.Member(name: $0.name, value: .string($0.value))
        }
        return [
            "request": [
                "method": .string(operation.method), "path": .object(JSONObject(path)),
                "query": .object(query), "headers": .object(JSONObject(headers)),
                "body": body ?? .null,
            ]
        ]
    }

    /// The call in one text, for draws of what changes nothing.
    var canonicalName: String {
        let path = self.path.map { "\($0.name)=\($0.value)" }
        let query = self.query.map { "\($0.name)=\($0.value)" }.sorted()
        let body = body.map { [JSONWriter.text($0)] } ?? []
        return (path + query + body).joined(separator: "&")
    }
}

/// Fields that carry credentials: rules neither look at them nor repeat them nor store them.
package enum CredentialNames {
    private static let names: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "dpop", "x-csrf-token",
        "x-xsrf-token",
    ]
    private static let parts = [
        "api-key", "api_key", "apikey", "token", "secret", "password", "credential", "signature",
        "session",
    ]

    package static func isOne(_ name: String) -> Bool {
        let name = name.lowercased()
        return names.contains(name) || parts.contains { name.contains($0) }
    }
}
