/// Where a dispute stands: the states of its graph. The processor-style `status` and the `phase`
/// are functions of it.
enum DisputeStage: String, Sendable, Hashable, CaseIterable {
    /// The issuer has announced a dispute that a refund can still prevent.
    case alert
    case inquiryOpen = "inquiry_open"
    case inquiryReview = "inquiry_review"
    case inquiryClosed = "inquiry_closed"
    case chargebackOpen = "chargeback_open"
    case representment
    case preArbitrationOpen = "pre_arbitration_open"
    case preArbitrationReview = "pre_arbitration_review"
    case arbitrationOpen = "arbitration_open"
    case arbitrationReview = "arbitration_review"
    case won, lost, accepted, expired, withdrawn, prevented

    /// The status in the set that is in use in the field.
    var status: String {
        switch self {
        case .alert, .inquiryOpen: "warning_needs_response"
        case .inquiryReview: "warning_under_review"
        case .inquiryClosed: "warning_closed"
        case .chargebackOpen, .preArbitrationOpen, .arbitrationOpen: "needs_response"
        case .representment, .preArbitrationReview, .arbitrationReview: "under_review"
        case .won, .withdrawn: "won"
        case .lost, .accepted, .expired: "lost"
        case .prevented: "prevented"
        }
    }

    /// The phase that a new object in this stage begins with, or moves to; nil keeps the last one.
    var phase: DisputePhase? {
        switch self {
        case .alert: .alert
        case .inquiryOpen, .inquiryReview, .inquiryClosed: .inquiry
        case .chargebackOpen: .chargeback
        case .representment: .representment
        case .preArbitrationOpen, .preArbitrationReview: .preArbitration
        case .arbitrationOpen, .arbitrationReview: .arbitration
        case .won, .lost, .accepted, .expired, .withdrawn, .prevented: nil
        }
    }

    var isFinal: Bool { phase == nil || self == .inquiryClosed }

    /// Whether the merchant is asked for something, with a deadline.
    var awaitsMerchant: Bool {
        switch self {
        case .alert, .inquiryOpen, .chargebackOpen, .preArbitrationOpen, .arbitrationOpen: true
        case .inquiryReview, .inquiryClosed, .representment, .preArbitrationReview,
            .arbitrationReview, .won, .lost, .accepted, .expired, .withdrawn, .prevented:
            false
        }
    }
}

enum DisputePhase: String, Sendable, Hashable, CaseIterable {
    case alert, inquiry, chargeback, representment
    case preArbitration = "pre_arbitration"
    case arbitration

    /// What kind of case it is: Visa resolves alerts by rule, others block them; broken rules of
    /// the scheme are a matter of compliance.
    func caseType(_ brand: CardBrand, _ reason: DisputeReason) -> String {
        switch self {
        case .alert: brand == .visa ? "resolution" : "block"
        case .inquiry: "inquiry"
        case .chargeback, .representment, .preArbitration, .arbitration:
            reason == .noncompliant ? "compliance" : "chargeback"
        }
    }
}

/// Days that a merchant and an issuer have, by scheme. General knowledge of the field.
enum DisputeClock {
    /// Days after the payment in which a cardholder may dispute.
    static let cardholderDays = 120
    /// Days from the answer of one side to the decision of the other.
    static let decisionDays = 10

    /// Days for the merchant's answer in a phase.
    static func responseDays(_ phase: DisputePhase, _ brand: CardBrand) -> Int {
        switch phase {
        case .alert: 3
        case .inquiry: 20
        case .chargeback, .representment:
            switch brand {
            case .visa: 30
            case .mastercard: 45
            case .amex, .discover, .diners, .jcb, .unionpay, .unknown: 20
            }
        case .preArbitration: 30
        case .arbitration: 10
        }
    }
}
