import Access
import Contracts
import Tenancy

// What happens to a payment after it was created.
extension PaymentsSimulator {
    /// More than is held may be captured by a fifth where the payment allows it.
    static let overCapturePercent: Int64 = 120

    func capturePayment(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        var payment = try await draft(.payment, call, world)
        try await requireLegal(.call(call.operation.id), &payment, lifecycles.payment, world)
        try PaymentsScenarios.refuse(call)
        let held = payment.amount("amount_capturable")
        let isOver = payment.document["over_capture"]?.bool ?? false
        let most = isOver ? held * Self.overCapturePercent / 100 : held
        let amount = call.body?["amount"]?.int ?? held
        guard amount <= most else {
            return .conflict(
                "amount_exceeds_hold", "The hold has \(held) left; \(amount) were to be captured.",
                param: "amount", advice: "Capture at most \(most).")
        }
        let steering = call.asked(call.behaviour)
        if let steering { payment.document["simulated"] = .string(steering.outcome.name) }
        if let metadata = call.body?["metadata"] { payment.document["metadata"] = metadata }
        let input: JSONValue = [
            "amount": .int(amount), "final": call.body?["final"] ?? true,
        ]
        return try await fire(
            .call(call.operation.id), input: input, on: &payment, nil,
            cause: "simulated=\(payment.text("simulated"))", .changed, world)
    }

    func incrementAuthorisation(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        var payment = try await draft(.payment, call, world)
        try await requireLegal(.call(call.operation.id), &payment, lifecycles.payment, world)
        let added = call.body?["amount"]?.int ?? 0
        var asked = payment
        let steering = call.asked(call.behaviour)
        asked.document["simulated"] = .string(orNull: steering?.outcome.name)
        let method = try await world.entity(
            PaymentsType.paymentMethod.key(payment.text("payment_method")))?.json
        let attempt = try await attempt(
            asked, amount: added, method: method ?? [:], [:],
            cause: steering?.cause ?? Steering.rules, isAuthenticated: true,
            asking: call.providers, world)
        if let decline = attempt.decision.decline {
            asked.document["outcome"] = attempt.outcome
            asked.document["last_error"] = PaymentsError.lastError(decline)
            return .failed(asked.document, by: attempt.cause, informedBy: attempt.informant)
        }
        return try await fire(
            .call(call.operation.id), input: call.body ?? [:], on: &payment, attempt,
            cause: attempt.cause, .changed, world)
    }

    func cancelPayment(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        var payment = try await draft(.payment, call, world)
        return try await fire(
            .call(call.operation.id), input: call.body ?? [:], on: &payment, nil, cause: "",
            .changed, world)
    }

    func reviewPayment(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        var payment = try await draft(.payment, call, world)
        return try await fire(
            .call(call.operation.id), input: call.body ?? [:], on: &payment, nil, cause: "review",
            .changed, world)
    }

    // MARK: Around a step

    /// The object that the path names.
    func draft(
        _ type: PaymentsType, _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> EntityDraft {
        let id = call.path(type.rawValue) ?? ""
        guard let entity = try await world.entity(type.key(id)) else {
            throw AnswerInstead(.missing(type, id))
        }
        return try EntityDraft(entity)
    }

    /// Refuses what the object's state does not allow, before anything else about the call is
    /// looked at.
    func requireLegal(
        _ trigger: GraphTrigger, _ draft: inout EntityDraft, _ engine: PaymentsGraphs.Engine,
        _ world: WorldTransaction
    ) async throws {
        let state = draft.text(engine.graph.stateMember)
        guard !engine.legalTriggers(in: state).contains(trigger) else { return }
        let result = try await engine.fire(trigger, on: &draft, in: world, PaymentsStep())
        if case .failure(let refusal) = result { throw AnswerInstead(.refused(refusal)) }
    }

    /// What a payment's new state sets off: warnings and disputes that were asked for with it.
    func followUp(_ payment: inout EntityDraft, _ world: WorldTransaction) async throws {
        guard payment.text("status") == "succeeded", payment.amount("amount_settled") == 0 else {
            return
        }
        switch payment.behaviour?.effect {
        case .fraudWarning: scheduleFraudWarning(payment, world)
        case .dispute(let reason, let plan) where payment.document["dispute"]?.isNull ?? true:
            try await file(
                DisputeFiling(reason: reason, plan: plan.name), against: &payment, world)
        default: break
        }
    }

    static let fraudWarningKind = "fraud_warning"

    private func scheduleFraudWarning(_ payment: EntityDraft, _ world: WorldTransaction) {
        world.schedule(
            WorldTimer(
                id: "\(payment.key.id):\(Self.fraudWarningKind)",
                dueAt: world.now + .seconds(86_400), contract: contract, type: payment.key.type,
                entityID: payment.key.id, kind: Self.fraudWarningKind))
    }
}
