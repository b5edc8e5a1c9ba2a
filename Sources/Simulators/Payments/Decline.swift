/// Why an issuer or the network declines a card: our name, the network's answer, and the words for
/// the developer. Names are those of the processor-style set in use in the field; codes are ISO
/// 8583 field 39 with Visa's letters.
struct Decline: Sendable, Hashable {
    /// `decline_code` of the answer; also the scenario's name unless `aliases` has another.
    let code: String
    /// ISO 8583 field 39.
    let networkCode: String
    /// For the developer. What may be shown to a cardholder is `shownToCardholder`.
    let message: String
    /// Whether trying again with the same card can help.
    let isRetryable: Bool

    private init(_ code: String, _ networkCode: String, retry: Bool = false, _ message: String) {
        self.code = code
        self.networkCode = networkCode
        self.message = message
        isRetryable = retry
    }
}

extension Decline {
    /// Every cause that a card payment can be declined for.
    static let all: [Decline] = [
        Decline("generic_decline", "05", retry: true, "The card was declined without a reason."),
        Decline("insufficient_funds", "51", retry: true, "The card has insufficient funds."),
        Decline("expired_card", "54", "The card has expired."),
        Decline("incorrect_cvc", "N7", retry: true, "The card's security code is incorrect."),
        Decline("incorrect_number", "14", "The card number is incorrect."),
        Decline("incorrect_pin", "55", retry: true, "The PIN is incorrect."),
        Decline("pin_try_exceeded", "75", "The PIN was entered wrongly too often."),
        Decline("incorrect_zip", "6P", retry: true, "The postal code does not match."),
        Decline("lost_card", "41", "The card was reported lost."),
        Decline("stolen_card", "43", "The card was reported stolen."),
        Decline("pickup_card", "04", "The issuer wants the card to be kept."),
        Decline("restricted_card", "62", "The card's use is restricted."),
        Decline("do_not_honor", "05", retry: true, "The issuer declined without a reason."),
        Decline("call_issuer", "01", retry: true, "The cardholder should call the issuer."),
        Decline("card_velocity_exceeded", "65", retry: true, "The card was used too often."),
        Decline("card_not_supported", "57", "The card does not support this purchase."),
        Decline("currency_not_supported", "12", "The card does not support this currency."),
        Decline("transaction_not_allowed", "57", "The issuer does not permit this payment."),
        Decline("security_violation", "63", "The issuer saw a security violation."),
        Decline("duplicate_transaction", "94", "The same payment was made moments ago."),
        Decline("invalid_amount", "13", "The issuer does not accept this amount."),
        Decline("issuer_not_available", "91", retry: true, "The issuer could not be reached."),
        Decline("try_again_later", "19", retry: true, "The issuer asks to try again later."),
        Decline("authentication_required", "1A", retry: true, "The issuer wants 3-D Secure."),
        Decline("stop_payment_order", "R0", "The cardholder stopped this payment."),
        Decline("revocation_of_authorization", "R1", "The cardholder revoked the authorisation."),
        Decline("processing_error", "96", retry: true, "The processor could not handle the card."),
        Decline("fraudulent", "59", "The issuer suspects fraud."),
    ]

    private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })

    static func named(_ code: String) -> Decline? { byCode[code] }

    /// Scenario names that differ from the decline's own.
    private static let aliases = [
        "card_declined": "generic_decline", "fraud_suspected": "fraudulent",
    ]

    static func ofScenario(_ name: String) -> Decline? { named(aliases[name] ?? name) }

    /// Scenarios that decline a card, by the names of the planner's vocabulary.
    static let scenarioNames: [String] =
        aliases.keys.sorted() + all.map(\.code).filter { !aliases.values.contains($0) }

    /// Lost, stolen and suspected fraud are never told to the person at the till.
    var shownToCardholder: String {
        ["lost_card", "stolen_card", "pickup_card", "fraudulent"].contains(code)
            ? Self.all[0].message : message
    }
}
