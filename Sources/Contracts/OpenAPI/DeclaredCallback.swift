/// A request that an operation leads to (OpenAPI 3.1 §4.8.18), to an address that the call names.
package final class DeclaredCallback: Sendable {
    /// The name of the group that it stands in, and what is sent.
    package let message: DeclaredMessage
    /// Nil where the contract's expression is none that is known here.
    package let address: RuntimeTemplate?
    /// The expression as written.
    package let expression: String

    init(_ message: DeclaredMessage, expression: String) {
        self.message = message
        self.expression = expression
        address = RuntimeTemplate(expression)
    }
}

extension Operation {
    /// What it declares that is sent because of it, in order; `Limits.callbacksMax` at most.
    package var callbacks: [DeclaredCallback] { parts.callbacks }
}

extension ContractReader {
    func callbacks(_ outline: OperationOutline) -> [DeclaredCallback] {
        let place = outline.place.appending("callbacks")
        let groups = outline.source["callbacks"]?.object?.members ?? []
        let found = groups.prefix(Limits.callbacksMax).flatMap { group -> [DeclaredCallback] in
            guard let target = resolve(group.value, place.appending(group.name)) else { return [] }
            let addresses = (target.value.object?.members ?? []).filter {
                !$0.name.hasPrefix("x-")
            }
            return addresses.prefix(Limits.callbacksMax).flatMap { address in
                messages(group.name, address.value, target.place.appending(address.name)).map {
                    DeclaredCallback($0, expression: address.name)
                }
            }
        }
        return Array(found.prefix(Limits.callbacksMax))
    }
}
