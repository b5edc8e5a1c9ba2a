import Contracts
import Tenancy

/// Guards and effects of `graphs/payout.json`.
enum PayoutLifecycle {
    static let vocabulary = PaymentsVocabulary(
        guards: [
            "payout_fails": { payout, _ in PayoutPlan(of: payout)?.failsOnArrival ?? false },
            "payout_comes_back": { payout, _ in PayoutPlan(of: payout) == .returned },
        ],
        effects: [
            "reserve_money": move(from: LedgerAccount.available, to: LedgerAccount.outgoing),
            "restore_money": move(from: LedgerAccount.outgoing, to: LedgerAccount.available),
            "send_money": move(from: LedgerAccount.outgoing, to: LedgerAccount.bank),
            "restore_sent_money": move(from: LedgerAccount.bank, to: LedgerAccount.available),
            "note_payout_failure": { payout, _ in
                payout.document["arrives_at"] = .some(.null)
                payout.document["failure_code"] = .string(
                    orNull: PayoutPlan(of: payout)?.failureCode)
            },
        ])

    private static func move(
        from source: @escaping @Sendable (String) -> LedgerAccount,
        to target: @escaping @Sendable (String) -> LedgerAccount
    ) -> PaymentsVocabulary.Effect {
        { payout, context in
            let (currency, amount) = (payout.text("currency"), payout.amount("amount"))
            try await context.world.post(
                LedgerTransaction(
                    cause: payout.key.id,
                    [Posting(source(currency), -amount), Posting(target(currency), amount)]))
        }
    }
}

/// How a payout will go, as a scenario asks for it.
enum PayoutPlan: String, Sendable, Hashable, CaseIterable {
    case returned = "payout_returned"
    case delayed = "payout_delayed"
    case wrongAccount = "invalid_account_number"
    case closedAccount = "account_closed"

    init?(of payout: EntityDraft) {
        self.init(rawValue: payout.text("simulated"))
    }

    var summary: String {
        switch self {
        case .returned: "The payout arrives, and the bank sends it back two days later."
        case .delayed: "The payout arrives three business days late."
        case .wrongAccount: "The payout fails: no such account."
        case .closedAccount: "The payout fails: the account is closed."
        }
    }

    var failsOnArrival: Bool { self == .wrongAccount || self == .closedAccount }

    var failureCode: String? {
        switch self {
        case .returned: "returned"
        case .delayed: nil
        case .wrongAccount: "invalid_account_number"
        case .closedAccount: "account_closed"
        }
    }
}
