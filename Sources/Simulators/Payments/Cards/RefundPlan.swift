/// How a refund will go, as a scenario or the payment's card asks for it.
enum RefundPlan: String, Sendable, Hashable, CaseIterable {
    /// Stays open until it is cancelled.
    case refundPending = "refund_pending"
    /// Open at first, fails after three days.
    case refundFailed = "refund_failed"
    /// Succeeds, and comes back after three days.
    case refundFailsLater = "refund_fails_later"
    /// Open at first, succeeds after three days.
    case refundSucceedsLater = "refund_succeeds_later"

    var summary: String {
        switch self {
        case .refundPending: "A refund stays open until it is cancelled."
        case .refundFailed: "A refund is open at first and fails after three days."
        case .refundFailsLater: "A refund succeeds, and its money comes back after three days."
        case .refundSucceedsLater: "A refund is open at first and succeeds after three days."
        }
    }

    var isPendingAtFirst: Bool { self != .refundFailsLater }
}
