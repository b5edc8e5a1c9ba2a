/// Why a cardholder disputes, as the merchant is told.
enum DisputeReason: String, Sendable, Hashable, CaseIterable {
    case bankCannotProcess = "bank_cannot_process"
    case checkReturned = "check_returned"
    case creditNotProcessed = "credit_not_processed"
    case customerInitiated = "customer_initiated"
    case debitNotAuthorized = "debit_not_authorized"
    case duplicate
    case fraudulent
    case general
    case incorrectAccountDetails = "incorrect_account_details"
    case insufficientFunds = "insufficient_funds"
    case noncompliant
    case productNotReceived = "product_not_received"
    case productUnacceptable = "product_unacceptable"
    case subscriptionCanceled = "subscription_canceled"
    case unrecognized

    /// Evidence that answers the reason; any of it wins where no scenario says otherwise.
    var compellingEvidence: Set<DisputeEvidence> {
        switch self {
        case .productNotReceived: [.shippingProof, .serviceLog]
        case .productUnacceptable: [.refundPolicy, .customerCommunication]
        case .subscriptionCanceled: [.refundPolicy, .serviceLog, .customerCommunication]
        case .creditNotProcessed: [.refundPolicy, .receipt]
        case .duplicate: [.receipt]
        case .fraudulent, .unrecognized, .debitNotAuthorized, .noncompliant:
            [.shippingProof, .serviceLog, .receipt]
        case .bankCannotProcess, .checkReturned, .customerInitiated, .general,
            .incorrectAccountDetails, .insufficientFunds:
            [.receipt, .customerCommunication]
        }
    }
}

/// What a merchant can send to defend itself.
enum DisputeEvidence: String, Sendable, Hashable, CaseIterable {
    case receipt
    case shippingProof = "shipping_proof"
    case customerCommunication = "customer_communication"
    case refundPolicy = "refund_policy"
    case serviceLog = "service_log"
}

/// A scheme's own reason code.
struct NetworkReason: Sendable, Hashable {
    let brand: CardBrand
    let code: String
    let meaning: String
    let reason: DisputeReason

    static func named(_ code: String, brand: CardBrand) -> NetworkReason? {
        all.first { $0.brand == brand && $0.code == code }
    }

    /// The scheme's first code for a reason; its general one where it has none.
    static func usual(for reason: DisputeReason, brand: CardBrand) -> NetworkReason? {
        let own = all.filter { $0.brand == brand }
        return own.first { $0.reason == reason } ?? own.first { $0.reason == .general } ?? own.first
    }
}
