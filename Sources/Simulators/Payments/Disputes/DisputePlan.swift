/// How a dispute will go where the other side decides, as a scenario asks for it.
struct DisputePlan: Sendable, Hashable {
    /// The other side's answers.
    enum Decision: String, Sendable, Hashable {
        case won, lost, escalated, withdrawn
    }

    let name: String
    let summary: String
    let opensAs: DisputeStage
    /// What follows the merchant's evidence, by the stage in which it is looked at.
    let decisions: [DisputeStage: Decision]
    /// What happens by itself after ``DisputeClock/decisionDays``, whatever the merchant does.
    var unprompted: Decision?

    init(
        _ name: String, opensAs: DisputeStage = .chargebackOpen,
        decisions: [DisputeStage: Decision] = [:], unprompted: Decision? = nil,
        _ summary: String
    ) {
        self.name = name
        self.opensAs = opensAs
        self.decisions = decisions
        self.unprompted = unprompted
        self.summary = summary
    }
}

extension DisputePlan {
    private static let throughPreArbitration: [DisputeStage: Decision] = [
        .representment: .escalated
    ]
    private static let throughArbitration: [DisputeStage: Decision] = [
        .representment: .escalated, .preArbitrationReview: .escalated,
    ]

    static let all: [DisputePlan] = [
        DisputePlan("dispute_won", decisions: [.representment: .won], "Any evidence wins."),
        DisputePlan("dispute_lost", decisions: [.representment: .lost], "No evidence convinces."),
        DisputePlan("dispute_accepted", "Stays open until it is accepted."),
        DisputePlan("dispute_expired", "Stays open until its deadline passes."),
        DisputePlan("dispute_withdrawn", unprompted: .withdrawn, "The cardholder takes it back."),
        DisputePlan("dispute_prevented", opensAs: .alert, "An alert that a refund can settle."),
        DisputePlan("inquiry", opensAs: .inquiryOpen, "A question before any money moves."),
        DisputePlan(
            "inquiry_withdrawn", opensAs: .inquiryOpen, unprompted: .withdrawn,
            "A question that ends by itself."),
        DisputePlan(
            "inquiry_escalated", opensAs: .inquiryOpen, decisions: [.inquiryReview: .escalated],
            unprompted: .escalated, "A question that becomes a chargeback."),
        DisputePlan(
            "pre_arbitration_won",
            decisions: throughPreArbitration.merging([.preArbitrationReview: .won]) { $1 },
            "The issuer goes on to pre-arbitration and the merchant wins there."),
        DisputePlan(
            "pre_arbitration_lost",
            decisions: throughPreArbitration.merging([.preArbitrationReview: .lost]) { $1 },
            "The issuer goes on to pre-arbitration and the merchant loses there."),
        DisputePlan(
            "arbitration_won",
            decisions: throughArbitration.merging([.arbitrationReview: .won]) { $1 },
            "The network decides for the merchant."),
        DisputePlan(
            "arbitration_lost",
            decisions: throughArbitration.merging([.arbitrationReview: .lost]) { $1 },
            "The network decides against the merchant."),
    ]

    static func named(_ name: String) -> DisputePlan? { all.first { $0.name == name } }
}
