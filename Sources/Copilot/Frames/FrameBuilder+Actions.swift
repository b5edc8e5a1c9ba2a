import Contracts

extension FrameBuilder {
    /// A verb or noun names an action: a new step, or one that the clause already speaks of.
    mutating func open(_ named: String, _ happening: Happening, _ index: Int, _ clause: Clause) {
        guard let action = resolve(named) else { return askWhat(happening) }
        if let frame = current, !isMember, absorb(action, into: frame, happening, index, clause) {
            return
        }
        if happening.isThing, let known = reference(action, happening, index, clause) {
            current = known
            known.note(span(happening), rule(happening))
            return flush(into: known)
        }
        let frame = Frame(action)
        frame.note(span(happening), rule(happening))
        frame.pointsBack = happening.isThing && isDefinite(happening) && waiting.amount == nil
        begin(frame)
    }

    /// Appends a step and gives it what waited.
    mutating func begin(_ frame: Frame, before other: Frame? = nil) {
        frame.clause = clauseIndex
        if frame.condition == nil { frame.condition = condition }
        let place = other.flatMap { other in draft.frames.firstIndex { $0 === other } }
        draft.frames.insert(frame, at: place ?? draft.frames.count)
        if place == nil { current = frame }
        flush(into: frame)
        if frame.count > 1 {
            group = [frame]
            groupCursor = 0
            isListing = false
        }
        draft.clausesUsed.insert(clauseIndex)
    }

    mutating func flush(into frame: Frame) {
        if let (amount, item) = waiting.amount, frame.entry.money != .none, frame.amount == nil {
            frame.amount = amount
            frame.note(items[item].span)
            waiting.amount = nil
        }
        if let share = waiting.share, frame.entry.follows != nil, frame.amount == nil {
            frame.amount = Frame.Amount(share: share)
            waiting.share = nil
        }
        if let (count, item) = waiting.count {
            frame.note(items[item].span)
            frame.count = max(1, min(count, Limits.countMax))
            waiting.count = nil
        }
        for happening in waiting.outcomes { apply(happening, to: frame) }
        waiting.outcomes = []
        waiting.sets = waiting.sets.filter { key, value, happening in
            guard takes(key, frame) else { return true }
            put(key, value, happening, frame)
            return false
        }
        waiting.isAnother = false
    }

    /// "cancel", "send" and the like are made precise by what came before.
    private func resolve(_ action: String) -> String? {
        guard action == "cancel" || action == "retry" else { return action }
        if action == "retry" { return last?.action ?? nil }
        for frame in draft.frames.reversed() {
            switch frame.entry.family {
            case "payment", "capture": return "cancel_payment"
            case "subscription": return "cancel_subscription"
            case "transfer": return "cancel_transfer"
            case "payout": return "cancel_payout"
            case "refund": return "cancel_refund"
            case "sms", "email", "whatsapp", "push": return "cancel_message"
            case "mandate": return "cancel_mandate"
            case "invoice": return "void_invoice"
            default: continue
            }
        }
        return nil
    }

    private mutating func askWhat(_ happening: Happening) {
        draft.asksFor.append("action")
    }

    /// Whether a second verb or noun of the same clause belongs to the first.
    private mutating func absorb(
        _ action: String, into frame: Frame, _ happening: Happening, _ index: Int, _ clause: Clause
    ) -> Bool {
        let place = (span(happening), rule(happening))
        if action == frame.action {
            if waiting.isAnother || (frame.amount != nil && waiting.amount != nil) { return false }
            frame.note(place.0, place.1)
            flush(into: frame)
            return true
        }
        if let merged = Self.merges["\(frame.action)+\(action)"] {
            frame.action = merged
            frame.note(place.0, place.1)
            flush(into: frame)
            return true
        }
        // A follow-up and the payment that it is for.
        guard happening.isThing, action == "create_payment" || action == "authorize_payment",
            frame.entry.follows != nil || ["refund", "dispute"].contains(frame.entry.family)
        else { return false }
        frame.note(place.0, place.1)
        let moneyFollows =
            index + 1 < clause.happenings.count && isMoney(clause.happenings[index + 1])
        if waiting.amount != nil || (moneyFollows && frame.amount == nil && !isDefinite(happening))
        {
            let payment = Frame(action)
            payment.note(span(happening), rule(happening))
            begin(payment, before: frame)
            if payment.amount == nil {
                payment.isImplied = true
                owner = payment
            }
        } else if isDefinite(happening),
            !draft.frames.contains(where: { $0.entry.family == "payment" })
        {
            frame.pointsBack = true
        }
        return true
    }

