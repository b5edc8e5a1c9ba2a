import Access
import Contracts
import Tenancy

/// Guards and effects of `graphs/authentication.json`.
enum AuthenticationLifecycle {
    static let vocabulary = PaymentsVocabulary(
        guards: [
            "issuer_answers": { authentication, context in
                authentication.document["trans_status"] == context.parameters["trans_status"]
            },
            "outcome_is": { authentication, context in
                context.parameters["outcome"] == context.input["outcome"]
                    ?? .string(authentication.payerDoes.outcome)
            },
            "payer_is_to": { authentication, context in
                context.parameters["do"]?.string == authentication.payerDoes.rawValue
            },
        ],
        effects: [
            "conclude": { authentication, context in
                let status =
                    context.parameters["trans_status"]?.string.flatMap(TransactionStatus.init)
                    ?? .notAuthenticated
                authentication.conclude(status, reason: context.parameters["reason"]?.string)
            }
        ])
}

extension EntityDraft {
    /// What the payer does if left alone: as planned, or the challenge is passed.
    fileprivate var payerDoes: AuthenticationPlan.Payer {
        document["simulated"]?.string.flatMap(AuthenticationPlan.named)?.payer ?? .succeeds
    }

    /// The answer after a challenge, with everything that follows from it.
    fileprivate mutating func conclude(_ status: TransactionStatus, reason: String?) {
        let brand = CardBrand(rawValue: text("network")) ?? .unknown
        document["trans_status"] = .string(status.rawValue)
        let usual = status == .notAuthenticated ? "01" : nil
        document["trans_status_reason"] = .string(orNull: reason ?? usual)
        document["eci"] = .string(orNull: status.commerceIndicator(brand))
        document["liability_shift"] = .bool(status.shiftsLiability)
        document["challenge_url"] = .some(.null)
        document["expires_at"] = .some(.null)
    }
}

extension AuthenticationPlan.Payer {
    /// The word of `complete_authentication` for it.
    fileprivate var outcome: String {
        switch self {
        case .succeeds: "succeeded"
        case .fails: "failed"
        case .leaves, .waitsTooLong: "abandoned"
        }
    }
}
