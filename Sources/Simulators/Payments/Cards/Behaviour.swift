/// What a payment can be made to do, by scenario, by test card or by amount: one table for all
/// three, so that whatever one of them reaches the others do too.
struct Behaviour: Sendable, Hashable {
    enum Effect: Sendable, Hashable {
        case decline(Decline)
        /// An answer of field 39, which schemes may read differently.
        case network(String)
        /// Mastercard's advice with a decline 05.
        case advice(String)
        case address(AddressCheck)
        case securityCode(SecurityCodeCheck)
        case authentication(AuthenticationPlan)
        /// The card has limits that the issuer checks.
        case limits(CardLimits)
        /// Added to the risk score.
        case risk(Int)
        /// Held until somebody has looked at it.
        case review
        case blocked
        /// The hold runs out after an hour.
        case expiresSoon
        case captureFails
        case clearingRejected
        case settlement(SettlementSpeed)
        /// The issuer warns of fraud a day after the payment.
        case fraudWarning
        case dispute(DisputeReason, DisputePlan)
        case refund(RefundPlan)
    }

    /// The scenario's name, which is also the catalogue's for cards and amounts.
    let name: String
    let summary: String
    let effect: Effect

    init(_ name: String, _ effect: Effect, _ summary: String) {
        self.name = name
        self.effect = effect
        self.summary = summary
    }

    static func named(_ name: String) -> Behaviour? { byName[name] }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

/// When captured money becomes available.
enum SettlementSpeed: String, Sendable, Hashable {
    case atOnce, normal, delayed
}

/// What an issuer allows a card. Money is in major units, so that it means the same in every
/// currency.
struct CardLimits: Sendable, Hashable {
    /// The most that one payment may be; more is 51, or approved in part where that is taken.
    var perPayment: Int64?
    /// The most payments in a virtual day; more is 65.
    var paymentsPerDay: Int?
    /// The most in a virtual day; more is 61.
    var perDay: Int64?
    /// Merchant categories that the card is not for; 57.
    var barredCategories: Set<String> = []
}
