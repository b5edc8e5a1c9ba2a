package import Contracts

/// How one event alone is sent: to the address that a callback was given, in place of the endpoints
/// that ask for its type; or to those, by the method and with the parameters that a contract says.
package struct EventTarget: Hashable, Sendable {
    /// Upper case.
    package let method: String
    /// Empty: each endpoint's own.
    package let url: String
    /// Whether the URL is the sandbox's own inbox.
    package let isInbox: Bool
    /// Further header fields.
    package let fields: [Parameter]
    /// Further parameters of the query, not escaped.
    package let query: [Parameter]

    package struct Parameter: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(
        method: String, url: String = "", isInbox: Bool = false, fields: [Parameter] = [],
        query: [Parameter] = []
    ) {
        self.method = method
        self.url = url
        self.isInbox = isInbox
        self.fields = fields
        self.query = query
    }

    /// Whether it goes to the endpoints that ask for its type.
    package var isForEndpoints: Bool { url.isEmpty }

    /// Reads the stored form; nil for what was not written by ``document``.
    package init?(stored: [UInt8]) {
        guard let stored = try? JSONParser.parse(stored), let method = stored["method"]?.string,
            let url = stored["url"]?.string
        else { return nil }
        self.init(
            method: method, url: url, isInbox: stored["inbox"]?.bool ?? false,
            fields: Self.parameters(stored["fields"]), query: Self.parameters(stored["query"]))
    }

    private static func parameters(_ stored: JSONValue?) -> [Parameter] {
        (stored?.object?.members ?? []).map {
            Parameter(name: $0.name, value: $0.value.string ?? "")
        }
    }

    private static func document(_ parameters: [Parameter]) -> JSONValue {
        .object(JSONObject(parameters.map { .init(name: $0.name, value: .string($0.value)) }))
    }

    package var document: JSONValue {
        var document: JSONValue = [
            "method": .string(method), "url": .string(url), "inbox": .bool(isInbox),
        ]
        if !fields.isEmpty { document["fields"] = Self.document(fields) }
        if !query.isEmpty { document["query"] = Self.document(query) }
        return document
    }
}
