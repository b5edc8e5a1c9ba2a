import Access
import Contracts
import Tenancy

// What happens to a payment after it was authorised.
extension PaymentsSimulator {
    func capturePayment(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let id = call.path("payment") ?? ""
        let key = PaymentsType.payment.key(id)
        guard let entity = try await world.entity(key) else { return .missing(.payment, id) }
        var payment = try entity.json
        guard payment["status"]?.string == "requires_capture" else {
            return .wrongState(payment, wanted: "requires_capture", to: "be captured")
        }
        let held = payment["amount_capturable"]?.int ?? 0
        let amount = call.body?["amount"]?.int ?? held
        guard amount <= held else {
            return .conflict(
                "amount_exceeds_hold", "The hold has \(held) left; \(amount) were to be captured.",
                param: "amount")
        }
        let captured = (payment["amount_captured"]?.int ?? 0) + amount
        let isFinal = call.body?["final"]?.bool ?? true
        payment["amount_captured"] = .int(captured)
        payment["amount_capturable"] = .int(isFinal ? 0 : held - amount)
        if isFinal || held == amount { payment["status"] = "succeeded" }
        if let metadata = call.body?["metadata"] { payment["metadata"] = metadata }
        try await takeMoney(amount, for: payment, world)
        try await world.replace(key, document: JSONWriter.bytes(payment))
        emit("payment.captured", payment, world)
        return SimulatedAnswer(.changed, payment)
    }

    func cancelPayment(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let id = call.path("payment") ?? ""
        let key = PaymentsType.payment.key(id)
        guard let entity = try await world.entity(key) else { return .missing(.payment, id) }
        var payment = try entity.json
        let open = ["requires_capture", "requires_payment_method"]
        guard let status = payment["status"]?.string, open.contains(status) else {
            return .wrongState(payment, wanted: open.joined(separator: " or "), to: "be cancelled")
        }
        payment["status"] = "canceled"
        payment["amount_capturable"] = 0
        payment["cancellation_reason"] = call.body?["cancellation_reason"] ?? .null
        try await world.replace(key, document: JSONWriter.bytes(payment))
        emit("payment.canceled", payment, world)
        return SimulatedAnswer(.changed, payment)
    }

    func createRefund(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let body = call.body ?? [:]
        let id = body["payment"]?.string ?? ""
        let key = PaymentsType.payment.key(id)
        guard let entity = try await world.entity(key) else { return .missing(.payment, id) }
        var payment = try entity.json
        let refunded = payment["amount_refunded"]?.int ?? 0
        let left = (payment["amount_captured"]?.int ?? 0) - refunded
        let amount = body["amount"]?.int ?? left
        guard left > 0 else {
            return .conflict("nothing_to_refund", "Payment \"\(id)\" has nothing left to refund.")
        }
        guard amount <= left else {
            return .conflict(
                "amount_exceeds_refundable", "\(left) are left to refund; \(amount) were asked for.",
                param: "amount")
        }
        payment["amount_refunded"] = .int(refunded + amount)
        let refund = newRefund(body, of: payment, amount: amount, world)
        try await giveBack(amount, refund, world)
        try await world.replace(key, document: JSONWriter.bytes(payment))
        try world.createDrawn(
            PaymentsType.refund.key(refund["id"]?.string ?? ""), document: JSONWriter.bytes(refund))
        emit("refund.succeeded", refund, world)
        return SimulatedAnswer(.created, refund)
    }

    private func newRefund(
        _ body: JSONValue, of payment: JSONValue, amount: Int64, _ world: WorldTransaction
    ) -> JSONValue {
        [
            "id": .string(world.drawID(PaymentsType.refund.prefix)), "object": "refund",
            "livemode": false, "payment": payment["id"] ?? .null, "amount": .int(amount),
            "currency": payment["currency"] ?? .null, "status": "succeeded",
            "reason": body["reason"] ?? .null, "failure_reason": .null,
            "metadata": body["metadata"] ?? [:], "created": .string(world.now.rfc3339),
        ]
    }

    /// Out of what is pending while that lasts, else out of what is available.
    private func giveBack(
        _ amount: Int64, _ refund: JSONValue, _ world: WorldTransaction
    ) async throws {
        let currency = refund["currency"]?.string ?? ""
        let isPending = try await world.balance(.pending(currency)) >= amount
        try await world.post(
            LedgerTransaction(
                cause: refund["id"]?.string ?? "",
                [
                    Posting(isPending ? .pending(currency) : .available(currency), -amount),
                    Posting(.cardholders(currency), amount),
                ]))
    }
}

extension SimulatedAnswer {
    fileprivate static func wrongState(
        _ payment: JSONValue, wanted: String, to action: String
    ) -> SimulatedAnswer {
        .conflict(
            "payment_state",
            "The payment is \(payment["status"]?.string ?? "gone"); to \(action) it must be \(wanted).")
    }
}
