/// Decides an authorisation: our own rules first, then the issuer's, in a fixed order. The first
/// check that fails decides.
///
/// ```
/// format → risk → account → expiry → security code → address → velocity → category → funds → 00
/// ```
struct DecisionTree: Sendable {
    let request: AuthorisationRequest

    func decide() -> IssuerDecision {
        var checks: [IssuerDecision.Check] = []
        for check in DecisionCheck.allCases {
            if let finding = finding(of: check) {
                checks.append(.init(name: check, passed: false))
                return decision(finding, checks)
            }
            checks.append(.init(name: check, passed: true))
        }
        return approval(checks)
    }

    /// Why a check fails.
    private struct Finding {
        let code: String?
        var decline: Decline?
        let rule: String
        var observed: Int64?
        var limit: Int64?
    }

    private func finding(of check: DecisionCheck) -> Finding? {
        switch check {
        case .format:
            request.amount <= 0 ? Finding(code: "13", rule: "issuer.format") : nil
        case .risk: riskFinding
        case .account: accountFinding
        case .expiry:
            request.expiryMonth < request.month ? Finding(code: "54", rule: "issuer.expiry") : nil
        case .securityCode:
            request.securityCode == .noMatch
                ? Finding(code: "N7", rule: "issuer.security_code") : nil
        case .address:
            request.address == .noMatch ? Finding(code: "6P", rule: "issuer.address") : nil
        case .velocity: velocityFinding
        case .category:
            request.merchantCategory.map(request.limits.barredCategories.contains) == true
                ? Finding(code: "57", rule: "issuer.category") : nil
        case .funds: fundsFinding
        }
    }

    private var riskFinding: Finding? {
        let blocked = Decline.named("fraudulent")
        if request.isBlockListed {
            return Finding(
                code: nil, decline: Decline.named("merchant_blacklist"), rule: RiskRule.blockList.id
            )
        }
        let large = RiskRule.largeAtHighRisk
        if request.merchantRisk == .highest, request.amountMajor > large.limit {
            return Finding(
                code: nil, decline: blocked, rule: large.id, observed: request.amountMajor,
                limit: large.limit)
        }
        let score = Int64(self.score.value)
        guard score > RiskRule.score.limit else { return nil }
        return Finding(
            code: nil, decline: blocked, rule: RiskRule.score.id, observed: score,
            limit: RiskRule.score.limit)
    }

    /// What the state of the card's account, or whoever steers it, makes the issuer say.
    private var accountFinding: Finding? {
        guard let answer = request.answer else { return nil }
        guard let code = NetworkCode.named(answer, brand: request.brand), !code.isApproval else {
            return nil
        }
        return Finding(code: answer, decline: request.decline, rule: "issuer.account")
    }

    private var velocityFinding: Finding? {
        if let limit = request.limits.paymentsPerDay, request.paymentsToday >= limit {
            return Finding(
                code: "65", decline: Decline.named("card_velocity_exceeded"),
                rule: "issuer.payments_per_day", observed: Int64(request.paymentsToday) + 1,
                limit: Int64(limit))
        }
        guard let perDay = request.limits.perDay else { return nil }
        let limit = perDay * Currencies.minorPerMajor(request.currency)
        let total = request.amountToday + request.amount
        guard total > limit else { return nil }
        return Finding(code: "61", rule: "issuer.amount_per_day", observed: total, limit: limit)
    }

    private var fundsFinding: Finding? {
        guard let limit = fundsLimit, request.amount > limit, !request.acceptsPart || limit == 0
        else { return nil }
        return Finding(code: "51", rule: "issuer.funds", observed: request.amount, limit: limit)
    }

    private var fundsLimit: Int64? {
        request.limits.perPayment.map { $0 * Currencies.minorPerMajor(request.currency) }
    }

    private var score: RiskScore { request.providedScore ?? request.ownScore }

    private func decision(_ finding: Finding, _ checks: [IssuerDecision.Check]) -> IssuerDecision {
        let code = finding.code.flatMap { NetworkCode.named($0, brand: request.brand) }
        let decline = finding.decline ?? code.flatMap(Decline.init) ?? Decline.all[0]
        return IssuerDecision(
            verdict: code == nil ? .blocked(decline) : .declined(decline), networkCode: code,
            advice: request.advice ?? code.flatMap(MerchantAdvice.usual), rule: finding.rule,
            observed: finding.observed, limit: finding.limit, score: score, checks: checks)
    }

    private func approval(_ checks: [IssuerDecision.Check]) -> IssuerDecision {
        let wanted = request.answer ?? "00"
        let limit = fundsLimit.map { min($0, request.amount) } ?? request.amount
        let isPart = wanted == "10" || limit < request.amount
        let amount = wanted == "10" ? max(1, request.amount / 2) : limit
        let code = NetworkCode.named(isPart ? "10" : wanted, brand: request.brand)
        return IssuerDecision(
            verdict: .approved(amount: amount), networkCode: code, advice: nil,
            rule: isPart ? "issuer.partial_approval" : nil, observed: nil, limit: nil, score: score,
            checks: checks)
    }
}
