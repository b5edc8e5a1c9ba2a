/// All that acquirer and issuer look at when a payment asks for money.
struct AuthorisationRequest: Sendable, Hashable {
    var amount: Int64
    var currency: String
    var brand: CardBrand
    /// First day after the card's last month, as year × 12 + month - 1; compared with ``month``.
    var expiryMonth: Int
    /// The virtual month of the call, counted likewise.
    var month: Int
    var address: AddressCheck?
    var securityCode: SecurityCodeCheck
    var limits = CardLimits()
    /// Payments and money of the last virtual day, with this card, before this one.
    var paymentsToday = 0
    var amountToday: Int64 = 0
    /// ISO 18245, four digits.
    var merchantCategory: String?
    var merchantRisk: MerchantRisk = .normal
    var cardRiskPoints = 0
    var isBlockListed = false
    /// A provider's score; nil where our own rules are to score it.
    var providedScore: RiskScore?
    /// Whether the merchant takes less than it asked for.
    var acceptsPart = false
    /// What a scenario, a test card or an amount wants the issuer to say.
    var answer: String?
    /// The advice with it; the usual one for the answer when nil.
    var advice: MerchantAdvice?
    /// The decline behind ``answer`` where its name is more exact than the code's.
    var decline: Decline?

    /// What our own rules make of it.
    var ownScore: RiskScore {
        RiskScore(merchant: merchantRisk, cardPoints: cardRiskPoints, amountMajor: amountMajor)
    }

    var amountMajor: Int64 { amount / Currencies.minorPerMajor(currency) }
}
