import Contracts
import Testing

@testable import Gateway
@testable import Simulators

/// Every answer that a network, an issuer or our own rules can give, by each way that reaches it:
/// with its evidence, its event, and nothing or the right thing in the books.
@Suite struct `Answers of the network` {
    private func card(_ behaviour: String, _ brand: CardBrand) throws -> TestCard {
        try #require(TestCard.ours.first { $0.behaviour == behaviour && $0.brand == brand })
    }

    private func pay(
        _ sandbox: TestSandbox, by card: TestCard, amount: Int64 = 1_000
    ) async throws -> TestAnswer {
        try await sandbox.pay {
            $0["amount"] = .int(amount)
            $0["payment_method"] = nil
            $0["payment_method_data"] = [
                "type": "card",
                "card": [
                    "number": .string(card.number), "exp_month": 12, "exp_year": 2035, "cvc": "123",
                ],
            ]
        }
    }

    /// The answer's evidence is the table's row.
    private func expect(
        _ answer: TestAnswer, _ code: NetworkCode, _ place: SourceLocation = #_sourceLocation
    ) {
        let payment = code.isApproval ? answer.json : answer.at("/error/payment") ?? .null
        let outcome = payment["outcome"] ?? .null
        #expect(
            answer.status == (code.isApproval ? 201 : 402), "\(code.code) \(answer)",
            sourceLocation: place)
        #expect(outcome["network_code"]?.string == code.code, "\(answer)", sourceLocation: place)
        #expect(outcome["retry"]?.string == code.retry.name, sourceLocation: place)
        #expect(
            outcome["advice_code"]?.string == MerchantAdvice.usual(for: code)?.code,
            sourceLocation: place)
        #expect(
            payment["status"] == (code.isApproval ? "succeeded" : "failed"), sourceLocation: place)
        guard let declineCode = code.declineCode else { return }
        #expect(answer.at("/error/code") == "card_declined", sourceLocation: place)
        #expect(
            answer.at("/error/decline_code")?.string == declineCode, "\(code.code)",
            sourceLocation: place)
        #expect(
            outcome["cardholder_message"]?.string == Decline.named(declineCode)?.shownToCardholder,
            sourceLocation: place)
        #expect(
            answer["X-Sbx-Simulated"]?.contains("network_code=\(code.code)") == true,
            sourceLocation: place)
    }

    @Test
    func
        `each code of field 39 is reached by scenario, by card and by amount, and read as its scheme reads it`()
        async throws
    {
        let sandbox = try await TestSandbox.frozen()
        var captured: Int64 = 0
        var events: [String] = []
        for row in NetworkCode.all {
            let name = "network_\(row.code)"
            let amount = try #require(MagicAmount.all.first { $0.behaviour.name == name }?.amount)
            let visa = try #require(NetworkCode.named(row.code, brand: .visa))
            let mastercard = try #require(NetworkCode.named(row.code, brand: .mastercard))
            let calls: [(TestAnswer, NetworkCode, Int64)] = [
                (try await sandbox.pay(scenario: name) { $0["amount"] = 1_000 }, visa, 1_000),
                (try await pay(sandbox, by: card(name, .visa)), visa, 1_000),
                (try await pay(sandbox, by: card(name, .mastercard)), mastercard, 1_000),
                (try await sandbox.pay { $0["amount"] = .int(amount) }, visa, amount),
            ]
            for (answer, code, asked) in calls {
                expect(answer, code)
                events.append(code.isApproval ? "payment.succeeded" : "payment.failed")
                if code.isApproval { captured += code.code == "10" ? asked / 2 : asked }
            }
            #expect(try await sandbox.balance("merchant:pending", "eur") == captured)
        }
        #expect(try await sandbox.eventTypes() == events)
        #expect(try await sandbox.unbalanced() == [])
    }

    @Test func `each decline code is reached by scenario, by card and by the card's flag`()
        async throws
    {
        let sandbox = try await TestSandbox.frozen()
        let flags = "/v1/sandboxes/\(sandbox.slug)/entities/payment_method/pm_card_visa/flags"
        for decline in Decline.all {
            let network = try #require(NetworkCode.named(decline.networkCode, brand: .visa))
            let scenario = try await sandbox.pay(scenario: decline.code)
            let number = try await pay(sandbox, by: card(decline.code, .visa))
            let set = try await sandbox.tenant.call(
                "PATCH", flags, ["scenario": .string(decline.code)])
            #expect(set.status == 200, "\(decline.code)")
            let flag = try await sandbox.pay()
            _ = try await sandbox.tenant.call("PATCH", flags, ["scenario": .null])
            for (answer, way) in [(scenario, "scenario"), (number, "card"), (flag, "flag")] {
                let place = "\(decline.code) by \(way): \(answer)"
                #expect(answer.status == 402, "\(place)")
                #expect(answer.at("/error/decline_code")?.string == decline.code, "\(place)")
                let outcome = answer.at("/error/payment/outcome") ?? .null
                // A block list is the merchant's own: the network is not asked.
                let isAsked = decline.code != "merchant_blacklist"
                #expect(outcome["network_code"]?.string == (isAsked ? network.code : nil), "\(place)")
                #expect(
                    outcome["cardholder_message"]?.string == decline.shownToCardholder, "\(place)")
                #expect(answer["X-Sbx-Simulated"] != nil, "\(place)")
                // A declined payment is at its end.
                let declined = answer.at("/error/payment/id")?.string ?? ""
                let capture = try await sandbox.call("POST", "/v1/payments/\(declined)/capture")
                #expect(capture.status == 409 && capture.errorCode == "payment_state", "\(place)")
                #expect(
                    capture.at("/error/message")?.string?.contains("is failed") == true,
                    "\(capture)")
            }
        }
        let failures = [String](repeating: "payment.failed", count: 3 * Decline.all.count)
        #expect(try await sandbox.eventTypes() == failures)
        #expect(try await sandbox.balance("merchant:pending", "eur") == 0)
        #expect(try await sandbox.unbalanced() == [])
    }

    @Test func `each advice goes with a decline`() async throws {
        let sandbox = try await TestSandbox.make()
        for advice in MerchantAdvice.all {
            let answer = try await pay(sandbox, by: card("advice_\(advice.code)", .mastercard))
            #expect(answer.status == 402)
            #expect(answer.at("/error/payment/outcome/advice_code")?.string == advice.code)
        }
    }

    @Test func `each letter of address and security code is told, and only N declines`()
        async throws
    {
        let sandbox = try await TestSandbox.make()
        for check in AddressCheck.allCases {
            let answer = try await sandbox.pay(scenario: "avs_\(check.rawValue)")
            let outcome = answer.at("/outcome") ?? answer.at("/error/payment/outcome") ?? .null
            #expect(outcome["address_check"]?.string == check.rawValue)
            #expect(answer.status == (check == .noMatch ? 402 : 201))
            if check == .noMatch { #expect(answer.at("/error/decline_code") == "incorrect_zip") }
        }
        for check in SecurityCodeCheck.allCases {
            let answer = try await sandbox.pay(scenario: "cvc_\(check.rawValue)")
            let outcome = answer.at("/outcome") ?? answer.at("/error/payment/outcome") ?? .null
            #expect(outcome["security_code_check"]?.string == check.rawValue)
            #expect(answer.status == (check == .noMatch ? 402 : 201))
            if check == .noMatch { #expect(answer.at("/error/decline_code") == "incorrect_cvc") }
        }
    }

    @Test func `our own rules name themselves, what they saw and what they allow`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let blocked = try await sandbox.pay(scenario: "fraud_blocked")
        #expect(blocked.status == 402)
        let outcome = blocked.at("/error/payment/outcome") ?? .null
        #expect(outcome["type"] == "blocked")
        #expect(outcome["network_code"] == .null)
        #expect(outcome["rule"] == "risk.score")
        #expect(outcome["observed"] == 100)
        #expect(outcome["limit"] == 74)
        let risky = try await sandbox.pay {
            $0["merchant"] = "merchant_high_risk"
            $0["amount"] = 500_100
        }
        #expect(risky.at("/error/payment/outcome/rule") == "risk.large_at_high_risk")
        let allowed = try await sandbox.pay { $0["merchant"] = "merchant_high_risk" }
        #expect(allowed.at("/outcome/risk_level") == "elevated")
    }

    @Test func `limits of a card are kept over a virtual day`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let often = try await sandbox.call(
            "POST", "/v1/payment_methods",
            [
                "type": "card",
                "card": [
                    "number": .string(card("limit_payments_per_day", .visa).number), "exp_month": 1,
                    "exp_year": 2040,
                ],
            ])
        for place in 1...4 {
            let answer = try await sandbox.pay { $0["payment_method"] = .string(often.id) }
            #expect(answer.status == (place == 4 ? 402 : 201))
            if place == 4 {
                #expect(answer.at("/error/decline_code") == "card_velocity_exceeded")
                #expect(answer.at("/error/payment/outcome/rule") == "issuer.payments_per_day")
            }
        }
        try await sandbox.advance(days: 1)
        #expect(try await sandbox.pay { $0["payment_method"] = .string(often.id) }.status == 201)

        let much = try await sandbox.pay {
            $0["payment_method"] = "pm_card_limited"
            $0["amount"] = 50_001
        }
        #expect(much.at("/error/decline_code") == "insufficient_funds")
        let part = try await sandbox.pay {
            $0["payment_method"] = "pm_card_limited"
            $0["amount"] = 60_000
            $0["allow_partial"] = true
        }
        #expect(part.at("/amount_authorized") == 50_000)
        #expect(part.at("/amount_captured") == 50_000)
        #expect(part.at("/outcome/network_code") == "10")
        let travel = try await pay(sandbox, by: card("limit_categories", .visa))
        #expect(travel.status == 201)
    }

    @Test func `an expired card is declined by its date`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let answer = try await sandbox.pay {
            $0["payment_method"] = nil
            $0["payment_method_data"] = [
                "type": "card",
                "card": ["number": "4242424242424242", "exp_month": 2, "exp_year": 2031],
            ]
        }
        #expect(answer.at("/error/decline_code") == "expired_card")
        #expect(answer.at("/error/payment/outcome/rule") == "issuer.expiry")
    }

    @Test func `the catalogue lists every card, amount and scenario`() async throws {
        let sandbox = try await TestSandbox.make()
        let inputs = try await sandbox.call("GET", "/v1/test_inputs").at("/data")?.array ?? []
        func values(_ kind: String) -> Set<String> {
            Set(inputs.filter { $0["kind"]?.string == kind }.compactMap { $0["value"]?.string })
        }
        #expect(values("card") == Set(TestCard.all.map(\.number)))
        #expect(values("amount") == Set(MagicAmount.all.map { String($0.amount) }))
        #expect(values("scenario").isSuperset(of: Behaviour.all.map(\.name)))
        let some = try await sandbox.call("GET", "/v1/test_inputs?kind=card&behaviour=lost_card")
        #expect(some.at("/data/0/value") == "4000000000009987")
    }
}
