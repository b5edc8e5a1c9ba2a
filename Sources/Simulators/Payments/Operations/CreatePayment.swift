import Access
import Contracts
import Tenancy

extension PaymentsSimulator {
    func createPayment(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        try PaymentsScenarios.refuse(call)
        let body = call.body ?? [:]
        try requireCurrency(body["currency"], "/currency")
        try await requireReferences(body, world)
        let terms = try await settlementTerms(call, world)
        let method = try await paymentMethod(body, world)
        let steering = try await steering(
            call, method: method, customer: body["customer"]?.string,
            amount: body["amount"]?.int ?? 0, world)
        var payment = EntityDraft(
            new: PaymentsType.payment.key(world.drawID(PaymentsType.payment.prefix)),
            document: [:])
        payment.document = newPayment(
            payment.key.id, body, method: method, terms.document, simulated: steering.name, world)
        if let failure = terms.failure {
            return try await failExchange(&payment, call, failure, world)
        }
        if let quote = terms.quote { try await take(quote, world) }
        return try await charge(
            &payment, call, method, steering, .created, world)
    }

    /// Ends a new payment that needs a rate which its provider does not give.
    private func failExchange(
        _ payment: inout EntityDraft, _ call: SimulatedCall, _ failure: ProviderFailure,
        _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let result = try await lifecycles.payment.fire(
            .call(call.operation.id), on: &payment, in: world, PaymentsStep(failure: failure))
        if case .failure(let refusal) = result { return .refused(refusal) }
        var answer = SimulatedAnswer.failed(payment.document, by: failure.cause)
        answer.failure = failure
        return answer
    }

    func confirmPayment(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        var payment = try await draft(.payment, call, world)
        try await requireLegal(.call(call.operation.id), &payment, lifecycles.payment, world)
        let body = call.body ?? [:]
        let method = try await paymentMethod(body, world)
        let steering = try await steering(
            call, method: method, customer: payment.document["customer"]?.string,
            amount: payment.amount("amount"), world)
        payment.document["payment_method"] = method?["id"] ?? .null
        payment.document["simulated"] = .string(orNull: steering.name)
        return try await charge(
            &payment, call, method, steering, .changed, world)
    }

    /// Authenticates where that is asked for, then charges or holds.
    private func charge(
        _ payment: inout EntityDraft, _ call: SimulatedCall, _ method: JSONValue?,
        _ steering: Steering, _ outcome: SimulatedAnswer.Outcome, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let trigger = GraphTrigger.call(call.operation.id)
        guard let method else {
            return try await fire(trigger, on: &payment, nil, cause: "", outcome, world)
        }
        let attempt = try await attempt(
            payment, amount: payment.amount("amount"), method: method, call.body ?? [:],
            cause: steering.cause, asking: call.providers, world)
        var code: CodeMessage?
        if let plan = attempt.plan {
            code = try await sendCode(for: payment, plan, call, world)
            let authentication = try await authenticate(payment, plan, method, code, world)
            payment.document["authentication"] = .string(authentication)
        }
        var answer = try await fire(
            trigger, on: &payment, attempt, cause: attempt.cause, outcome, world)
        answer.source = steering.source
        if case .unsent(let note) = code { answer.notes.append(note) }
        return answer
    }

    /// Fires a trigger on a payment and answers with what became of it.
    func fire(
        _ trigger: GraphTrigger, input: JSONValue = [:], on payment: inout EntityDraft,
        _ attempt: PaymentAttempt?, cause: String, _ outcome: SimulatedAnswer.Outcome,
        _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let result = try await lifecycles.payment.fire(
            trigger, input: input, on: &payment, in: world, PaymentsStep(attempt))
        if case .failure(let refusal) = result { return .refused(refusal) }
        try await followUp(&payment, world)
        let faults = PaymentInvariants.faults(payment)
        guard faults.isEmpty else { throw SimulationError.answerRefused(faults) }
        if payment.text("status") == "failed" {
            return .failed(payment.document, by: cause, informedBy: attempt?.informant)
        }
        return SimulatedAnswer(outcome, payment.document)
    }

