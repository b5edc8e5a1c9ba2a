/// A request that the API itself sends, as its contract declares it.
package final class DeclaredMessage: Sendable {
    /// As the contract writes it: a webhook's, or a callback's.
    package let name: String
    /// Upper case.
    package let method: String
    package let summary: String?
    /// Nil where it has none.
    package let body: RequestBody?
    /// Header fields and query parameters.
    package let parameters: [DeclaredParameter]

    init(
        name: String, method: String, summary: String?, body: RequestBody?,
        parameters: [DeclaredParameter]
    ) {
        self.name = name
        self.method = method
        self.summary = summary
        self.body = body
        self.parameters = parameters
    }

    /// Whether its body can be made here: JSON, or none at all.
    package var isMade: Bool { body == nil || body?.json != nil }
}

extension Contract {
    /// The webhooks that the contract declares (OpenAPI 3.1 §4.8.1), one for each method, in their
    /// order; `Limits.declaredWebhooksMax` at most. The first call compiles their schemas, so like
    /// `problems()` it takes time with a hostile contract.
    package var webhooks: [DeclaredMessage] { compilation.webhooks() }
}

extension ContractReader {
    func webhooks() -> [DeclaredMessage] {
        let place = SchemaPlace(document: 0, pointer: "/webhooks")
        let declared = document["webhooks"]?.object?.members ?? []
        return declared.prefix(Limits.declaredWebhooksMax).flatMap { member in
            messages(member.name, member.value, place.appending(member.name))
        }
    }

    /// What the operations of a path item say that is sent.
    func messages(
        _ name: String, _ item: JSONValue, _ place: SchemaPlace
    ) -> [DeclaredMessage] {
        guard let item = resolve(item, place) else { return [] }
        return version.methods.compactMap { method in
            guard let source = item.value[method], source.object != nil else { return nil }
            let place = item.place.appending(method)
            let body = source["requestBody"].flatMap {
                requestBody($0, place.appending("requestBody"))
            }
            return DeclaredMessage(
                name: name, method: method.uppercased(), summary: source["summary"]?.string,
                body: body, parameters: declaredParameters(item, source, place))
        }
    }
}
