import Access
import Contracts
import Runtime
import Tenancy

// From a payment and its card to a decision.
extension PaymentsSimulator {
    /// Decides on charging `amount` of the payment. `isAuthenticated` when the payer has just been
    /// authenticated, so that nobody asks again. What `providers` have not been asked yet ends the
    /// attempt with `SimulationError.needs`.
    func attempt(
        _ payment: EntityDraft, amount: Int64, method: JSONValue, _ wishes: JSONValue,
        cause: String, isAuthenticated: Bool = false, asking providers: Providers,
        _ world: WorldTransaction
    ) async throws -> PaymentAttempt {
        let card = method["card"] ?? [:]
        let brand = card["brand"]?.string.flatMap(CardBrand.init) ?? .unknown
        let month = Self.month(of: world.now)
        var request = AuthorisationRequest(
            amount: amount, currency: payment.text("currency"), brand: brand,
            expiryMonth: Int((card["exp_year"]?.int ?? 0) * 12 + (card["exp_month"]?.int ?? 1) - 1),
            month: month, address: nil,
            securityCode: wishes["payment_method_data"]?["card"]?["cvc"] == nil
                ? .notProcessed : .match)
        request.acceptsPart = wishes["allow_partial"]?.bool ?? false
        try await addMerchant(payment, to: &request, world)
        let behaviour = payment.behaviour
        behaviour?.effect.steer(&request)
        var plan: AuthenticationPlan?
        if !isAuthenticated {
            plan = authenticationPlan(payment, wishes)
            let isOffSession = payment.document["off_session"]?.bool ?? false
            if let wanted = plan,
                wanted.status.isPending && (isOffSession || wanted.isExemptionRefused)
            {
                request.answer = brand == .mastercard ? "65" : "1A"
                if isOffSession { plan = nil }
            }
        }
        // A decision that waits for the payer, or that the payer's bank has made, needs no score.
        let needsScore = plan.map { $0.status.allowsAuthorisation || $0.isExemptionRefused } ?? true
        let risk =
            needsScore
            ? try await assess(request, payment, card: card, providers, world) : RiskAssessment()
        request.providedScore = risk.score
        let usage = try await countUsage(method, &request, world)
        let decision = DecisionTree(request: request).decide()
        if let usage, plan == nil { try await note(decision.approvedAmount, in: usage, world) }
        return PaymentAttempt(
            plan: plan, decision: decision, address: request.address,
            securityCode: request.securityCode,
            isHeldForReview: behaviour?.effect == .review,
            cause: cause == Steering.rules ? "rule=\(decision.rule ?? "none")" : cause, risk: risk)
    }

    private static func month(of now: SandboxInstant) -> Int {
        let date = CivilDate(daysSince1970: now.microseconds.floorDivided(by: 86_400_000_000))
        return date.year * 12 + date.month - 1
    }

    private func addMerchant(
        _ payment: EntityDraft, to request: inout AuthorisationRequest, _ world: WorldTransaction
    ) async throws {
        guard let id = payment.document["merchant"]?.string,
            let merchant = try await world.entity(PaymentsType.merchant.key(id))?.json
        else { return }
        request.merchantCategory = merchant["category_code"]?.string
        request.merchantRisk = merchant["risk_level"]?.string.flatMap(MerchantRisk.init) ?? .normal
    }

    private func authenticationPlan(
        _ payment: EntityDraft, _ wishes: JSONValue
    ) -> AuthenticationPlan? {
        if case .authentication(let plan) = payment.behaviour?.effect {
            let isOffSession = payment.document["off_session"]?.bool ?? false
            return plan.isOffSessionOnly && !isOffSession ? nil : plan
        }
        switch wishes["exemption"]?.string {
        case "low_value": return .named("three_ds_exemption_granted")
        case "transaction_risk_analysis": return .named("three_ds_exemption_tra")
        default:
            return wishes["three_d_secure"] == "required" ? .named("three_ds_challenge") : nil
        }
    }
}

extension Behaviour.Effect {
    /// What it makes the issuer, or our own rules, see.
    fileprivate func steer(_ request: inout AuthorisationRequest) {
        switch self {
        case .decline(let decline):
            request.answer = decline.networkCode
            request.decline = decline
            request.isBlockListed = decline.code == "merchant_blacklist"
        case .network(let code): request.answer = code
        case .advice(let code):
            request.answer = "05"
            request.advice = MerchantAdvice.named(code)
        case .address(let check): request.address = check
        case .securityCode(let check): request.securityCode = check
        case .authentication(let plan): request.answer = plan.declineAfter
        case .limits(let limits): request.limits = limits
        case .risk(let points): request.cardRiskPoints = points
        case .blocked: request.cardRiskPoints = 100
        case .review, .expiresSoon, .captureFails, .clearingRejected, .settlement, .fraudWarning,
            .dispute, .refund:
            break
        }
    }
}
