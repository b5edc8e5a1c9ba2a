// The types of event of the payments domain.
extension PaymentsSimulator {
    package var eventTypes: [EventType] {
        let names: [(PaymentsType, [String])] = [
            (.customer, ["created", "updated", "deleted"]),
            (.paymentMethod, ["created"]),
            (.payment, ["created", "authorized", "succeeded", "captured", "failed", "canceled"]),
            (.refund, ["succeeded"]),
        ]
        return names.flatMap { type, whats in
            whats.map { what in
                EventType("\(type.rawValue).\(what)", contract: contract, entity: type.rawValue)
            }
        }
    }
}
