import Contracts
import Tenancy

/// What the payments graphs' guards and effects know beside the object and the trigger's input.
struct PaymentsStep: Sendable {
    /// What was found out about an attempt to charge; nil where nobody tries.
    var attempt: PaymentAttempt?
    /// The provider without whose answer the step cannot be done.
    var failure: ProviderFailure?

    init(_ attempt: PaymentAttempt? = nil, failure: ProviderFailure? = nil) {
        self.attempt = attempt
        self.failure = failure
    }
}

/// An attempt to charge a card: who is asked and what is said, before anything is done.
struct PaymentAttempt: Sendable {
    /// How the payer is authenticated first; nil when nobody asks for it.
    var plan: AuthenticationPlan?
    var decision: IssuerDecision
    var address: AddressCheck?
    var securityCode: SecurityCodeCheck?
    var isHeldForReview = false
    /// What made it fail, for `X-Sbx-Simulated`, e.g. `scenario=insufficient_funds`.
    var cause: String
    var risk = RiskAssessment()

    /// The provider's call that the decision rests on; nil where another rule decided.
    var informant: ProviderSource? {
        guard decision.rule == RiskRule.score.id, case .answered(let source) = risk.provider else {
            return nil
        }
        return source
    }
}

typealias PaymentsContext = GraphContext<PaymentsStep>
typealias PaymentsVocabulary = GraphVocabulary<PaymentsStep>

extension EntityDraft {
    /// A member that holds an integer; 0 without one.
    func amount(_ member: String) -> Int64 { document[member]?.int ?? 0 }

    /// A member that holds text; empty without one.
    func text(_ member: String) -> String { document[member]?.string ?? "" }

    /// The behaviour that steers the object, by the name that it was created with.
    var behaviour: Behaviour? { document["simulated"]?.string.flatMap(Behaviour.named) }
}
