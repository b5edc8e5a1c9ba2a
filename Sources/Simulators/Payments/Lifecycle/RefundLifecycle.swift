import Contracts
import Tenancy

/// Guards and effects of `graphs/refund.json`.
enum RefundLifecycle {
    static let vocabulary = PaymentsVocabulary(
        guards: [
            "refund_plan_is": { refund, context in
                refund.document["simulated"] == context.parameters["plan"]
            }
        ],
        effects: [
            "give_back": { refund, context in
                try await refund.post(
                    to: .pending(refund.text("settlement_currency")), sign: -1, context)
            },
            "clear_refund": { refund, context in
                context.world.schedule(
                    ClearingTimer(refund.money, speed: .normal).timer(
                        for: refund.key, part: refund.amount("amount"), now: context.world.now))
            },
            "take_back": { refund, context in
                try await refund.post(
                    to: .pending(refund.text("settlement_currency")), sign: 1, context)
                try await refund.returnToPayment(in: context.world)
            },
            "take_back_cleared": { refund, context in
                try await refund.post(
                    to: .available(refund.text("settlement_currency")), sign: 1, context)
                try await refund.returnToPayment(in: context.world)
            },
            "note_failure": { refund, context in
                refund.document["failure_reason"] = context.parameters["reason"]
            },
        ])
}

extension EntityDraft {
    /// A refund's or a dispute's money.
    var money: ExchangedAmount {
        ExchangedAmount(
            paid: amount("amount"), currency: text("currency"),
            settled: amount("settlement_amount"),
            settlementCurrency: text("settlement_currency"))
    }

    fileprivate func post(
        to account: LedgerAccount, sign: Int64, _ context: PaymentsContext
    ) async throws {
        try await context.world.post(
            LedgerTransaction(cause: key.id, money.postings(to: account, sign: sign)))
    }

    /// The payment counts the refund no more.
    fileprivate func returnToPayment(in world: WorldTransaction) async throws {
        let id = PaymentsType.payment.key(text("payment"))
        guard let entity = try await world.entity(id) else { return }
        var payment = try EntityDraft(entity)
        payment.document["amount_refunded"] = .int(
            payment.amount("amount_refunded") - amount("amount"))
        try await payment.store(in: world)
    }
}
