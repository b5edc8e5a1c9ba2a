import Access
import Contracts
import Tenancy

extension PaymentsSimulator {
    func createPayment(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let body = call.body ?? [:]
        let currency = body["currency"]?.string ?? ""
        guard currencies.contains(currency) else {
            throw SimulationError.invalid(
                pointer: "/currency", rule: "currency",
                expected: "a currency of GET /v1/currencies")
        }
        if let customer = body["customer"]?.string,
            try await world.entity(PaymentsType.customer.key(customer)) == nil
        {
            return .missing(.customer, customer)
        }
        let method: JSONValue?
        switch try await paymentMethod(body, world) {
        case .found(let found): method = found
        case .missing(let id): return .missing(.paymentMethod, id)
        }
        var payment = newPayment(body, method: method, world)
        guard let method else {
            return try store(&payment, event: "payment.created", world)
        }
        if let resolved = try await decline(call, method, world) {
            return try await refuse(&payment, resolved, world)
        }
        return try await charge(&payment, world)
    }

    private enum MethodLookup {
        case found(JSONValue?)
        case missing(String)
    }

    private func paymentMethod(
        _ body: JSONValue, _ world: WorldTransaction
    ) async throws -> MethodLookup {
        if let card = body["payment_method_data"]?["card"] {
            return .found(
                try storeCard(
                    card, at: "/payment_method_data/card", customer: body["customer"]?.string,
                    metadata: [:], world))
        }
        guard let id = body["payment_method"]?.string else { return .found(nil) }
        guard let entity = try await world.entity(PaymentsType.paymentMethod.key(id)) else {
            return .missing(id)
        }
        return .found(try entity.json)
    }

    /// Why the charge fails; nil when it goes well. The method's flags count before the customer's.
    private func decline(
        _ call: SimulatedCall, _ method: JSONValue, _ world: WorldTransaction
    ) async throws -> ResolvedOutcome<Decline>? {
        var flags: [EntityFlag] = []
        for (type, id) in [
            (PaymentsType.paymentMethod, method["id"]?.string),
            (.customer, call.body?["customer"]?.string),
        ] {
            guard let id else { continue }
            let own = try await world.flags(of: type.key(id))
            if let flag = EntityFlag(own, of: id) { flags.append(flag) }
        }
        let magic = decline(of: method).map {
            ResolvedOutcome.Candidate($0, because: method["id"]?.string ?? "card")
        }
        return call.outcomes.resolve(magicInput: magic, flags: flags) {
            Decline.ofScenario($0.name)
        }
    }

    private func newPayment(
        _ body: JSONValue, method: JSONValue?, _ world: WorldTransaction
    ) -> JSONValue {
        [
            "id": .string(world.drawID(PaymentsType.payment.prefix)), "object": "payment",
            "livemode": false, "amount": body["amount"] ?? .null, "amount_capturable": 0,
            "amount_captured": 0, "amount_refunded": 0, "currency": body["currency"] ?? .null,
            "status": "requires_payment_method", "customer": body["customer"] ?? .null,
            "payment_method": method?["id"] ?? .null,
            "capture_method": body["capture_method"] ?? "automatic",
            "description": body["description"] ?? .null,
            "statement_descriptor": body["statement_descriptor"] ?? .null,
            "cancellation_reason": .null, "metadata": body["metadata"] ?? [:],
            "created": .string(world.now.rfc3339), "last_error": .null,
        ]
    }

    private func charge(
        _ payment: inout JSONValue, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let amount = payment["amount"]?.int ?? 0
        guard payment["capture_method"]?.string == "automatic" else {
            payment["status"] = "requires_capture"
            payment["amount_capturable"] = .int(amount)
            return try store(&payment, event: "payment.authorized", world)
        }
        payment["status"] = "succeeded"
        payment["amount_captured"] = .int(amount)
        try await takeMoney(amount, for: payment, world)
        return try store(&payment, event: "payment.succeeded", world)
    }

    private func refuse(
        _ payment: inout JSONValue, _ resolved: ResolvedOutcome<Decline>, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        payment["status"] = "failed"
        payment["last_error"] = PaymentsError.lastError(resolved.outcome)
        _ = try store(&payment, event: "payment.failed", world)
        return .declined(payment, resolved)
    }

    private func store(
        _ payment: inout JSONValue, event: String, _ world: WorldTransaction
    ) throws -> SimulatedAnswer {
        let key = PaymentsType.payment.key(payment["id"]?.string ?? "")
        try world.createDrawn(key, document: JSONWriter.bytes(payment))
        emit(event, payment, world)
        return SimulatedAnswer(.created, payment)
    }

    /// From the cardholders' side of the network to the merchant, whose share is pending until it
    /// settles.
    func takeMoney(
        _ amount: Int64, for payment: JSONValue, _ world: WorldTransaction
    ) async throws {
        let currency = payment["currency"]?.string ?? ""
        try await world.post(
            LedgerTransaction(
                cause: payment["id"]?.string ?? "",
                [
                    Posting(.cardholders(currency), -amount),
                    Posting(.pending(currency), amount),
                ]))
    }
}
