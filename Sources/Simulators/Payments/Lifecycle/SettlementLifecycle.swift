import Contracts
import Tenancy

/// Guards and effects of `graphs/clearing.json`.
enum ClearingLifecycle {
    static let vocabulary = PaymentsVocabulary(
        guards: [
            "network_rejects": { _, context in context.input["is_rejected"]?.bool ?? false }
        ],
        effects: [
            "note_rejection": { record, _ in
                record.document["reject_reason"] = "invalid_data"
                record.document["fee"] = 0
                record.document["net"] = 0
                record.document["settlement"] = .some(.null)
                record.document["settles_at"] = .some(.null)
            },
            "clear_money": { record, context in
                let (currency, amount) = (record.text("currency"), record.amount("amount"))
                try await context.world.post(
                    LedgerTransaction(
                        cause: record.key.id,
                        [Posting(.pending(currency), -amount), Posting(.cleared(currency), amount)])
                )
            },
            "settle_money": { record, context in
                let currency = record.text("currency")
                try await context.world.post(
                    LedgerTransaction(
                        cause: record.key.id,
                        [
                            Posting(.cleared(currency), -record.amount("amount")),
                            Posting(.available(currency), record.amount("net")),
                            Posting(.fees(currency), record.amount("fee")),
                        ]))
            },
        ])
}

/// Effects of `graphs/settlement.json`.
enum SettlementLifecycle {
    static let vocabulary = PaymentsVocabulary(
        effects: [
            "add_record": { settlement, context in
                let amount = context.input["amount"]?.int ?? 0
                let fee = context.input["fee"]?.int ?? 0
                settlement.add(amount, to: amount < 0 ? "refunds" : "captures")
                settlement.document["fees"] = .int(settlement.amount("fees") + fee)
                settlement.document["net"] = .int(settlement.amount("net") + amount - fee)
                settlement.document["records"] = .int(settlement.amount("records") + 1)
            }
        ])
}

extension EntityDraft {
    fileprivate mutating func add(_ amount: Int64, to member: String) {
        document[member] = .int(self.amount(member) + abs(amount))
    }
}
