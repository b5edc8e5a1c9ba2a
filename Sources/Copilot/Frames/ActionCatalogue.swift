/// What each action takes, from the vocabulary's § 3: its family, whether it moves money, what it
/// follows, and its parameters.
package enum ActionCatalogue {
    package struct Entry: Sendable {
        package let action: String
        /// Actions of one family share outcomes.
        package let family: String
        /// `always`: an amount must be known; `optional`: taken if named.
        let money: Money
        /// The `ask` name of what it acts upon; nil for actions that stand alone.
        let follows: String?
        package let params: Set<String>
    }

    enum Money: Sendable { case none, optional, always }

    /// All action names, in the vocabulary's order.
    package static let names: [String] = rows.map(\.action)

    /// The entry of an action; the lexicon names no other, so a missing one is our own mistake.
    package static func entry(_ action: String) -> Entry {
        guard let entry = byName[action] else { preconditionFailure("no action \(action)") }
        return entry
    }

    /// Whether an action, known or a mere verb, has a parameter.
    static func takes(_ key: String, _ action: String) -> Bool {
        byName[action]?.params.contains(key) ?? false
    }

    private static let byName = Dictionary(uniqueKeysWithValues: rows.map { ($0.action, $0) })

    private static let rows: [Entry] = table.split(separator: "\n").map { line in
        let columns = line.split(separator: " ").map(String.init)
        return Entry(
            action: columns[0], family: columns[1],
            money: columns[2] == "!" ? .always : columns[2] == "?" ? .optional : .none,
            follows: columns[3] == "-" ? nil : columns[3], params: Set(columns.dropFirst(4)))
    }

    // action · family · money (! always, ? optional, - none) · follows · parameters
    private static let table = """
        create_payment payment ! - amount currency settlement_currency cross_currency card_brand payment_method customer country description idempotency_key off_session
        authorize_payment payment ! - amount currency settlement_currency cross_currency card_brand payment_method customer country description idempotency_key off_session
        increment_authorization capture ! payment amount currency payment
        capture_payment capture ! payment amount currency final payment
        cancel_payment cancel - payment cancellation_reason payment
        confirm_payment payment - payment payment_method card_brand payment
        verify_card payment - - card_brand currency
        attach_card card - - customer card_brand
        detach_card card - - payment_method
        create_payment_link link ! - amount currency description
        create_refund refund ! payment amount currency refund_reason payment
        cancel_refund refund - refund refund
        create_deposit deposit ! - amount currency method
        list_payments list - - status since until currency customer limit
        get_payment list - payment payment
        get_balance list - - account currency
        create_dispute dispute ? payment amount currency dispute_reason network_reason_code payment
        submit_dispute_evidence evidence - dispute evidence_type dispute
        accept_dispute evidence - dispute dispute
        answer_inquiry evidence - dispute evidence_type dispute
        create_pre_arbitration pre_arbitration ? dispute amount currency dispute
        create_arbitration arbitration ? dispute amount currency dispute
        list_disputes list - - status since limit
        issue_card issuing - - customer card_type currency
        activate_card issuing - - card
        block_card issuing - - card block_reason
        unblock_card issuing - - card block_reason
        replace_card issuing - - card block_reason
        set_card_limit issuing ! - amount currency limit_period card
        provision_wallet_token wallet - - wallet card
        create_card_authorization payment ! - amount currency merchant_category country entry_mode card
        reverse_card_authorization issuing ? - amount currency
        create_transfer transfer ! - amount currency rail direction destination_country account mandate effective_date sec_code description
        cancel_transfer cancel - transfer transfer
        recall_transfer recall - transfer recall_reason transfer
        reverse_transfer recall ? transfer amount currency transfer
        represent_transfer transfer - transfer transfer
        create_mandate mandate - - rail customer mandate_type
        cancel_mandate mandate - - mandate
        link_bank_account account - - country customer account
        verify_bank_account account - - verification_method
        create_payout payout ! - amount currency destination speed destination_country
        cancel_payout cancel - payout payout
        list_transfers list - - status since rail limit
        list_payouts list - - status since rail limit
        upload_payment_file file - - format
        create_statement statement - - format since account
        run_batch batch - - batch
        create_fx_quote fx ! - amount sell_currency buy_currency amount_side valid_for
        create_fx_conversion fx ! - amount sell_currency buy_currency amount_side quote
        create_subscription subscription ! - amount currency interval interval_count trial customer
        change_subscription subscription ? subscription amount currency interval proration subscription
        pause_subscription subscription - subscription subscription
        resume_subscription subscription - subscription subscription
        cancel_subscription subscription - subscription at_period_end subscription
        create_invoice invoice ! - amount currency customer due_in
        pay_invoice payment - - invoice
        void_invoice invoice - - invoice
        create_customer customer - - name email phone country date_of_birth note
        update_customer customer - customer customer name email phone country date_of_birth note
        delete_customer customer - customer customer
        create_kyc_check kyc - - check document_type rejection_reason list minimum_age date_of_birth country customer
        resolve_kyc_review kyc_review - - note
        resubmit_document document - - document_type
        rescreen_customer kyc - - list customer
        create_kyb_check kyb - - business_name owners country registration_number rejection_reason
        resolve_kyb_review kyb_review - - note
        add_business_owner kyb - - name share_percent
        create_risk_assessment risk - - customer payment
        resolve_aml_alert aml - - note
        send_sms sms - - to from body country time_zone local_time send_at delivery_delay category
        receive_sms inbound - - body from
        send_whatsapp whatsapp - - to from body country time_zone local_time send_at delivery_delay category template
        send_email email - - to subject body template send_at
        send_push push - - to body
        create_call call - - to from body
        cancel_message cancel - - message
        create_opt_out opt_out - - to channel
        delete_opt_out opt_out - - to channel
        register_sender sender - - from country
        create_verification verification - - channel to code_length valid_for
        check_verification code - - code
        list_messages list - - status since to limit
        create_webhook_endpoint endpoint - - url events signature_scheme
        update_webhook_endpoint endpoint - - endpoint url events
        delete_webhook_endpoint endpoint - - endpoint
        rotate_webhook_secret endpoint - - endpoint
        trigger_event event - - event_type object
        replay_webhook replay - event event_id delivery_id which since endpoint
        requeue_dead_letters replay - - endpoint since
        list_events list - - event_type since limit
        replay_request request - request request_id which contract_version
        explain_request request - request request_id which
        list_requests list - - status since path limit
        advance_time clock - - duration business_days until_event
        freeze_time clock - - x
        resume_time clock - - x
        reset_sandbox sandbox - - to
        create_checkpoint sandbox - - label
        restore_checkpoint sandbox - checkpoint checkpoint
        fork_sandbox sandbox - - label
        apply_pack sandbox - - pack volume seed
        remove_pack sandbox - - pack
        set_flag sandbox - - entity flag value
        mount_contract sandbox - - contract contract_version
        run_journey sandbox - - journey run from_step
        rerun_journey sandbox - - journey run from_step
        request_token token - - grant_type scope client_id
        revoke_token token - - token
        create_api_key key - - label
        rotate_api_key key - - key
        revoke_api_key key - - key
        """
}
