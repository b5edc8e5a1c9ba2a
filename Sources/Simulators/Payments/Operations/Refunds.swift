import Access
import Contracts
import Tenancy

extension PaymentsSimulator {
    /// Days after which a payment can no more be refunded.
    private static let refundDays = 180

    func createRefund(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        try PaymentsScenarios.refuse(call)
        let body = call.body ?? [:]
        let id = body["payment"]?.string ?? ""
        guard let entity = try await world.entity(PaymentsType.payment.key(id)) else {
            return .missing(.payment, id)
        }
        var payment = try EntityDraft(entity)
        try await requireRefundable(payment, body["amount"]?.int, world)
        let amount = body["amount"]?.int ?? payment.refundable
        var refund = newRefund(
            body, of: payment, amount, call.asked(RefundPlan.init(rawValue:))?.outcome, world)
        payment.document["amount_refunded"] = .int(payment.amount("amount_refunded") + amount)
        let faults = PaymentInvariants.faults(payment)
        guard faults.isEmpty else { throw SimulationError.answerRefused(faults) }
        try await payment.store(in: world)
        _ = try await lifecycles.refund.fire(
            .call(call.operation.id), input: body, on: &refund, in: world, PaymentsStep()
        ).get()
        if payment.refundable == 0 { try await preventDispute(of: payment, world) }
        return SimulatedAnswer(.created, refund.document)
    }

    func cancelRefund(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        var refund = try await draft(.refund, call, world)
        let result = try await lifecycles.refund.fire(
            .call(call.operation.id), on: &refund, in: world, PaymentsStep())
        if case .failure(let refusal) = result { return .refused(refusal) }
        return SimulatedAnswer(.changed, refund.document)
    }

    private func requireRefundable(
        _ payment: EntityDraft, _ wanted: Int64?, _ world: WorldTransaction
    ) async throws {
        let left = payment.refundable
        guard left > 0 else {
            throw AnswerInstead(
                .conflict(
                    "nothing_to_refund", "Payment \"\(payment.key.id)\" has nothing left to refund.",
                    advice: "Refund a payment that was captured and has not been refunded in full."))
        }
        guard wanted ?? left <= left else {
            throw AnswerInstead(
                .conflict(
                    "amount_exceeds_refundable",
                    "\(left) are left to refund; \(wanted ?? 0) were asked for.", param: "amount",
                    advice: "Refund at most \(left)."))
        }
        let created = SandboxInstant(rfc3339: payment.text("created")) ?? world.now
        guard world.now < created + .seconds(Self.refundDays * 86_400) else {
            throw AnswerInstead(
                .conflict(
                    "refund_window_closed", "Payments can be refunded for \(Self.refundDays) days.",
                    advice: "Refund a payment made in the last \(Self.refundDays) days of the sandbox's clock."
                ))
        }
        if let stage = try await dispute(of: payment, world)?.stage, stage.holdsMoney {
            throw AnswerInstead(
                .conflict(
                    "payment_disputed",
                    "The payment's dispute is in stage \(stage.rawValue): its money is withdrawn already.",
                    advice: "Win the dispute first, or leave the money with the payer: the dispute returned it."
                ))
        }
    }

    private func newRefund(
        _ body: JSONValue, of payment: EntityDraft, _ amount: Int64, _ asked: RefundPlan?,
        _ world: WorldTransaction
    ) -> EntityDraft {
        let id = world.drawID(PaymentsType.refund.prefix)
        let money = payment.exchanged(amount, after: payment.amount("amount_refunded"))
        var plan = asked
        if plan == nil, case .refund(let planned) = payment.behaviour?.effect { plan = planned }
        return EntityDraft(
            new: PaymentsType.refund.key(id),
            document: [
                "id": .string(id), "object": "refund", "livemode": false,
                "payment": .string(payment.key.id), "amount": .int(amount),
                "currency": .string(money.currency), "settlement_amount": .int(money.settled),
                "settlement_currency": .string(money.settlementCurrency), "status": .null,
                "reason": body["reason"] ?? .null, "failure_reason": .null,
                "simulated": .string(orNull: plan?.rawValue),
                "metadata": body["metadata"] ?? [:], "created": .string(world.now.rfc3339),
            ])
    }
}
