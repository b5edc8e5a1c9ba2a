import Contracts

/// Plain words for how things end, made precise by what they are said of: a payment that fails is
/// declined, a transfer for want of money is returned with R01.
enum OutcomeTable {
    /// The scenario of an outcome for an action. "" is the good outcome; nil: the word says nothing
    /// about this action.
    static func scenario(_ outcome: String, of frame: Frame) -> String? {
        if ["ok"].contains(outcome), rows[frame.entry.family]?["ok"] == nil { return "" }
        if frame.entry.family == "transfer" {
            let rail = frame.params["rail"]?.string ?? ""
            for name in railNames(rail) {
                if let found = rows[name]?[outcome] { return found }
            }
        }
        return rows[frame.action]?[outcome] ?? rows[frame.entry.family]?[outcome] ?? any[outcome]
    }

    /// The scenario that a topic of the sentence gives an outcome: "3DS" and "fails".
    static func scenario(_ outcome: String, topic: String) -> String? {
        rows["topic:\(topic)"]?[outcome]
    }

    /// What follows when a second outcome is said of the same step: review, then approved.
    static func combined(_ scenario: String, _ outcome: String) -> String? {
        rows["then:\(scenario)"]?[outcome]
    }

    /// The family that a scenario belongs to, and the action it implies where the text names none.
    static func home(of scenario: String) -> (families: [String], action: String)? {
        for (prefix, families, action) in homes where scenario.hasPrefix(prefix) {
            return (families, action)
        }
        return nil
    }

    /// Outcomes that say no cause; a cause said as well replaces them.
    static let generic: Set<String> = ["fail", "decline", "ok", "return", "pending"]

    /// The step that an outcome implies where the text names none: only messages are unsubscribed from.
    static func impliedAction(_ outcome: String) -> String? {
        switch outcome {
        case "opted_out", "unreachable", "landline": "send_sms"
        case "no_funds", "old": "create_payment"
        case "listed": "create_kyc_check"
        default: nil
        }
    }

    private static func railNames(_ rail: String) -> [String] {
        if rail.hasPrefix("ach") { return ["rail:ach"] }
        if rail.hasPrefix("sepa") { return ["rail:sepa"] }
        return rail == "bacs" ? ["rail:bacs"] : ["rail:other"]
    }

    private static let any: [String: String] = [
        "timeout": "timeout", "rate_limited": "rate_limited", "validation": "validation_error",
        "not_found": "not_found", "no_right": "permission_denied",
        "key_conflict": "idempotency_conflict",
    ]

    private static let rows: [String: [String: String]] = {
        var rows: [String: [String: String]] = [:]
        for line in table.split(separator: "\n") {
            let halves = line.split(separator: "|")
            var row: [String: String] = [:]
            for pair in halves[1].split(separator: " ") {
                let parts = pair.split(separator: "=", omittingEmptySubsequences: false).map(
                    String.init)
                row[parts[0]] = parts[1]
            }
            rows[halves[0].trimmingSpaces] = row
        }
        return rows
    }()