    private func newPayment(
        _ id: String, _ body: JSONValue, method: JSONValue?, _ settlement: JSONValue,
        simulated: String?, _ world: WorldTransaction
    ) -> JSONValue {
        [
            "id": .string(id), "object": "payment", "livemode": false,
            "amount": body["amount"] ?? .null, "amount_authorized": 0, "amount_capturable": 0,
            "amount_captured": 0, "amount_refunded": 0, "amount_settled": 0,
            "currency": body["currency"] ?? .null, "status": .null,
            "customer": body["customer"] ?? .null, "payment_method": method?["id"] ?? .null,
            "merchant": body["merchant"] ?? .null,
            "capture_method": body["capture_method"] ?? "automatic",
            "off_session": body["off_session"] ?? false,
            "over_capture": body["over_capture"] ?? false,
            "description": body["description"] ?? .null,
            "statement_descriptor": body["statement_descriptor"] ?? .null,
            "cancellation_reason": .null, "capture_before": .null, "authentication": .null,
            "next_action": .null, "outcome": .null, "settlement": settlement, "dispute": .null,
            "simulated": .string(orNull: simulated), "metadata": body["metadata"] ?? [:],
            "created": .string(world.now.rfc3339), "last_error": .null,
        ]
    }

    // MARK: What a payment names

    func requireCurrency(_ value: JSONValue?, _ pointer: String) throws(SimulationError) {
        guard let currency = value?.string, currencies.contains(currency) else {
            throw .invalid(
                pointer: pointer, rule: "currency", expected: "a currency of GET /v1/currencies")
        }
    }

    private func requireReferences(_ body: JSONValue, _ world: WorldTransaction) async throws {
        for type in [PaymentsType.customer, .merchant] {
            guard let id = body[type.rawValue]?.string else { continue }
            if try await world.entity(type.key(id)) == nil {
                throw AnswerInstead(.missing(type, id))
            }
        }
    }

    private func paymentMethod(
        _ body: JSONValue, _ world: WorldTransaction
    ) async throws -> JSONValue? {
        if let card = body["payment_method_data"]?["card"] {
            return try storeCard(
                card, at: "/payment_method_data/card", customer: body["customer"]?.string,
                metadata: [:], world)
        }
        guard let id = body["payment_method"]?.string else { return nil }
        guard let entity = try await world.entity(PaymentsType.paymentMethod.key(id)) else {
            throw AnswerInstead(.missing(.paymentMethod, id))
        }
        return try entity.json
    }

    /// In which currency and at which rate the payment settles.
    private struct SettlementTerms {
        /// The payment's `settlement` member.
        var document: JSONValue
        /// Fixes the rate.
        var quote: EntityDraft?
        /// Why there is no rate.
        var failure: ProviderFailure?
    }

    private func settlementTerms(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SettlementTerms {
        let body = call.body ?? [:]
        let currency = body["currency"]?.string ?? ""
        let quote = try await openQuote(body["fx_quote"]?.string, sell: currency, world)
        let target = body["settlement_currency"]?.string ?? quote?.text("buy_currency") ?? currency
        try requireCurrency(.string(target), "/settlement_currency")
        var terms = SettlementTerms(
            document: [
                "currency": .string(target), "amount": 0, "exchange_rate": .null,
                "fx_quote": .string(orNull: quote?.key.id),
            ], quote: quote)
        guard target != currency else { return terms }
        if let quote {
            guard quote.text("buy_currency") == target else {
                throw AnswerInstead(
                    .conflict(
                        "quote_mismatch", "The quote buys another currency.", param: "fx_quote",
                        advice: "Name a quote whose buy_currency is \(target)."))
            }
            terms.document["exchange_rate"] = quote.document["rate"]
            return terms
        }
        let exchange = Exchange(
            sell: currency, buy: target, amount: body["amount"]?.int ?? 0, isSell: true)
        switch try rate(of: exchange, call) {
        case .none: throw AnswerInstead(.unsupportedPair(currency, target))
        case .at(let rate): terms.document["exchange_rate"] = .string(FXRates.text(rate))
        case .failed(let failure): terms.failure = failure
        }
        return terms
    }
}
