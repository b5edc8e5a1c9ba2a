/// The answer of a 3-D Secure 2 authentication: `transStatus`.
enum TransactionStatus: String, Sendable, Hashable, CaseIterable {
    case authenticated = "Y"
    case attempted = "A"
    case notAuthenticated = "N"
    case unavailable = "U"
    case challenge = "C"
    case decoupled = "D"
    case rejected = "R"
    case informational = "I"
    /// A challenge by Secure Payment Confirmation, since version 2.3.
    case securePaymentChallenge = "S"

    /// Whether the payer has something to do before it is decided.
    var isPending: Bool {
        switch self {
        case .challenge, .decoupled, .securePaymentChallenge: true
        case .authenticated, .attempted, .notAuthenticated, .unavailable, .rejected, .informational:
            false
        }
    }

    /// Whether a merchant goes on to ask the issuer for the money.
    var allowsAuthorisation: Bool {
        switch self {
        case .authenticated, .attempted, .unavailable, .informational: true
        case .notAuthenticated, .rejected, .challenge, .decoupled, .securePaymentChallenge: false
        }
    }

    /// Whether the issuer bears the loss if the payment turns out to be fraud.
    var shiftsLiability: Bool { self == .authenticated || self == .attempted }

    /// Electronic commerce indicator; nil while it is pending.
    func commerceIndicator(_ brand: CardBrand) -> String? {
        guard !isPending else { return nil }
        let isMastercard = brand == .mastercard
        return switch self {
        case .authenticated: isMastercard ? "02" : "05"
        case .attempted: isMastercard ? "01" : "06"
        case .informational: isMastercard ? "04" : "07"
        case .notAuthenticated, .unavailable, .rejected: isMastercard ? "00" : "07"
        case .challenge, .decoupled, .securePaymentChallenge: nil
        }
    }
}

/// Why an authentication ended as it did: `transStatusReason`, two digits.
struct StatusReason: Sendable, Hashable {
    let code: String
    let meaning: String
    /// The answer that it usually goes with.
    let status: TransactionStatus

    private init(_ code: String, _ meaning: String, _ status: TransactionStatus = .notAuthenticated)
    {
        self.code = code
        self.meaning = meaning
        self.status = status
    }

    static let all: [StatusReason] = [
        StatusReason("01", "card authentication failed"),
        StatusReason("02", "unknown device"),
        StatusReason("03", "unsupported device"),
        StatusReason("04", "frequency limit exceeded"),
        StatusReason("05", "expired card"),
        StatusReason("06", "invalid card number"),
        StatusReason("07", "invalid transaction"),
        StatusReason("08", "no card record"),
        StatusReason("09", "security failure"),
        StatusReason("10", "stolen card", .rejected),
        StatusReason("11", "suspected fraud", .rejected),
        StatusReason("12", "not permitted to cardholder"),
        StatusReason("13", "cardholder not enrolled", .unavailable),
        StatusReason("14", "access control server timed out", .unavailable),
        StatusReason("15", "low confidence"),
        StatusReason("16", "medium confidence"),
        StatusReason("17", "high confidence", .authenticated),
        StatusReason("18", "very high confidence", .authenticated),
        StatusReason("19", "too many challenges"),
        StatusReason("20", "non-payment transaction not supported"),
        StatusReason("21", "requestor-initiated transaction not supported"),
        StatusReason("22", "technical issue of the access control server", .unavailable),
        StatusReason("23", "decoupled authentication required but not asked for"),
        StatusReason("24", "decoupled authentication ran out of time"),
        StatusReason("25", "too little time for decoupled authentication"),
        StatusReason("26", "authentication tried but not carried out by the cardholder"),
    ]

    static func named(_ code: String) -> StatusReason? { all.first { $0.code == code } }
}