    private static let table = """
        payment | fail=card_declined decline=card_declined no_funds=insufficient_funds \
        old=expired_card expire=expired_card too_late=expired_card wrong_number=incorrect_number \
        stopped=stop_payment_order withdrawn=revocation_of_authorization \
        duplicate=duplicate_transaction blocked=fraud_blocked review=fraud_review \
        limit=card_velocity_exceeded unavailable=issuer_not_available partial=partial_approval \
        lost=lost_card aml=aml_alert error=processing_error late=settlement_delayed \
        frozen=restricted_card unsupported=card_not_supported
        authorize_payment | expire=authorization_expired too_late=authorization_expired
        confirm_payment | fail=card_declined
        capture | fail=capture_failed decline=capture_failed exceeds=capture_exceeds_authorization \
        expire=authorization_expired
        refund | fail=refund_failed decline=refund_failed pending=refund_pending \
        late=refund_pending exceeds=refund_exceeds_payment duplicate=refund_duplicate \
        too_late=refund_window_closed closed=refund_failed error=refund_failed \
        return=refund_failed expire=refund_window_closed
        dispute | win=dispute_won ok=dispute_won lose=dispute_lost fail=dispute_lost \
        decline=dispute_lost giveup=dispute_accepted expire=dispute_expired \
        too_late=dispute_expired withdrawn=dispute_withdrawn prevented=dispute_prevented
        evidence | ok= 
        pre_arbitration | win=pre_arbitration_won ok=pre_arbitration_won lose=pre_arbitration_lost \
        fail=pre_arbitration_lost decline=pre_arbitration_lost
        arbitration | win=arbitration_won ok=arbitration_won lose=arbitration_lost \
        fail=arbitration_lost decline=arbitration_lost
        wallet | frozen=token_suspended fail=token_suspended blocked=token_suspended
        issuing | return=card_shipment_returned
        rail:ach | no_funds=ach_return_R01 closed=ach_return_R02 wrong_number=ach_return_R03 \
        not_found=ach_return_R03 unreadable=ach_return_R04 stopped=ach_return_R08 \
        unauthorized=ach_return_R10 unauthorized_company=ach_return_R29 withdrawn=ach_return_R07 \
        frozen=ach_return_R16 blocked=ach_return_R16 deceased=ach_return_R15 \
        duplicate=ach_return_R24 contested=ach_return_dishonored
        rail:sepa | no_funds=sepa_return_AM04 closed=sepa_return_AC04 \
        wrong_number=sepa_return_AC01 not_found=sepa_return_AC01 stopped=sepa_return_MS02 \
        unauthorized=sepa_return_MD01 withdrawn=sepa_return_MD01 no_mandate=sepa_return_MD01 \
        frozen=sepa_return_AC06 blocked=sepa_return_AC06 deceased=sepa_return_MD07 \
        duplicate=sepa_return_AM05 on_wish=sepa_return_MD06
        rail:bacs | no_funds=bacs_return_0
        rail:other | no_funds=insufficient_balance wrong_number=invalid_account_number \
        not_found=invalid_account_number closed=account_closed
        transfer | review=compliance_hold held=compliance_hold sanctions=compliance_rejected \
        limit=limit_exceeded name=beneficiary_name_mismatch cutoff=cutoff_missed aml=aml_alert
        deposit | aml=aml_alert fail=card_declined
        payout | no_funds=insufficient_balance closed=account_closed \
        wrong_number=invalid_account_number not_found=invalid_account_number \
        return=payout_returned fail=payout_returned decline=payout_returned late=payout_delayed \
        pending=payout_delayed held=compliance_hold review=compliance_hold \
        sanctions=compliance_rejected limit=limit_exceeded name=beneficiary_name_mismatch \
        cutoff=cutoff_missed aml=aml_alert
        recall | ok=sepa_recall_accepted fail=sepa_recall_refused decline=sepa_recall_refused
        mandate | fail=mandate_rejected decline=mandate_rejected
        account | fail=micro_deposits_wrong name=beneficiary_name_mismatch \
        wrong_number=invalid_account_number
        fx | expire=quote_expired too_late=quote_expired unsupported=pair_not_supported \
        moved=rate_moved no_funds=insufficient_balance
        subscription | fail=renewal_fails decline=renewal_fails no_funds=renewal_fails \
        recover=renewal_recovers
        invoice | too_late=invoice_overdue late=invoice_overdue expire=invoice_overdue \
        unpaid=invoice_overdue
        kyc | fail=kyc_rejected decline=kyc_rejected review=kyc_manual_review pending=kyc_pending \
        expire=kyc_expired cancel=kyc_canceled resubmit=kyc_resubmission_required \
        sanctions=kyc_watchlist_hit listed=kyc_watchlist_hit held=kyc_manual_review \
        too_old=document_too_old too_young=age_check_failed
        kyb | fail=kyb_rejected decline=kyb_rejected review=kyb_manual_review pending=kyb_pending \
        missing=kyb_missing_documents held=kyb_manual_review dissolved=kyb_company_dissolved \
        name=kyb_name_conflict
        kyc_review | ok=kyc_review_cleared fail=kyc_review_rejected decline=kyc_review_rejected
        kyb_review | ok=kyb_review_cleared fail=kyb_review_rejected decline=kyb_review_rejected
        aml | ok=aml_alert_closed reported=aml_alert_reported
        risk | high=risk_high medium=risk_medium fail=risk_high review=risk_medium
        sms | opted_out=opted_out rate_limited=throttled unreachable=carrier_error_30003 \
        blocked=carrier_error_30004 not_found=carrier_error_30005 \
        wrong_number=message_rejected_21211 landline=carrier_error_30006 spam=carrier_error_30007 \
        too_long=message_rejected_21617 fail=carrier_error_30003 return=carrier_error_30003
        whatsapp | opted_out=opted_out rate_limited=throttled unreachable=carrier_error_30003 \
        window=service_window_closed
        email | fail=hard_bounce return=hard_bounce bounce=hard_bounce not_found=hard_bounce \
        opted_out=opted_out full=soft_bounce spam=spam_complaint rate_limited=throttled
        push | opted_out=opted_out rate_limited=throttled
        call | busy=line_busy unanswered=no_answer voicemail=voicemail_reached \
        rate_limited=throttled
        verification | rate_limited=throttled opted_out=opted_out
        code | fail=wrong_code decline=wrong_code wrong=wrong_code expire=expired too_late=expired \
        locked=max_attempts_reached
        endpoint | fail=endpoint_error unavailable=endpoint_unreachable error=endpoint_error
        token | expire=token_expired
        request | fail=
        topic:3ds | ok=three_ds_challenge_succeeded fail=three_ds_failed decline=three_ds_failed \
        abandon=three_ds_abandoned timeout=three_ds_timeout expire=three_ds_timeout \
        too_late=three_ds_timeout unavailable=three_ds_unavailable rejected=three_ds_rejected
        topic:clearing | fail=clearing_rejected decline=clearing_rejected return=clearing_rejected \
        error=clearing_rejected
        topic:renewal | fail=renewal_fails decline=renewal_fails no_funds=renewal_fails \
        recover=renewal_recovers ok=
        topic:compliance | held=compliance_hold pending=compliance_hold fail=compliance_rejected \
        decline=compliance_rejected blocked=compliance_rejected
        topic:owner | fail=kyb_owner_rejected decline=kyb_owner_rejected \
        sanctions=kyb_owner_watchlist_hit listed=kyb_owner_watchlist_hit
        topic:inquiry | withdrawn=inquiry_withdrawn expire=dispute_expired
        topic:pin | fail=incorrect_pin wrong=incorrect_pin locked=pin_try_exceeded
        topic:amount | decline=invalid_amount
        then:kyc_manual_review | ok=kyc_manual_review_then_approved \
        fail=kyc_manual_review_then_rejected decline=kyc_manual_review_then_rejected
        then:three_ds_challenge_succeeded | fail=three_ds_succeeded_then_declined \
        decline=three_ds_succeeded_then_declined no_funds=three_ds_succeeded_then_declined
        then:inquiry_escalated | win=dispute_won lose=dispute_lost
        then:renewal_fails | ok=renewal_recovers recover=renewal_recovers
        """