    func isMoney(_ happening: Happening) -> Bool {
        if case .money? = happening.value { true } else { false }
    }

    /// The step that a noun speaks of again: "the payment is declined".
    private func reference(_ action: String, _ happening: Happening, _ index: Int, _ clause: Clause)
        -> Frame?
    {
        let family = ActionCatalogue.entry(action).family
        let known = draft.frames.last {
            $0.action == action || ($0.entry.family == family && ["payment"].contains(family))
        }
        guard let known, waiting.amount == nil else { return nil }
        if isDefinite(happening) { return known }
        if isIndefinite(happening) { return nil }
        if index + 1 < clause.happenings.count, isMoney(clause.happenings[index + 1]),
            known.amount != nil
        {
            return nil
        }
        if clause.opener == "then", !clause.happenings.contains(where: { $0.outcome != nil }) {
            return nil
        }
        return known
    }

    private static let merges: [String: String] = {
        var table: [String: String] = [:]
        for line in mergeTable.split(separator: "\n") {
            let parts = line.split(separator: " ").map(String.init)
            table["\(parts[0])+\(parts[1])"] = parts[2]
        }
        return table
    }()

    // first · second · what they are together
    private static let mergeTable = """
        create_payment create_transfer create_transfer
        create_transfer create_payment create_transfer
        create_payment authorize_payment authorize_payment
        authorize_payment create_payment authorize_payment
        create_payout create_transfer create_payout
        create_payout create_payment create_payout
        create_transfer create_payout create_payout
        create_payment create_subscription create_subscription
        create_subscription create_payment create_subscription
        create_payment create_invoice create_invoice
        create_invoice create_payment create_invoice
        create_payment create_payment_link create_payment_link
        create_payment_link create_payment create_payment_link
        create_payment create_fx_conversion create_payment
        create_fx_conversion create_fx_quote create_fx_conversion
        create_fx_conversion create_payment create_fx_conversion
        create_fx_conversion create_transfer create_fx_conversion
        create_fx_quote create_fx_conversion create_fx_quote
        create_fx_quote create_payment create_fx_quote
        create_verification send_sms create_verification
        create_verification send_email create_verification
        create_verification create_call create_verification
        create_verification send_whatsapp create_verification
        send_sms create_verification create_verification
        send_email create_verification create_verification
        create_call create_verification create_verification
        send_whatsapp create_verification create_verification
        send_whatsapp send_sms send_whatsapp
        send_sms send_whatsapp send_whatsapp
        create_deposit create_payment create_deposit
        create_payment create_deposit create_deposit
        create_kyb_check create_kyc_check create_kyb_check
        create_kyc_check create_kyb_check create_kyb_check
        rescreen_customer create_kyc_check rescreen_customer
        resolve_kyc_review create_kyc_check resolve_kyc_review
        resolve_kyb_review create_kyb_check resolve_kyb_review
        create_risk_assessment create_payment create_risk_assessment
        list_payments create_payment list_payments
        list_payments create_refund list_payments
        list_payments create_dispute list_payments
        list_disputes create_dispute list_disputes
        list_transfers create_transfer list_transfers
        list_payouts create_payout list_payouts
        list_messages send_sms list_messages
        create_pre_arbitration create_dispute create_pre_arbitration
        create_arbitration create_dispute create_arbitration
        submit_dispute_evidence create_dispute submit_dispute_evidence
        accept_dispute create_dispute accept_dispute
        create_card_authorization create_payment create_card_authorization
        create_payment create_card_authorization create_card_authorization
        replay_webhook trigger_event replay_webhook
        replay_request replay_webhook replay_webhook
        create_webhook_endpoint create_payment create_webhook_endpoint
        create_webhook_endpoint create_refund create_webhook_endpoint
        create_webhook_endpoint create_dispute create_webhook_endpoint
        create_webhook_endpoint create_payout create_webhook_endpoint
        create_webhook_endpoint create_transfer create_webhook_endpoint
        recall_transfer create_transfer recall_transfer
        reverse_transfer create_transfer reverse_transfer
        represent_transfer create_transfer represent_transfer
        create_mandate create_transfer create_mandate
        run_batch create_payout run_batch
        run_batch create_transfer run_batch
        confirm_payment create_payment confirm_payment
        create_refund create_dispute create_dispute
        """
}
