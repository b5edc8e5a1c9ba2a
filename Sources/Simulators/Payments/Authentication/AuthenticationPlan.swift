/// How an authentication will go, as a scenario or a test card asks for it.
struct AuthenticationPlan: Sendable, Hashable {
    /// What happens when the payer has something to do.
    enum Payer: String, Sendable, Hashable {
        case succeeds, fails, leaves, waitsTooLong
    }

    /// How the device was looked at before: the 3-D Secure method.
    enum DeviceCheck: String, Sendable, Hashable {
        case completed, timedOut = "timed_out", notAvailable = "not_available"
    }

    let name: String
    let summary: String
    /// The first answer. One that is pending is decided by ``payer``.
    var status: TransactionStatus
    var reason: String?
    var payer: Payer = .succeeds
    var deviceCheck: DeviceCheck = .completed
    /// The exemption asked for, `low_value` or `transaction_risk_analysis`.
    var exemption: String?
    /// Whether the issuer refuses the exemption with a soft decline and wants a step-up.
    var isExemptionRefused = false
    /// The issuer's answer after a successful authentication; nil approves.
    var declineAfter: String?
    /// Only payments without the payer present are asked for authentication.
    var isOffSessionOnly = false

    init(_ name: String, _ status: TransactionStatus, reason: String? = nil, _ summary: String) {
        self.name = name
        self.status = status
        self.reason = reason
        self.summary = summary
    }

    private func with(_ change: (inout AuthenticationPlan) -> Void) -> AuthenticationPlan {
        var copy = self
        change(&copy)
        return copy
    }
}

extension AuthenticationPlan {
    /// The flows that occur in the field, then one plan for each reason code.
    static let all: [AuthenticationPlan] = flows + reasons

    private static let flows: [AuthenticationPlan] = [
        AuthenticationPlan(
            "three_ds_frictionless", .authenticated, "Authenticated without a challenge."),
        AuthenticationPlan(
            "three_ds_frictionless_attempt", .attempted,
            "The issuer's server stands in with an attempt."),
        AuthenticationPlan(
            "three_ds_attempted", .attempted,
            "The network acknowledges the attempt; the issuer takes no part."
        )
        .with { $0.deviceCheck = .notAvailable },
        AuthenticationPlan(
            "three_ds_failed", .notAuthenticated, reason: "01", "Not authenticated."),
        AuthenticationPlan(
            "three_ds_rejected", .rejected, reason: "11", "The issuer rejects without a challenge."),
        AuthenticationPlan(
            "three_ds_unavailable", .unavailable, reason: "22",
            "The issuer's server fails; the payment goes on without liability shift."),
        AuthenticationPlan(
            "three_ds_directory_down", .unavailable,
            "The directory server is down; the payment goes on without liability shift."
        )
        .with { $0.deviceCheck = .notAvailable },
        AuthenticationPlan(
            "three_ds_not_enrolled", .unavailable, reason: "13",
            "The card takes no part; the payment goes on without liability shift."),
        AuthenticationPlan("three_ds_informational", .informational, "Only data are passed on."),
        AuthenticationPlan(
            "three_ds_challenge", .challenge,
            "A challenge that succeeds unless it is completed otherwise."),
        AuthenticationPlan(
            "three_ds_challenge_succeeded", .challenge, "A challenge that the payer passes."),
        AuthenticationPlan(
            "three_ds_challenge_failed", .challenge, "A challenge that the payer fails."
        )
        .with { $0.payer = .fails },
        AuthenticationPlan("three_ds_abandoned", .challenge, "The payer leaves the challenge.")
            .with { $0.payer = .leaves },
        AuthenticationPlan("three_ds_timeout", .challenge, "Nobody answers the challenge in time.")
            .with { $0.payer = .waitsTooLong },
        AuthenticationPlan(
            "three_ds_method_timeout", .challenge,
            "The look at the device hangs; a challenge follows."
        )
        .with { $0.deviceCheck = .timedOut },
        AuthenticationPlan(
            "three_ds_spc", .securePaymentChallenge, "A challenge by Secure Payment Confirmation."),
        AuthenticationPlan(
            "three_ds_decoupled", .decoupled,
            "The cardholder confirms later, in the bank's own app."),
        AuthenticationPlan(
            "three_ds_succeeded_then_declined", .authenticated,
            "Authenticated, then declined for funds."
        )
        .with { $0.declineAfter = "51" },
        AuthenticationPlan("three_ds_exemption_granted", .informational, "A low value is exempt.")
            .with { $0.exemption = "low_value" },
        AuthenticationPlan("three_ds_exemption_tra", .informational, "A low risk is exempt.")
            .with { $0.exemption = "transaction_risk_analysis" },
        AuthenticationPlan(
            "three_ds_exemption_refused", .challenge,
            "The exemption is refused by a soft decline; a challenge follows."
        )
        .with {
            $0.exemption = "low_value"
            $0.isExemptionRefused = true
        },
        AuthenticationPlan(
            "three_ds_off_session", .challenge,
            "Payments without the payer are declined until they are authenticated."
        )
        .with { $0.isOffSessionOnly = true },
    ]

    private static let reasons: [AuthenticationPlan] = StatusReason.all.map { reason in
        AuthenticationPlan(
            "three_ds_reason_\(reason.code)", reason.status, reason: reason.code,
            "Answered with reason \(reason.code), \(reason.meaning).")
    }

    static func named(_ name: String) -> AuthenticationPlan? { byName[name] }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
