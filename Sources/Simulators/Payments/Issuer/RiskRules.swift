import Contracts

/// Our own risk rules, which run before a payment is sent to the network.
struct RiskRule: Sendable, Hashable {
    let id: String
    let summary: String
    let limit: Int64

    static let score = RiskRule(
        id: "risk.score", summary: "Scores above the limit are blocked.", limit: 74)
    static let largeAtHighRisk = RiskRule(
        id: "risk.large_at_high_risk",
        summary:
            "At a merchant of the highest risk level, payments above this many major units are blocked.",
        limit: 5_000)
    static let blockList = RiskRule(
        id: "risk.block_list", summary: "Cards on the block list are blocked.", limit: 0)

    static let all = [blockList, largeAtHighRisk, score]
}

/// A merchant's standing, as far as risk goes.
enum MerchantRisk: String, Sendable, Hashable {
    case normal, elevated, highest

    var points: Int {
        switch self {
        case .normal: 0
        case .elevated: 25
        case .highest: 50
        }
    }
}

/// 0 to 100; the higher, the likelier is fraud.
struct RiskScore: Sendable, Hashable {
    let value: Int

    init(merchant: MerchantRisk, cardPoints: Int, amountMajor: Int64) {
        let amountPoints = amountMajor >= 10_000 ? 15 : amountMajor >= 1_000 ? 5 : 0
        value = min(100, 5 + merchant.points + cardPoints + amountPoints)
    }

    /// A provider's, a number from 0 to 100 or its text; nil for anything else.
    init?(provided: JSONValue) {
        guard let value = provided.percentage else { return nil }
        self.value = value
    }

    var level: String {
        switch value {
        case ..<40: "normal"
        case ..<65: "elevated"
        default: "highest"
        }
    }
}
