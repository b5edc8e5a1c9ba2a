/// Whether a declined payment may be tried again with the same card, in Visa's four categories.
enum RetryCategory: Int, Sendable, Hashable, CaseIterable {
    /// An approval: nothing to try again.
    case none = 0
    /// The issuer will never approve.
    case never = 1
    /// The issuer cannot approve now.
    case later = 2
    /// The data have to be corrected first.
    case fixData = 3
    case generic = 4

    /// Tries with one card within ``triesWindowDays``; Visa bounds categories 2 to 4 alike.
    var triesMax: Int {
        switch self {
        case .none, .never: 0
        case .later, .fixData, .generic: 15
        }
    }

    static let triesWindowDays = 30

    /// The word of the contract's `retry` member.
    var name: String {
        switch self {
        case .none: "none"
        case .never: "never"
        case .later: "later"
        case .fixData: "after_correction"
        case .generic: "allowed"
        }
    }
}

/// Mastercard's merchant advice code, which goes with an answer.
struct MerchantAdvice: Sendable, Hashable {
    /// Two digits.
    let code: String
    let meaning: String
    /// Hours to wait before the next try; nil where time is not the point.
    let retryAfterHours: Int?

    static let all: [MerchantAdvice] = [
        MerchantAdvice(
            code: "01", meaning: "new account information available", retryAfterHours: nil),
        MerchantAdvice(code: "02", meaning: "try again later", retryAfterHours: nil),
        MerchantAdvice(code: "03", meaning: "do not try again", retryAfterHours: nil),
        MerchantAdvice(code: "04", meaning: "token requirements not met", retryAfterHours: nil),
        MerchantAdvice(code: "21", meaning: "recurring payments cancelled", retryAfterHours: nil),
        MerchantAdvice(code: "24", meaning: "retry after 1 hour", retryAfterHours: 1),
        MerchantAdvice(code: "25", meaning: "retry after 24 hours", retryAfterHours: 24),
        MerchantAdvice(code: "26", meaning: "retry after 2 days", retryAfterHours: 48),
        MerchantAdvice(code: "27", meaning: "retry after 4 days", retryAfterHours: 96),
        MerchantAdvice(code: "28", meaning: "retry after 6 days", retryAfterHours: 144),
        MerchantAdvice(code: "29", meaning: "retry after 8 days", retryAfterHours: 192),
        MerchantAdvice(code: "30", meaning: "retry after 10 days", retryAfterHours: 240),
        MerchantAdvice(code: "40", meaning: "non-reloadable prepaid card", retryAfterHours: nil),
        MerchantAdvice(code: "41", meaning: "single-use virtual card number", retryAfterHours: nil),
        MerchantAdvice(code: "43", meaning: "multi-use virtual card number", retryAfterHours: nil),
    ]

    static func named(_ code: String) -> MerchantAdvice? { all.first { $0.code == code } }

    /// What Mastercard advises with this answer where no scenario names another advice.
    static func usual(for code: NetworkCode) -> MerchantAdvice? {
        switch (code.code, code.retry) {
        case (_, .none): nil
        case ("R0", _), ("R1", _), ("R3", _): named("21")
        case ("54", _), ("79", _): named("01")
        case ("51", _): named("25")
        case ("61", _), ("65", _): named("24")
        case (_, .never): named("03")
        case (_, .later), (_, .fixData), (_, .generic): named("02")
        }
    }
}
