import Access
import Contracts
import Tenancy

/// What a cardholder's bank files.
struct DisputeFiling: Sendable {
    var reason: DisputeReason
    /// Name of the plan; nil where nothing is planned.
    var plan: String?
    /// A part of the payment; nil contests all that is left of it.
    var amount: Int64?
    var networkReason: NetworkReason?
    var metadata: JSONValue = [:]
}

extension PaymentsSimulator {
    func createDispute(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let body = call.body ?? [:]
        let id = body["payment"]?.string ?? ""
        guard let entity = try await world.entity(PaymentsType.payment.key(id)) else {
            return .missing(.payment, id)
        }
        var payment = try EntityDraft(entity)
        try requireDisputable(payment, body["amount"]?.int, world.now)
        let filing = try await filing(call, payment, world)
        let dispute = try await file(filing, against: &payment, world)
        return SimulatedAnswer(.created, dispute.document)
    }

    func submitEvidence(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        try await step(call, world)
    }

    func acceptDispute(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        try await step(call, world)
    }

    private func step(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        var dispute = try await draft(.dispute, call, world)
        let result = try await lifecycles.dispute.fire(
            .call(call.operation.id), input: call.body ?? [:], on: &dispute, in: world,
            PaymentsStep())
        if case .failure(let refusal) = result { return .refused(refusal) }
        return SimulatedAnswer(.changed, dispute.document)
    }

    private func requireDisputable(
        _ payment: EntityDraft, _ wanted: Int64?, _ now: SandboxInstant
    ) throws(AnswerInstead) {
        guard ["succeeded", "settled"].contains(payment.text("status")), payment.refundable > 0
        else {
            throw AnswerInstead(
                .conflict(
                    "payment_state",
                    "Only captured money can be contested; the payment is \(payment.text("status")).",
                    advice: "Contest a payment that has succeeded and is not refunded in full."))
        }
        guard payment.document["dispute"]?.isNull ?? true else {
            throw AnswerInstead(
                .conflict(
                    "already_disputed", "The payment has dispute \"\(payment.text("dispute"))\".",
                    advice: "Go on with that dispute, or contest another payment."))
        }
        guard wanted ?? 1 <= payment.refundable else {
            throw AnswerInstead(
                .conflict(
                    "amount_exceeds_payment", "\(payment.refundable) can be contested.",
                    param: "amount", advice: "Contest at most \(payment.refundable)."))
        }
        let created = SandboxInstant(rfc3339: payment.text("created")) ?? now
        guard now < created + .seconds(DisputeClock.cardholderDays * 86_400) else {
            throw AnswerInstead(
                .conflict(
                    "dispute_window_closed", "Cardholders have \(DisputeClock.cardholderDays) days.",
                    advice:
                        "Contest a payment made in the last \(DisputeClock.cardholderDays) days of the sandbox's clock."
                ))
        }
    }

    private func filing(
        _ call: SimulatedCall, _ payment: EntityDraft, _ world: WorldTransaction
    ) async throws -> DisputeFiling {
        let body = call.body ?? [:]
        var filing = DisputeFiling(
            reason: body["reason"]?.string.flatMap(DisputeReason.init) ?? .general,
            amount: body["amount"]?.int, metadata: body["metadata"] ?? [:])
        if let behaviour = call.asked(call.behaviour)?.outcome,
            case .dispute(let reason, let plan) = behaviour.effect
        {
            if DisputePlan.named(plan.name) == nil {
                filing.reason = reason
            } else {
                filing.plan = plan.name
            }
        }
        if let code = body["network_reason_code"]?.string {
            let brand = try await brand(of: payment, world)
            guard let reason = NetworkReason.named(code, brand: brand) else {
                throw SimulationError.invalid(
                    pointer: "/network_reason_code", rule: "network_reason_code",
                    expected: "a reason code of \(brand.rawValue)")
            }
            filing.networkReason = reason
            if body["reason"] == nil { filing.reason = reason.reason }
        }
        return filing
    }

    private func brand(
        of payment: EntityDraft, _ world: WorldTransaction
    ) async throws -> CardBrand {
        let method = try await world.entity(
            PaymentsType.paymentMethod.key(payment.text("payment_method")))?.json
        return method?["card"]?["brand"]?.string.flatMap(CardBrand.init) ?? .unknown
    }

    /// Opens a dispute in the stage that its plan says.
    @discardableResult
    func file(
        _ filing: DisputeFiling, against payment: inout EntityDraft, _ world: WorldTransaction
    ) async throws -> EntityDraft {
        let brand = try await brand(of: payment, world)
        let id = world.drawID(PaymentsType.dispute.prefix)
        var dispute = EntityDraft(
            new: PaymentsType.dispute.key(id),
            document: newDispute(id, filing, payment, brand, world.now))
        _ = try await lifecycles.dispute.fire(
            .fact("filed"), on: &dispute, in: world, PaymentsStep()
        ).get()
        payment.document["dispute"] = .string(id)
        try await payment.store(in: world)
        return dispute
    }

    private func newDispute(
        _ id: String, _ filing: DisputeFiling, _ payment: EntityDraft, _ brand: CardBrand,
        _ now: SandboxInstant
    ) -> JSONValue {
        let amount = filing.amount ?? payment.refundable
        let money = payment.exchanged(amount, after: payment.amount("amount_refunded"))
        let code = filing.networkReason ?? NetworkReason.usual(for: filing.reason, brand: brand)
        let plan = filing.plan.flatMap(DisputePlan.named)
        return [
            "id": .string(id), "object": "dispute", "livemode": false,
            "payment": .string(payment.key.id), "amount": .int(amount),
            "currency": .string(money.currency), "settlement_amount": .int(money.settled),
            "settlement_currency": .string(money.settlementCurrency), "stage": .null,
            "status": .null, "phase": .null, "case_type": .null,
            "reason": .string(filing.reason.rawValue), "network": .string(brand.rawValue),
            "network_reason_code": .string(orNull: code?.code),
            "fee": .int(Fees.dispute(money.settlementCurrency)), "funds_withdrawn": false,
            "evidence": [], "evidence_due_by": .null, "simulated": .string(orNull: plan?.name),
            "metadata": filing.metadata, "created": .string(now.rfc3339),
        ]
    }

    // MARK: Beside refunds

    /// The payment's dispute, if it has one.
    func dispute(of payment: EntityDraft, _ world: WorldTransaction) async throws -> EntityDraft? {
        guard let id = payment.document["dispute"]?.string,
            let entity = try await world.entity(PaymentsType.dispute.key(id))
        else { return nil }
        return try EntityDraft(entity)
    }

    /// A payment that was given back in full leaves nothing to an announced dispute.
    func preventDispute(of payment: EntityDraft, _ world: WorldTransaction) async throws {
        guard var dispute = try await dispute(of: payment, world), dispute.stage == .alert else {
            return
        }
        _ = try await lifecycles.dispute.fire(
            .fact("payment_refunded"), on: &dispute, in: world, PaymentsStep()
        ).get()
    }
}

extension EntityDraft {
    /// A dispute's stage; nil before it has one.
    var stage: DisputeStage? { DisputeStage(rawValue: text("stage")) }
}

extension DisputeStage {
    /// Whether the contested money is withdrawn, or lost for good.
    var holdsMoney: Bool {
        switch self {
        case .alert, .inquiryOpen, .inquiryReview, .inquiryClosed, .won, .withdrawn, .prevented:
            false
        case .chargebackOpen, .representment, .preArbitrationOpen, .preArbitrationReview,
            .arbitrationOpen, .arbitrationReview, .lost, .accepted, .expired:
            true
        }
    }
}