    private static let homes: [(String, [String], String)] = [
        ("three_ds", ["payment"], "create_payment"), ("dispute_", ["dispute"], "create_dispute"),
        ("inquiry_", ["dispute"], "create_dispute"), ("refund_", ["refund"], "create_refund"),
        ("kyc_", ["kyc"], "create_kyc_check"), ("age_", ["kyc"], "create_kyc_check"),
        ("document_", ["kyc"], "create_kyc_check"), ("kyb_", ["kyb"], "create_kyb_check"),
        ("ach_", ["transfer"], "create_transfer"), ("sepa_return", ["transfer"], "create_transfer"),
        ("sepa_recall", ["recall"], "recall_transfer"), ("bacs_", ["transfer"], "create_transfer"),
        ("payout_", ["payout"], "create_payout"), ("quote_", ["fx"], "create_fx_quote"),
        ("rate_moved", ["fx"], "create_fx_conversion"), ("pair_", ["fx"], "create_fx_quote"),
        ("renewal_", ["subscription"], "create_subscription"),
        ("second_renewal", ["subscription"], "create_subscription"),
        ("third_renewal", ["subscription"], "create_subscription"),
        ("trial_", ["subscription"], "create_subscription"),
        ("invoice_", ["invoice"], "create_invoice"), ("carrier_", ["sms", "whatsapp"], "send_sms"),
        ("message_", ["sms", "whatsapp"], "send_sms"), ("quiet_", ["sms", "whatsapp"], "send_sms"),
        ("opted_out", ["sms", "whatsapp", "email", "push", "call", "verification"], "send_sms"),
        ("throttled", ["sms", "whatsapp", "email", "push", "call", "verification"], "send_sms"),
        ("sender_", ["sms", "whatsapp", "verification"], "send_sms"),
        ("template_", ["whatsapp"], "send_whatsapp"),
        ("service_", ["whatsapp"], "send_whatsapp"), ("hard_bounce", ["email"], "send_email"),
        ("soft_bounce", ["email"], "send_email"), ("spam_", ["email"], "send_email"),
        ("no_answer", ["call"], "create_call"),
        ("line_busy", ["call"], "create_call"), ("voicemail", ["call"], "create_call"),
        ("wrong_code", ["code"], "check_verification"),
        ("max_attempts", ["code"], "check_verification"),
        ("compliance", ["transfer", "payout"], "create_transfer"),
        ("insufficient_balance", ["payout", "transfer", "fx"], "create_payout"),
        ("beneficiary", ["transfer", "payout", "account"], "create_transfer"),
        ("limit_exceeded", ["transfer", "payout"], "create_transfer"),
        ("cutoff", ["transfer", "payout"], "create_transfer"),
        ("mandate_", ["mandate"], "create_mandate"),
        ("micro", ["account"], "verify_bank_account"), ("capture_", ["capture"], "capture_payment"),
        ("authorization_expired", ["payment"], "authorize_payment"),
        ("pre_arb", ["pre_arbitration"], "create_pre_arbitration"),
        ("arbitration", ["arbitration"], "create_arbitration"),
        ("aml_alert_", ["aml"], "resolve_aml_alert"),
        ("aml_alert", ["payment", "deposit", "payout", "transfer"], "create_payment"),
        ("risk_", ["risk"], "create_risk_assessment"),
        ("endpoint_", ["endpoint", "event", "replay"], "trigger_event"),
        ("signature", ["endpoint", "event", "replay"], "trigger_event"),
        ("retries", ["endpoint", "event", "replay"], "trigger_event"),
        ("token_suspended", ["wallet"], "provision_wallet_token"),
        ("card_shipment", ["issuing"], "issue_card"), ("token_", ["token"], "request_token"),
        ("scope_", ["token"], "request_token"),
        ("", ["payment"], "create_payment"),
    ]
}

extension Substring {
    /// Without the spaces at both ends.
    var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
