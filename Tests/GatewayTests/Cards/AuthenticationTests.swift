import Contracts
import Testing

@testable import Gateway
@testable import Simulators

/// 3-D Secure through the API: each outcome, its indicator, who bears the loss, and what becomes
/// of the payment.
@Suite struct `Authentication` {
    private func authentication(
        _ sandbox: TestSandbox, of payment: JSONValue
    ) async throws -> TestAnswer {
        try await sandbox.call(
            "GET", "/v1/authentications/\(payment["authentication"]?.string ?? "none")")
    }

    private func payment(_ answer: TestAnswer) -> JSONValue {
        answer.at("/error/payment") ?? answer.json
    }

    @Test(arguments: [("pm_card_visa", CardBrand.visa), ("pm_card_mastercard", .mastercard)])
    func `each plan gives its status, indicator and liability`(method: String, brand: CardBrand)
        async throws
    {
        let sandbox = try await TestSandbox.frozen()
        for plan in AuthenticationPlan.all where !plan.isOffSessionOnly {
            let answer = try await sandbox.pay(scenario: plan.name) {
                $0["payment_method"] = .string(method)
            }
            let paid = payment(answer)
            let own = try await authentication(sandbox, of: paid)
            #expect(own.at("/trans_status")?.string == plan.status.rawValue, "\(plan.name)")
            #expect(own.at("/trans_status_reason")?.string == plan.reason, "\(plan.name)")
            #expect(own.at("/eci")?.string == plan.status.commerceIndicator(brand), "\(plan.name)")
            #expect(own.at("/liability_shift")?.bool == plan.status.shiftsLiability, "\(plan.name)")
            #expect(own.at("/device_check")?.string == plan.deviceCheck.rawValue)
            #expect(own.at("/exemption")?.string == plan.exemption)
            if plan.status.isPending {
                #expect(answer.status == 201 && paid["status"] == "requires_action", "\(plan.name)")
                #expect(paid["next_action"]?["authentication"]?.string == own.id)
            } else if plan.declineAfter != nil {
                #expect(answer.at("/error/decline_code") == "insufficient_funds")
            } else if plan.status.allowsAuthorisation {
                #expect(
                    answer.status == 201 && paid["status"] == "succeeded", "\(plan.name) \(answer)")
            } else {
                #expect(
                    answer.status == 402 && answer.at("/error/code") == "authentication_failed",
                    "\(plan.name)")
                #expect(paid["amount_captured"] == 0)
            }
        }
        #expect(try await sandbox.unbalanced() == [])
    }

    @Test(arguments: [
        ("succeeded", "Y", "succeeded", true), ("failed", "N", "failed", false),
        ("abandoned", "N", "failed", false),
    ])
    func `a challenge is completed without a browser`(
        outcome: String, status: String, payment: String, shift: Bool
    ) async throws {
        let sandbox = try await TestSandbox.frozen()
        let asked = try await sandbox.pay(scenario: "three_ds_challenge")
        let id = asked.at("/authentication")?.string ?? ""
        let path = "/v1/authentications/\(id)/complete"
        let done = try await sandbox.call("POST", path, ["outcome": .string(outcome)])
        #expect(done.at("/status")?.string == outcome)
        #expect(done.at("/trans_status")?.string == status)
        #expect(done.at("/liability_shift")?.bool == shift)
        #expect(done.at("/challenge_url") == .null)
        let paid = try await sandbox.call("GET", "/v1/payments/\(asked.id)")
        #expect(paid.at("/status")?.string == payment)
        #expect(paid.at("/next_action") == .null)
        #expect(try await sandbox.balance("merchant:pending", "eur") == (shift ? 1_250 : 0))
        #expect(
            try await sandbox.eventTypes() == [
                "authentication.challenge_pending", "payment.requires_action",
                "authentication.\(outcome)", "payment.\(payment)",
            ])
        let again = try await sandbox.call("POST", path, ["outcome": "succeeded"])
        #expect(again.status == 409 && again.errorCode == "authentication_state")
        #expect(again.at("/error/message")?.string?.contains("is \(outcome)") == true)
    }

    @Test(arguments: [
        ("three_ds_challenge_succeeded", "succeeded", "succeeded"),
        ("three_ds_challenge_failed", "failed", "failed"),
        ("three_ds_abandoned", "abandoned", "failed"),
        ("three_ds_timeout", "expired", "failed"),
        ("three_ds_method_timeout", "succeeded", "succeeded"),
        ("three_ds_decoupled", "succeeded", "succeeded"),
        ("three_ds_spc", "succeeded", "succeeded"),
        ("three_ds_exemption_refused", "succeeded", "succeeded"),
    ])
    func `a payer left alone does as planned`(
        scenario: String, authentication: String, payment: String
    ) async throws {
        let sandbox = try await TestSandbox.frozen()
        let asked = try await sandbox.pay(scenario: scenario)
        #expect(asked.at("/status") == "requires_action")
        try await sandbox.advance(hours: 1)
        let paid = try await sandbox.call("GET", "/v1/payments/\(asked.id)")
        #expect(paid.at("/status")?.string == payment)
        #expect(
            try await self.authentication(sandbox, of: paid.json).at("/status")?.string
                == authentication)
    }

    @Test func `a payer answers on the bank's page without a key, and nothing else is open`()
        async throws
    {
        let sandbox = try await TestSandbox.make()
        let asked = try await sandbox.pay(scenario: "three_ds_challenge") { $0["amount"] = 1_205 }
        let url = try #require(asked.at("/next_action/url")?.string)
        func visit(_ method: String, _ target: String) async throws -> TestAnswer {
            var call = sandbox.prepared(method, target)
            call.key = nil
            return try await sandbox.gateway.send(call)
        }
        let page = try await visit("GET", url)
        #expect(page.status == 200)
        #expect(page["Content-Type"] == "text/html; charset=utf-8")
        #expect(page["Content-Security-Policy"]?.contains("sandbox allow-forms") == true)
        #expect(page.text.contains("12.05 EUR"))
        #expect(page.text.contains("action=\"?outcome=succeeded\""))
        let done = try await visit("POST", "\(url)?outcome=succeeded")
        #expect(done.status == 200 && done.text.contains("succeeded"))
        #expect(
            try await sandbox.call("GET", "/v1/payments/\(asked.id)").at("/status") == "succeeded")
        #expect(try await visit("POST", "\(url)?outcome=failed").status == 409)
        #expect(try await visit("GET", "/v1/authentications/auth_none/challenge").status == 404)
        for target in [
            "/v1/authentications", "/v1/payments",
            "/v1/authentications/\(asked.at("/authentication")?.string ?? "")",
        ] {
            #expect(try await visit("GET", target).status == 401)
        }
    }

    @Test func `a refused exemption shows the soft decline of the scheme before the challenge`()
        async throws
    {
        let sandbox = try await TestSandbox.make()
        for (method, code) in [("pm_card_visa", "1A"), ("pm_card_mastercard", "65")] {
            let asked = try await sandbox.pay(scenario: "three_ds_exemption_refused") {
                $0["payment_method"] = .string(method)
            }
            #expect(asked.at("/outcome/network_code")?.string == code)
            #expect(asked.at("/outcome/decline_code") == "authentication_required")
            #expect(asked.at("/status") == "requires_action")
        }
    }

    @Test func `a card may want authentication only while its owner is away`() async throws {
        let sandbox = try await TestSandbox.make()
        let present = try await sandbox.pay(scenario: "three_ds_off_session")
        #expect(present.at("/status") == "succeeded")
        let absent = try await sandbox.pay(scenario: "three_ds_off_session") {
            $0["off_session"] = true
        }
        #expect(absent.at("/error/decline_code") == "authentication_required")
    }

    @Test func `a merchant asks for authentication or for an exemption`() async throws {
        let sandbox = try await TestSandbox.make()
        let asked = try await sandbox.pay { $0["three_d_secure"] = "required" }
        #expect(asked.at("/status") == "requires_action")
        let exempt = try await sandbox.pay { $0["exemption"] = "transaction_risk_analysis" }
        #expect(exempt.at("/status") == "succeeded")
        #expect(try await authentication(sandbox, of: exempt.json).at("/exemption_granted") == true)
        let cancelled = try await sandbox.call("POST", "/v1/payments/\(asked.id)/cancel")
        #expect(cancelled.at("/status") == "canceled")
    }
}
