// The types of event of the payments domain: those that its graphs emit, and the few that come
// without a lifecycle.
extension PaymentsSimulator {
    package var eventTypes: [EventType] {
        let others: [(PaymentsType, [String])] = [
            (.customer, ["created", "updated", "deleted", "verified", "verification_failed"]),
            (.paymentMethod, ["created"]),
            (.payment, ["fraud_warning"]),
        ]
        var types = others.flatMap { type, whats in
            whats.map { ("\(type.rawValue).\($0)", type.rawValue) }
        }
        for graph in graphs {
            let emitted = graph.transitions.flatMap(\.emits)
            for name in emitted where !types.contains(where: { $0.0 == name }) {
                types.append((name, graph.type))
            }
        }
        return types.map { EventType($0.0, contract: contract, entity: $0.1) }
    }
}
