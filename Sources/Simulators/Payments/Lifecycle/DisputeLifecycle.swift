import Access
import Contracts
import Tenancy

/// Guards and effects of `graphs/dispute.json`.
enum DisputeLifecycle {
    static let vocabulary = PaymentsVocabulary(
        guards: [
            "opens_as": { dispute, context in
                let stage = dispute.plan?.opensAs ?? .chargebackOpen
                return context.parameters["stage"]?.string == stage.rawValue
            },
            "bank_decides": { dispute, context in
                context.parameters["decision"]?.string == dispute.bankDecision?.rawValue
            },
        ],
        effects: [
            "enter": { dispute, context in
                guard
                    let stage = context.parameters["stage"]?.string.flatMap(DisputeStage.init)
                else { preconditionFailure("the graph names its own stages") }
                dispute.enter(stage, at: context.world.now)
            },
            "add_evidence": { dispute, context in
                let kept = dispute.document["evidence"]?.array ?? []
                dispute.document["evidence"] = .array(
                    kept + (context.input["evidence"]?.array ?? []))
            },
            "withdraw_money": { dispute, context in
                dispute.document["funds_withdrawn"] = true
                try await context.world.post(dispute.withdrawal(sign: 1))
            },
            "return_money": { dispute, context in
                dispute.document["funds_withdrawn"] = false
                try await context.world.post(dispute.withdrawal(sign: -1))
            },
            "book_loss": { dispute, context in
                let account = LedgerAccount.disputed(dispute.text("settlement_currency"))
                try await context.world.post(
                    LedgerTransaction(
                        cause: dispute.key.id, dispute.money.postings(to: account, sign: -1)))
            },
        ])
}

extension EntityDraft {
    fileprivate var plan: DisputePlan? {
        document["simulated"]?.string.flatMap(DisputePlan.named)
    }

    /// What the bank or the network does in this stage: as planned; else evidence that answers the
    /// reason wins, and a bank that nobody has answered waits.
    fileprivate var bankDecision: DisputePlan.Decision? {
        guard let stage else { return nil }
        if stage.awaitsMerchant { return plan?.unprompted }
        if let planned = plan?.decisions[stage] { return planned }
        let reason = DisputeReason(rawValue: text("reason")) ?? .general
        let sent = (document["evidence"]?.array ?? []).compactMap {
            $0["type"]?.string.flatMap(DisputeEvidence.init)
        }
        return reason.compellingEvidence.isDisjoint(with: sent) ? .lost : .won
    }

    /// Status, phase and deadline follow from the stage.
    fileprivate mutating func enter(_ stage: DisputeStage, at now: SandboxInstant) {
        let brand = CardBrand(rawValue: text("network")) ?? .unknown
        document["status"] = .string(stage.status)
        if let phase = stage.phase {
            let reason = DisputeReason(rawValue: text("reason")) ?? .general
            document["phase"] = .string(phase.rawValue)
            document["case_type"] = .string(phase.caseType(brand, reason))
        }
        guard stage.awaitsMerchant, let phase = stage.phase else {
            document["evidence_due_by"] = .some(.null)
            return
        }
        let days = DisputeClock.responseDays(phase, brand)
        document["evidence_due_by"] = .string((now + .seconds(days * 86_400)).rfc3339)
    }

    /// Amount and fee out of the available balance, or with `sign` -1 back into it.
    fileprivate func withdrawal(sign: Int64) throws -> LedgerTransaction {
        let currency = text("settlement_currency")
        let (taken, fee) = (amount("settlement_amount"), amount("fee"))
        return try LedgerTransaction(
            cause: key.id,
            [
                Posting(.available(currency), -(taken + fee) * sign),
                Posting(.disputed(currency), taken * sign), Posting(.fees(currency), fee * sign),
            ])
    }
}
