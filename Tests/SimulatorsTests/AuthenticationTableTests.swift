import Testing

@testable import Simulators

@Suite struct `3-D Secure outcomes` {
    @Test(arguments: [
        (TransactionStatus.authenticated, "05", "02", true, true),
        (.attempted, "06", "01", true, true), (.notAuthenticated, "07", "00", false, false),
        (.unavailable, "07", "00", false, true), (.rejected, "07", "00", false, false),
        (.informational, "07", "04", false, true),
    ])
    func `carry the scheme's indicator and shift liability or not`(
        status: TransactionStatus, visa: String, mastercard: String, shifts: Bool, goesOn: Bool
    ) {
        for brand in [CardBrand.visa, .amex, .discover, .jcb] {
            #expect(status.commerceIndicator(brand) == visa)
        }
        #expect(status.commerceIndicator(.mastercard) == mastercard)
        #expect(status.shiftsLiability == shifts)
        #expect(status.allowsAuthorisation == goesOn)
    }

    @Test func `are nine, of which three wait for the shopper`() {
        #expect(TransactionStatus.allCases.map(\.rawValue).joined() == "YANUCDRIS")
        let pending = TransactionStatus.allCases.filter(\.isPending)
        #expect(pending == [.challenge, .decoupled, .securePaymentChallenge])
        for status in pending {
            #expect(status.commerceIndicator(.visa) == nil)
            #expect(!status.shiftsLiability && !status.allowsAuthorisation)
        }
    }

    @Test func `give reasons 01 to 26`() {
        #expect(StatusReason.all.map(\.code) == (1...26).map { $0 < 10 ? "0\($0)" : "\($0)" })
        #expect(StatusReason.named("10")?.status == .rejected)
        #expect(StatusReason.named("14")?.status == .unavailable)
    }

    @Test func `have a plan for each flow that occurs and each reason`() {
        let flows = [
            "three_ds_frictionless", "three_ds_frictionless_attempt", "three_ds_attempted",
            "three_ds_failed", "three_ds_rejected", "three_ds_unavailable",
            "three_ds_directory_down", "three_ds_not_enrolled", "three_ds_challenge_succeeded",
            "three_ds_challenge_failed", "three_ds_abandoned", "three_ds_timeout",
            "three_ds_method_timeout", "three_ds_spc", "three_ds_decoupled", "three_ds_informational",
            "three_ds_succeeded_then_declined", "three_ds_exemption_granted",
            "three_ds_exemption_tra", "three_ds_exemption_refused", "three_ds_off_session",
        ]
        for name in flows { #expect(AuthenticationPlan.named(name) != nil, "\(name)") }
        for reason in StatusReason.all {
            #expect(AuthenticationPlan.named("three_ds_reason_\(reason.code)")?.reason == reason.code)
        }
        let reached = Set(AuthenticationPlan.all.map(\.status))
        #expect(reached == Set(TransactionStatus.allCases))
    }
}
