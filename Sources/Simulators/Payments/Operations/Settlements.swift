import Access
import Contracts
import Tenancy

// From captured money to the balance: clearing on the next business day, settlement on the one
// after, each set off by a timer.
extension PaymentsSimulator {
    /// Presents a capture or a refund to the network.
    func present(
        _ payload: JSONValue, of source: EntityDraft, _ world: WorldTransaction
    ) async throws {
        guard let clearing = ClearingTimer(payload) else { return }
        let isRefund = source.key.type == PaymentsType.refund.rawValue
        // What was given back or contested already stays: the network has nothing left to refuse.
        let isUntouched =
            source.amount("amount_refunded") == 0 && source.document["dispute"]?.isNull ?? true
        let isRejected =
            !isRefund && isUntouched && source.behaviour?.effect == .clearingRejected
        var record = try await newRecord(clearing, of: source, isRefund: isRefund, world)
        let batch = isRejected ? nil : try await settlement(for: record, world)
        if let batch { record.document["settlement"] = .string(batch.key.id) }
        _ = try await lifecycles.clearing.fire(
            .fact("presented"), input: ["is_rejected": .bool(isRejected)], on: &record, in: world,
            PaymentsStep()
        ).get()
        if let batch { return try await add(record, to: batch, world) }
        var payment = source
        _ = try await fire(
            .fact("clearing_rejected"), input: payload, on: &payment, nil, cause: "", .changed,
            world)
    }

    private func newRecord(
        _ clearing: ClearingTimer, of source: EntityDraft, isRefund: Bool, _ world: WorldTransaction
    ) async throws -> EntityDraft {
        let id = world.drawID(PaymentsType.clearingRecord.prefix)
        let money = clearing.money
        let amount = isRefund ? -money.settled : money.settled
        let fee =
            isRefund
            ? 0
            : Fees.payment(
                money.settled, money.settlementCurrency,
                isExchanged: money.currency != money.settlementCurrency)
        let due = SettlementCalendar(money.settlementCurrency)
            .settles(after: world.now, clearing.speed)
        return EntityDraft(
            new: PaymentsType.clearingRecord.key(id),
            document: [
                "id": .string(id), "object": "clearing_record", "livemode": false,
                "kind": isRefund ? "refund" : "capture",
                "payment": isRefund ? source.document["payment"] ?? .null : .string(source.key.id),
                "refund": isRefund ? .string(source.key.id) : .null, "status": .null,
                "reject_reason": .null, "presented_amount": .int(money.paid),
                "presented_currency": .string(money.currency), "amount": .int(amount),
                "currency": .string(money.settlementCurrency), "fee": .int(fee),
                "net": .int(amount - fee), "settlement": .null,
                "settles_at": .string(due.rfc3339), "created": .string(world.now.rfc3339),
            ])
    }

    // MARK: Settlements

    /// The open settlement of the record's currency and day, or a new one. A day that was closed
    /// already gets a second settlement.
    private func settlement(
        for record: EntityDraft, _ world: WorldTransaction
    ) async throws -> EntityDraft {
        let currency = record.text("currency")
        let due = SandboxInstant(rfc3339: record.text("settles_at")) ?? world.now
        let day = SettlementCalendar(currency).day(of: due)
        var number = 1
        while true {
            let suffix = number == 1 ? "" : "_\(number)"
            let key = PaymentsType.settlement.key("stl_\(currency)_\(day)\(suffix)")
            guard let entity = try await world.entity(key) else {
                return newSettlement(key, record, world.now)
            }
            let found = try EntityDraft(entity)
            if found.text("status") == "open", found.text("settles_at") == record.text("settles_at")
            {
                return found
            }
            number += 1
        }
    }

    private func newSettlement(
        _ key: EntityKey, _ record: EntityDraft, _ now: SandboxInstant
    ) -> EntityDraft {
        EntityDraft(
            new: key,
            document: [
                "id": .string(key.id), "object": "settlement", "livemode": false, "status": .null,
                "currency": .string(record.text("currency")),
                "settles_at": .string(record.text("settles_at")), "captures": 0, "refunds": 0,
                "fees": 0, "net": 0, "records": 0, "created": .string(now.rfc3339),
            ])
    }

    private func add(
        _ record: EntityDraft, to settlement: EntityDraft, _ world: WorldTransaction
    ) async throws {
        var settlement = settlement
        _ = try await lifecycles.settlement.fire(
            .fact(settlement.isNew ? "opened" : "record_cleared"), input: record.document,
            on: &settlement, in: world, PaymentsStep()
        ).get()
    }

    /// A record's money has reached the balance: its payment counts it, and a merchant whose
    /// settled payments are all disputed gets its dispute.
    func moneySettled(_ record: EntityDraft, _ world: WorldTransaction) async throws {
        guard record.text("kind") == "capture",
            let entity = try await world.entity(PaymentsType.payment.key(record.text("payment")))
        else { return }
        var payment = try EntityDraft(entity)
        _ = try await fire(
            .fact("money_settled"), input: ["amount": .int(record.amount("presented_amount"))],
            on: &payment, nil, cause: "", .changed, world)
        if payment.text("status") == "settled", payment.text("merchant") == "merchant_dispute",
            payment.document["dispute"]?.isNull ?? true, payment.refundable > 0
        {
            try await file(DisputeFiling(reason: .fraudulent), against: &payment, world)
        }
    }
}
