import Access
import Contracts
import Tenancy

extension PaymentsSimulator {
    private static let customerMembers = [
        "name", "email", "phone", "description", "default_payment_method",
    ]

    func createCustomer(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let body = call.body ?? [:]
        if let missing = try await missingDefaultMethod(body, world) { return missing }
        let id = world.drawID(PaymentsType.customer.prefix)
        var customer: JSONValue = [
            "id": .string(id), "object": "customer", "livemode": false,
        ]
        for member in Self.customerMembers { customer[member] = body[member] ?? .null }
        customer["metadata"] = body["metadata"] ?? [:]
        customer["created"] = .string(world.now.rfc3339)
        try world.createDrawn(PaymentsType.customer.key(id), document: JSONWriter.bytes(customer))
        emit("customer.created", customer, world)
        return SimulatedAnswer(.created, customer)
    }

    func updateCustomer(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let id = call.path("customer") ?? ""
        let key = PaymentsType.customer.key(id)
        guard let entity = try await world.entity(key) else { return .missing(.customer, id) }
        let body = call.body ?? [:]
        if let missing = try await missingDefaultMethod(body, world) { return missing }
        var customer = try entity.json
        let verified = IdentityMatch.members.map { customer[$0] }
        for member in Self.customerMembers + ["metadata"] {
            if let value = body[member] { customer[member] = .some(value) }
        }
        // What was checked is no longer what stands there.
        if verified != IdentityMatch.members.map({ customer[$0] }) { customer["verification"] = nil }
        try await world.replace(key, document: JSONWriter.bytes(customer))
        emit("customer.updated", customer, world)
        return SimulatedAnswer(.changed, customer)
    }

    func deleteCustomer(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let id = call.path("customer") ?? ""
        let key = PaymentsType.customer.key(id)
        guard try await world.entity(key) != nil else { return .missing(.customer, id) }
        try await world.delete(key)
        let deleted: JSONValue = [
            "id": .string(id), "object": "customer", "livemode": false, "deleted": true,
        ]
        emit("customer.deleted", deleted, world)
        return SimulatedAnswer(.deleted, deleted)
    }

    private func missingDefaultMethod(
        _ body: JSONValue, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer? {
        guard let id = body["default_payment_method"]?.string,
            try await world.entity(PaymentsType.paymentMethod.key(id)) == nil
        else { return nil }
        return .missing(.paymentMethod, id, param: "default_payment_method")
    }

    /// One event for one change, carrying the object as it is now.
    func emit(_ type: String, _ object: JSONValue, _ world: WorldTransaction) {
        world.emit(type, contract: contract, object: object)
    }
}
