/// Why a card was declined, as the merchant is told: the processor-style name with the network's
/// answer behind it, and the words for the developer.
struct Decline: Sendable, Hashable {
    /// `decline_code` of the answer, one of the set in use in the field.
    let code: String
    /// ISO 8583 field 39 with Visa's letters.
    let networkCode: String
    /// For the developer. What may be shown to a cardholder is ``shownToCardholder``.
    let message: String

    init(_ code: String, _ networkCode: String, _ message: String) {
        self.code = code
        self.networkCode = networkCode
        self.message = message
    }

    /// The decline that an issuer's answer leads to; nil for an approval.
    init?(_ answer: NetworkCode) {
        guard let code = answer.declineCode, let usual = Decline.named(code) else { return nil }
        self.init(code, answer.code, usual.message)
    }

    static func named(_ code: String) -> Decline? { byCode[code] }

    private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })

    /// Lost, stolen and suspected fraud are never told to the person at the till.
    var shownToCardholder: String {
        Self.secrets.contains(code) ? Self.all[0].message : message
    }

    private static let secrets: Set<String> = [
        "lost_card", "stolen_card", "pickup_card", "fraudulent", "restricted_card",
        "security_violation", "merchant_blacklist",
    ]
}
