import Testing

@testable import Simulators

@Suite struct `The decision on an authorisation` {
    private func decide(_ change: (inout AuthorisationRequest) -> Void = { _ in }) -> IssuerDecision {
        var request = AuthorisationRequest(
            amount: 10_000, currency: "usd", brand: .visa, expiryMonth: 2031 * 12, month: 2031 * 12,
            address: .full, securityCode: .match)
        change(&request)
        return DecisionTree(request: request).decide()
    }

    @Test func `approves what passes every check, in order`() {
        let decision = decide()
        #expect(decision.verdict == .approved(amount: 10_000))
        #expect(decision.networkCode?.code == "00")
        #expect(decision.checks.map(\.name) == DecisionCheck.allCases)
        #expect(decision.checks.filter { !$0.passed }.isEmpty)
        #expect(decision.rule == nil)
    }

    @Test func `is taken by the first check that fails, which names its rule`() {
        let cases: [(String, String?, String, DecisionCheck, (inout AuthorisationRequest) -> Void)] = [
            ("issuer.format", "13", "invalid_amount", .format, { $0.amount = 0 }),
            ("risk.block_list", nil, "merchant_blacklist", .risk, { $0.isBlockListed = true }),
            ("risk.large_at_high_risk", nil, "fraudulent", .risk, { $0.merchantRisk = .highest; $0.amount = 500_100 }),
            ("risk.score", nil, "fraudulent", .risk, { $0.merchantRisk = .highest; $0.cardRiskPoints = 50 }),
            ("issuer.account", "41", "lost_card", .account, { $0.answer = "41" }),
            ("issuer.expiry", "54", "expired_card", .expiry, { $0.month += 1 }),
            ("issuer.security_code", "N7", "incorrect_cvc", .securityCode, { $0.securityCode = .noMatch }),
            ("issuer.address", "6P", "incorrect_zip", .address, { $0.address = .noMatch }),
            ("issuer.payments_per_day", "65", "card_velocity_exceeded", .velocity, { $0.limits.paymentsPerDay = 3; $0.paymentsToday = 3 }),
            ("issuer.amount_per_day", "61", "card_velocity_exceeded", .velocity, { $0.limits.perDay = 100; $0.amountToday = 1 }),
            ("issuer.category", "57", "transaction_not_allowed", .category, { $0.limits.barredCategories = ["7995"]; $0.merchantCategory = "7995" }),
            ("issuer.funds", "51", "insufficient_funds", .funds, { $0.limits.perPayment = 99 }),
        ]
        for (rule, code, decline, check, change) in cases {
            let decision = decide(change)
            #expect(decision.rule == rule)
            #expect(decision.networkCode?.code == code, "\(rule)")
            #expect(decision.decline?.code == decline, "\(rule)")
            #expect(decision.checks.last == .init(name: check, passed: false), "\(rule)")
            if code == nil { #expect(decision.advice == nil) } else { #expect(decision.advice != nil) }
        }
    }

    @Test func `names what it saw and what is allowed`() {
        let funds = decide { $0.limits.perPayment = 99 }
        #expect(funds.observed == 10_000 && funds.limit == 9_900)
        let score = decide { $0.merchantRisk = .highest; $0.cardRiskPoints = 50 }
        #expect(score.observed == 100 && score.limit == 74)
    }

    @Test func `approves a part where the merchant takes one`() {
        let part = decide { $0.limits.perPayment = 40; $0.acceptsPart = true }
        #expect(part.verdict == .approved(amount: 4_000))
        #expect(part.networkCode?.code == "10")
        #expect(decide { $0.answer = "10" }.verdict == .approved(amount: 5_000))
    }

    @Test func `follows every answer of the network`() {
        for brand in [CardBrand.visa, .mastercard] {
            for code in NetworkCode.all {
                let decision = decide { $0.answer = code.code; $0.brand = brand }
                let own = NetworkCode.named(code.code, brand: brand)
                #expect(decision.networkCode == own)
                #expect(decision.decline?.code == own?.declineCode)
            }
        }
    }
}
