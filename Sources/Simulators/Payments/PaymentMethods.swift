import Access
import Contracts
import Tenancy

extension PaymentsSimulator {
    func createPaymentMethod(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let body = call.body ?? [:]
        let customer = body["customer"]?.string
        if let customer, try await world.entity(PaymentsType.customer.key(customer)) == nil {
            return .missing(.customer, customer)
        }
        let method = try storeCard(
            body["card"] ?? [:], at: "/card", customer: customer, metadata: body["metadata"] ?? [:],
            world)
        emit("payment_method.created", method, world)
        return SimulatedAnswer(.created, method)
    }

    /// Stores a card that was typed, without its number and code, and gives the object. Numbers
    /// that are no published test number are refused before anything of them is kept.
    func storeCard(
        _ input: JSONValue, at pointer: String, customer: String?, metadata: JSONValue,
        _ world: WorldTransaction
    ) throws -> JSONValue {
        let card: TestCard
        switch CardNumber.check(input["number"]?.string ?? "") {
        case .test(let known): card = known
        case .malformed:
            throw SimulationError.invalid(
                pointer: pointer + "/number", rule: "card_number",
                expected: "a card number whose check digit is right")
        case .possiblyReal:
            throw SimulationError.invalid(
                pointer: pointer + "/number", rule: "test_card_only",
                expected:
                    "a published test card such as 4242424242424242; this number could be a real card"
            )
        }
        let id = world.drawID(PaymentsType.paymentMethod.prefix)
        let method: JSONValue = [
            "id": .string(id), "object": "payment_method", "livemode": false, "type": "card",
            "card": [
                "brand": .string(card.brand.rawValue), "last4": .string(card.lastFour),
                "exp_month": input["exp_month"] ?? .null, "exp_year": input["exp_year"] ?? .null,
                "funding": "credit", "country": "US",
                "simulates": .string(orNull: card.behaviour),
            ],
            "customer": .string(orNull: customer), "metadata": metadata,
            "created": .string(world.now.rfc3339),
        ]
        try world.createDrawn(
            PaymentsType.paymentMethod.key(id), document: JSONWriter.bytes(method))
        return method
    }
}
