// The common subset of ISO 8583 field 39 and Visa's letters.
extension NetworkCode {
    /// As most schemes mean them, sorted.
    static let all: [NetworkCode] = digits + letters

    private static let digits: [NetworkCode] = [
        approved("00", "approved"),
        declined("01", "refer to issuer", .generic, "call_issuer", .refer),
        declined("02", "refer to issuer, special condition", .generic, "call_issuer", .refer),
        declined("03", "invalid merchant", .later, "service_not_allowed"),
        declined("04", "pick up card", .never, "pickup_card", .pickUp),
        declined("05", "do not honour", .generic, "do_not_honor"),
        declined("06", "error", .generic, "processing_error"),
        declined("07", "pick up card, special condition", .never, "pickup_card", .pickUp),
        declined("08", "honour with identification", .generic, "approve_with_id"),
        NetworkCode(
            code: "10", meaning: "partial approval", action: .approvePart, retry: .none,
            declineCode: nil),
        approved("11", "approved, VIP"),
        declined("12", "invalid transaction", .never, "transaction_not_allowed"),
        declined("13", "invalid amount", .generic, "invalid_amount"),
        declined("14", "invalid card number", .never, "incorrect_number"),
        declined("15", "no such issuer", .never, "invalid_number"),
        declined("19", "re-enter transaction", .later, "reenter_transaction"),
        declined("21", "no action taken", .generic, "no_action_taken"),
        declined("25", "cannot locate record", .generic, "generic_decline"),
        declined("28", "file unavailable", .generic, "try_again_later"),
        declined("30", "format error", .generic, "processing_error"),
        declined("39", "no credit account", .later, "invalid_account"),
        declined("41", "lost card, pick up", .never, "lost_card", .pickUp),
        declined("43", "stolen card, pick up", .never, "stolen_card", .pickUp),
        declined("46", "closed account", .never, "invalid_account"),
        declined("51", "insufficient funds", .later, "insufficient_funds"),
        declined("52", "no checking account", .later, "invalid_account"),
        declined("53", "no savings account", .later, "invalid_account"),
        declined("54", "expired card", .fixData, "expired_card"),
        declined("55", "wrong PIN", .fixData, "incorrect_pin"),
        declined("57", "not permitted to cardholder", .never, "transaction_not_allowed"),
        declined("58", "not permitted to terminal", .generic, "service_not_allowed"),
        declined("59", "suspected fraud", .later, "fraudulent"),
        declined("61", "exceeds amount limit", .later, "card_velocity_exceeded"),
        declined("62", "restricted card", .later, "restricted_card"),
        declined("63", "security violation", .generic, "security_violation"),
        declined("64", "money-laundering rules are not met", .generic, "transaction_not_allowed"),
        declined("65", "exceeds frequency limit", .later, "card_velocity_exceeded"),
        declined("68", "response late", .generic, "issuer_not_available"),
        declined("70", "PIN data required", .fixData, "online_or_offline_pin_required"),
        declined("75", "PIN tries exceeded", .later, "pin_try_exceeded"),
        declined("76", "account mismatch", .generic, "invalid_account"),
        declined("77", "account mismatch", .generic, "invalid_account"),
        declined("78", "account not found", .later, "invalid_account"),
        declined("79", "account lifecycle", .fixData, "new_account_information_available"),
        declined("80", "invalid date", .generic, "invalid_expiry_year"),
        declined("81", "PIN encryption error", .generic, "invalid_pin"),
        declined("82", "negative CVV result", .fixData, "incorrect_cvc"),
        declined("83", "fraud or security", .generic, "fraudulent"),
        approved("85", "no reason to decline, verification"),
        declined("86", "cannot verify PIN", .later, "offline_pin_required"),
        declined("87", "purchase only, no cash back", .generic, "service_not_allowed"),
        declined("88", "cryptographic failure", .generic, "processing_error"),
        declined("91", "issuer or switch inoperative", .later, "issuer_not_available"),
        declined("92", "cannot be routed", .generic, "issuer_not_available"),
        declined("93", "violation of law", .later, "transaction_not_allowed"),
        declined("94", "duplicate transaction", .generic, "duplicate_transaction"),
        declined("95", "reconcile error", .generic, "processing_error"),
        declined("96", "system malfunction", .later, "processing_error"),
    ]

    private static let letters: [NetworkCode] = [
        declined(
            "1A", "strong customer authentication required", .fixData, "authentication_required"),
        declined(
            "5C", "transaction blocked by issuer for this service", .generic,
            "transaction_not_allowed"),
        declined("6P", "verification data failed", .fixData, "incorrect_zip"),
        declined("9G", "blocked by cardholder", .generic, "not_permitted"),
        declined("N3", "cash service unavailable", .later, "service_not_allowed"),
        declined("N4", "cash back over the limit", .later, "withdrawal_count_limit_exceeded"),
        declined("N7", "CVV2 failure", .fixData, "incorrect_cvc"),
        declined("N8", "exceeds pre-authorised amount", .generic, "invalid_amount"),
        declined("P5", "PIN unblock refused", .generic, "invalid_pin"),
        declined("P6", "PIN change refused", .generic, "invalid_pin"),
        declined("Q1", "card authentication failed", .generic, "security_violation"),
        declined("R0", "stop this payment", .never, "stop_payment_order"),
        declined("R1", "revoke this authorisation", .never, "revocation_of_authorization"),
        declined("R3", "revoke all authorisations", .never, "revocation_of_all_authorizations"),
        declined("Z3", "unable to go online, declined", .generic, "issuer_not_available"),
    ]

    /// Codes that one scheme uses for something else.
    static let ofOneBrand: [(brand: CardBrand, code: NetworkCode)] = [
        (.visa, declined("64", "original amount wrong", .generic, "invalid_amount")),
        (
            .mastercard,
            declined(
                "65", "soft decline, strong customer authentication required", .fixData,
                "authentication_required")
        ),
        (.mastercard, declined("70", "contact issuer", .generic, "call_issuer", .refer)),
        (.visa, declined("80", "credit issuer unavailable", .generic, "issuer_not_available")),
        (.mastercard, declined("82", "declined by policy", .generic, "do_not_honor")),
    ]
}
