import Testing

@testable import Simulators

@Suite struct `Dispute tables` {
    @Test func `the reasons are the set in use in the field`() {
        let expected = """
            bank_cannot_process, check_returned, credit_not_processed, customer_initiated, debit_not_authorized, duplicate, fraudulent, general, incorrect_account_details, insufficient_funds, noncompliant, product_not_received, product_unacceptable, subscription_canceled, unrecognized
            """.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        #expect(DisputeReason.allCases.map(\.rawValue) == expected)
    }

    @Test func `the stages reach every status and phase`() {
        #expect(
            Set(DisputeStage.allCases.map(\.status)) == [
                "warning_needs_response", "warning_under_review", "warning_closed", "needs_response",
                "under_review", "won", "lost", "prevented",
            ])
        #expect(Set(DisputeStage.allCases.compactMap(\.phase)) == Set(DisputePhase.allCases))
        for stage in DisputeStage.allCases {
            #expect(!(stage.isFinal && stage.awaitsMerchant), "\(stage)")
        }
    }

    @Test(arguments: [
        (CardBrand.visa, "10.1 10.2 10.3 10.4 10.5 11.1 11.2 11.3 12.1 12.2 12.3 12.4 12.5 12.6.1 12.6.2 12.7 13.1 13.2 13.3 13.4 13.5 13.6 13.7 13.8 13.9"),
        (.mastercard, "4808 4834 4837 4849 4853 4870 4871"), (.amex, "A C F M P R"),
        (.discover, "AA AP CD DP NF RG RM RN2 UA01 UA02 UA05 UA06"),
    ])
    func `the scheme has its own codes`(brand: CardBrand, codes: String) {
        let own = NetworkReason.all.filter { $0.brand == brand }.map(\.code).sorted()
        #expect(own == codes.split(separator: " ").map(String.init))
        for code in own { #expect(NetworkReason.named(code, brand: brand)?.brand == brand) }
        for reason in DisputeReason.allCases {
            #expect(NetworkReason.usual(for: reason, brand: brand) != nil)
        }
        #expect(NetworkReason.usual(for: .fraudulent, brand: brand)?.reason == .fraudulent)
    }

    @Test func `the clocks differ by phase and scheme`() {
        #expect(DisputeClock.cardholderDays == 120)
        #expect(DisputeClock.responseDays(.chargeback, .visa) == 30)
        #expect(DisputeClock.responseDays(.chargeback, .mastercard) == 45)
        #expect(DisputeClock.responseDays(.chargeback, .amex) == 20)
        #expect(DisputeClock.responseDays(.preArbitration, .visa) == 30)
        #expect(DisputeClock.responseDays(.arbitration, .visa) == 10)
    }

    @Test func `the kinds of case are all there`() {
        var kinds: Set<String> = []
        for phase in DisputePhase.allCases {
            for brand in CardBrand.allCases {
                for reason in DisputeReason.allCases { kinds.insert(phase.caseType(brand, reason)) }
            }
        }
        #expect(kinds == ["inquiry", "chargeback", "compliance", "block", "resolution"])
    }

    @Test func `the plans have the planner's names`() {
        let names = DisputePlan.all.map(\.name)
        for name in [
            "dispute_won", "dispute_lost", "dispute_accepted", "dispute_expired",
            "dispute_withdrawn", "dispute_prevented", "inquiry_withdrawn", "inquiry_escalated",
            "pre_arbitration_won", "pre_arbitration_lost", "arbitration_won", "arbitration_lost",
        ] { #expect(names.contains(name), "\(name)") }
    }
}
