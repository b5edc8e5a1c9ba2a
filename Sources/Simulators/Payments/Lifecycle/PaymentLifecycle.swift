import Access
import Contracts
import Tenancy

/// Guards and effects of `graphs/payment.json`.
enum PaymentLifecycle {
    static let vocabulary = PaymentsVocabulary(guards: guards, effects: effects)

    private static let guards: [String: PaymentsVocabulary.Guard] = [
        "exchange_unavailable": { _, context in context.domain.failure != nil },
        "no_payment_method": { payment, _ in payment.document["payment_method"]?.isNull ?? true },
        "authentication_refused": { _, context in
            guard let plan = context.domain.attempt?.plan else { return false }
            return !plan.status.isPending && !plan.status.allowsAuthorisation
        },
        "authentication_pending": { _, context in
            context.domain.attempt?.plan?.status.isPending ?? false
        },
        "declined": { _, context in context.domain.attempt?.decision.decline != nil },
        "held_for_review": { _, context in context.domain.attempt?.isHeldForReview ?? false },
        "captured_later": { payment, _ in payment.text("capture_method") == "manual" },
        "review_rejected": { _, context in context.input["decision"] == "rejected" },
        "capture_fails": { payment, _ in payment.behaviour?.effect == .captureFails },
        "rest_is_kept": { payment, context in
            context.input["final"]?.bool == false
                && context.input["amount"]?.int ?? 0 < payment.amount("amount_capturable")
        },
        "partly_captured": { payment, _ in payment.amount("amount_captured") > 0 },
        "all_settled": { payment, context in
            payment.amount("amount_settled") + (context.input["amount"]?.int ?? 0)
                >= payment.amount("amount_captured")
        },
    ]

    private static let effects: [String: PaymentsVocabulary.Effect] = [
        "fail_exchange": { payment, _ in
            payment.document["last_error"] = PaymentsError.exchangeUnavailable
        },
        "refuse_authentication": { payment, context in
            payment.document["next_action"] = .some(.null)
            payment.document["last_error"] = PaymentsError.card(
                "authentication_failed", "The payer was not authenticated.")
        },
        "ask_payer": { payment, context in
            let id = payment.text("authentication")
            payment.document["next_action"] = [
                "type": "authenticate", "authentication": .string(id),
                "url": .string("/v1/authentications/\(id)/challenge"),
            ]
            if context.domain.attempt?.plan?.isExemptionRefused == true {
                payment.note(context.domain.attempt)
            }
        },
        "decline": { payment, context in
            payment.document["next_action"] = .some(.null)
            payment.note(context.domain.attempt)
            guard let decline = context.domain.attempt?.decision.decline else { return }
            payment.document["last_error"] = PaymentsError.lastError(decline)
        },
        "note_outcome": { payment, context in payment.note(context.domain.attempt) },
        "hold": { payment, context in
            let approved = payment.authorise(context.domain.attempt)
            payment.document["amount_capturable"] = .int(approved)
            payment.document["capture_before"] = .string(
                (context.world.now + HoldTime.of(payment)).rfc3339)
        },
        "charge": { payment, context in
            let approved = payment.authorise(context.domain.attempt)
            try await payment.capture(approved, in: context.world)
        },
        "block": { payment, _ in
            payment.document["last_error"] = PaymentsError.card(
                PaymentsError.declinedCode, "The payment was rejected in review.",
                declineCode: "fraudulent")
        },
        "increment": { payment, context in
            let added = context.input["amount"]?.int ?? 0
            for member in ["amount", "amount_authorized", "amount_capturable"] {
                payment.document[member] = .int(payment.amount(member) + added)
            }
            payment.note(context.domain.attempt)
        },
        "capture": { payment, context in
            let taken = context.input["amount"]?.int ?? 0
            let left = max(0, payment.amount("amount_capturable") - taken)
            payment.document["amount_capturable"] = .int(left)
            try await payment.capture(taken, in: context.world)
        },
        "release": { payment, _ in
            payment.document["amount_capturable"] = 0
            payment.document["capture_before"] = .some(.null)
            payment.document["next_action"] = .some(.null)
        },
        "note_cancellation": { payment, context in
            payment.document["cancellation_reason"] = context.input["cancellation_reason"] ?? .null
        },
        "fail_capture": { payment, _ in
            payment.document["amount_capturable"] = 0
            payment.document["capture_before"] = .some(.null)
            payment.document["last_error"] = PaymentsError.card(
                "capture_failed", "The issuer did not honour the hold.")
        },
        "reverse_capture": { payment, context in
            guard let clearing = ClearingTimer(context.input) else { return }
            let captured = payment.amount("amount_captured") - clearing.money.paid
            payment.document["amount_captured"] = .int(captured)
            payment.note(settled: payment.settled(captured))
            let pending = LedgerAccount.pending(clearing.money.settlementCurrency)
            try await context.world.post(
                LedgerTransaction(
                    cause: payment.key.id, clearing.money.postings(to: pending, sign: -1)))
        },
        "fail_clearing": { payment, _ in
            payment.document["last_error"] = PaymentsError.card(
                "clearing_rejected", "The network threw the capture out in clearing.")
        },
        "add_settled": { payment, context in
            let added = context.input["amount"]?.int ?? 0
            payment.document["amount_settled"] = .int(payment.amount("amount_settled") + added)
        },
    ]
}

extension EntityDraft {
    /// Keeps the decision as evidence.
    fileprivate mutating func note(_ attempt: PaymentAttempt?) {
        if let attempt { document["outcome"] = attempt.outcome }
    }

    /// Notes an approval and gives the approved amount: all of it where there was no new decision.
    fileprivate mutating func authorise(_ attempt: PaymentAttempt?) -> Int64 {
        note(attempt)
        document["next_action"] = .some(.null)
        let approved = attempt?.decision.approvedAmount ?? amount("amount")
        document["amount_authorized"] = .int(approved)
        return approved
    }
}

/// How long an issuer holds money: a week, or an hour where a scenario is in a hurry.
enum HoldTime {
    private static let usual: Duration = .seconds(7 * 86_400)
    private static let short: Duration = .seconds(3_600)

    static func of(_ payment: EntityDraft) -> Duration {
        payment.behaviour?.effect == .expiresSoon ? short : usual
    }
}
