import Contracts
import HTTP
import Testing

@testable import Gateway

/// Who scores the risk of a payment: `risk.score` bound to `ImportedContracts.fraud`.
@Suite struct `A provider of risk scores` {
    private func bound(
        seed: Int64 = 7, _ binding: JSONValue = Self.assessments
    ) async throws -> TestSandbox {
        let sandbox = try await TestSandbox.make(serving: "fraud", seed: seed)
        let answer = try await sandbox.bind(binding, to: "risk.score")
        #expect(answer.status == 200, "\(answer)")
        return sandbox
    }

    /// Says what our own rules would have said.
    private static let assessments: JSONValue = [
        "contract": "fraud", "operation": "assess",
        "request": [
            "body": [
                "cents": "{{amount}}", "currency": "{{upper currency}}", "brand": "{{card_brand}}",
                "funding": "{{card_funding}}", "country": "{{card_country}}",
                "payer": "{{customer}}", "category": "{{merchant_category}}",
                "standing": "{{merchant_risk}}",
            ]
        ],
        "answer": ["score": "/score"], "says": ["/score": "{{score}}"],
    ]

    /// Its contract's example says 90.6 of every country.
    private static let countries: JSONValue = [
        "contract": "fraud", "operation": "rate_country",
        "request": ["path": ["country": "{{card_country}}"]], "answer": ["score": "/rating"],
    ]

    private func assessments(_ sandbox: TestSandbox) async throws -> [JSONValue] {
        try await sandbox.call("fraud", "GET", "/assessments").json.array ?? []
    }

    @Test func `is asked with what is known of the attempt, and the outcome names it`() async throws {
        let sandbox = try await bound()
        let paid = try await sandbox.pay {
            $0["merchant"] = "merchant_high_risk"
            $0["customer"] = "cus_demo"
        }
        #expect(paid.status == 201, "\(paid)")
        #expect(
            paid.at("/outcome/risk_provider")
                == ["contract": "fraud", "operation": "assess", "failure": .null])
        let all = try await assessments(sandbox)
        let asked = try #require(all.first)
        #expect(all.count == 1, "\(all)")
        #expect(asked["cents"] == 1250 && asked["currency"] == "EUR")
        #expect(asked["brand"] == "visa" && asked["funding"] == "credit")
        #expect(asked["payer"] == "cus_demo" && asked["standing"] == "highest")
        #expect(asked["score"] == paid.at("/outcome/risk_score"))
        #expect(
            try await sandbox.operations(beside: paid) == ["create_payment", "assess"])
        let plain = try await TestSandbox.make().pay { $0["merchant"] = "merchant_high_risk" }
        #expect(plain.at("/outcome/risk_score") == paid.at("/outcome/risk_score"))
        #expect(plain.at("/outcome/risk_provider") == nil)
    }

    @Test func `blocks by the same rule as our own score, and is named by the explanation`() async throws {
        let sandbox = try await bound(Self.countries)
        let blocked = try await sandbox.pay()
        #expect(blocked.status == 402, "\(blocked)")
        #expect(blocked.at("/error/decline_code") == "fraudulent")
        let outcome = blocked.at("/error/payment/outcome")
        #expect(outcome?["rule"] == "risk.score" && outcome?["observed"] == 91, "\(blocked)")
        #expect(outcome?["limit"] == 74 && outcome?["risk_level"] == "highest")

        let explained = try await sandbox.explain(blocked)
        #expect(explained.at("/cause/code") == "card_declined")
        #expect(explained.at("/cause/evidence/provider") == "fraud")
        #expect(explained.at("/cause/evidence/operation") == "rate_country")
        let change = explained.at("/to_change/0")?.string ?? ""
        #expect(change.contains("rate_country of fraud") && change.contains("74"), "\(explained)")
        let child = try #require(explained.at("/cause/evidence/request")?.string)
        let own = try await sandbox.tenant.call(
            "GET", "/v1/sandboxes/\(sandbox.slug)/requests/\(child)")
        #expect(own.at("/contract") == "fraud" && own.at("/operation") == "rate_country")

        #expect(try await sandbox.unbind("risk.score").at("/binding") == .null)
        #expect(try await sandbox.pay().status == 201)
    }

    @Test func `that says what nobody can use is as good as silent`() async throws {
        let sandbox = try await bound([
            "contract": "fraud", "operation": "rate_payer",
            "request": ["path": ["payer": "{{customer}}"]], "answer": ["score": "/rating"],
        ])
        let paid = try await sandbox.pay { $0["customer"] = "cus_demo" }
        #expect(paid.at("/outcome/risk_provider/failure") == "unreadable", "\(paid)")
        let guest = try await sandbox.pay()
        #expect(guest.at("/outcome/risk_provider/failure") == "unwritable", "\(guest)")
        let failed = try await sandbox.explain(guest).at("/decisions")?.array?
            .first { $0["code"] == "provider_failed" }
        #expect(failed?["evidence"]?["hint"]?.string?.contains("{payer}") == true)
    }

    @Test(arguments: [
        ("503=100%", "status"), ("reset=100%", "connection"),
        ("timeout=100%,latency=1ms", "timeout"),
    ])
    func `that fails leaves the score to our own rules, which the payment's record says`(
        faults: String, failure: String
    ) async throws {
        let sandbox = try await bound()
        let own = try await TestSandbox.make().pay().at("/outcome/risk_score")
        #expect(try await sandbox.faults(faults, of: "fraud").status == 200)
        let paid = try await sandbox.pay()
        #expect(paid.status == 201, "\(paid)")
        #expect(paid.at("/outcome/risk_score") == own)
        #expect(paid.at("/outcome/risk_provider/failure")?.string == failure)
        let explained = try await sandbox.explain(paid)
        #expect(explained.at("/verdict") == "succeeded")
        let noted = explained.at("/decisions")?.array?.first { $0["code"] == "provider_failed" }
        #expect(noted?["evidence"]?["provider"] == "fraud", "\(explained)")
        #expect(noted?["evidence"]?["operation"] == "assess")
        #expect(noted?["evidence"]?["hint"]?.string?.contains("/chaos") == true)
        // Our own rules still block what they would.
        let risky = try await sandbox.pay {
            $0["merchant"] = "merchant_high_risk"
            $0["amount"] = 600_000
        }
        #expect(risky.at("/error/decline_code") == "fraudulent", "\(risky)")

        #expect(try await sandbox.faults(nil, of: "fraud").status == 200)
        let again = try await sandbox.pay()
        #expect(again.at("/outcome/risk_provider/failure") == .null, "\(again)")
    }

    @Test func `is asked once for a repeated idempotency key`() async throws {
        let sandbox = try await bound()
        let first = try await sandbox.pay(idempotencyKey: "one")
        let second = try await sandbox.pay(idempotencyKey: "one")
        #expect(second.body == first.body && second["Idempotent-Replayed"] == "true")
        #expect(try await assessments(sandbox).count == 1)
    }

    @Test func `is asked within the dry run in which the payment is made`() async throws {
        let sandbox = try await bound()
        let dry = [(name: "X-Dry-Run-Session", value: "try")]
        let body: JSONValue = ["amount": 1250, "currency": "eur", "payment_method": "pm_card_visa"]
        let paid = try await sandbox.call("POST", "/v1/payments", body, fields: dry)
        #expect(paid.at("/outcome/risk_provider/contract") == "fraud", "\(paid)")
        #expect(try await assessments(sandbox) == [])
        let inside = try await sandbox.call("fraud", "GET", "/assessments", fields: dry)
        #expect(inside.json.array?.count == 1)
    }

    /// A payment with a card that was typed, which the attempt stores before it asks.
    private func payTyped(_ sandbox: TestSandbox) async throws -> TestAnswer {
        try await sandbox.pay {
            $0["payment_method"] = nil
            $0["payment_method_data"] = [
                "type": "card",
                "card": ["number": "4242424242424242", "exp_month": 11, "exp_year": 2035],
            ]
        }
    }

    private func cards(_ sandbox: TestSandbox) async throws -> Set<String> {
        let listed = try await sandbox.call("GET", "/v1/payment_methods?limit=100")
        return Set(listed.at("/data")?.array?.compactMap { $0["id"]?.string } ?? [])
    }

    @Test func `answers the same bytes in sandboxes of the same seed`() async throws {
        let (one, other) = (try await bound(seed: 11), try await bound(seed: 11))
        let paid = try await payTyped(one)
        #expect(paid.status == 201, "\(paid)")
        #expect(try await paid.body == payTyped(other).body)
        #expect(
            try await one.call("fraud", "GET", "/assessments").body
                == other.call("fraud", "GET", "/assessments").body)
    }

    /// What the attempt that was undone had stored is not there.
    @Test func `is asked once by each of many payments at a time, each of which stores its card once`()
        async throws
    {
        let sandbox = try await bound()
        let before = try await cards(sandbox)
        let paid = try await withThrowingTaskGroup(of: TestAnswer.self) { group in
            for _ in 0..<8 { group.addTask { try await payTyped(sandbox) } }
            var answers: [TestAnswer] = []
            for try await answer in group { answers.append(answer) }
            return answers
        }
        #expect(paid.allSatisfy { $0.status == 201 }, "\(paid)")
        let stored = Set(paid.compactMap { $0.at("/payment_method")?.string })
        #expect(stored.count == 8)
        #expect(try await cards(sandbox).subtracting(before) == stored)
        #expect(try await assessments(sandbox).count == 8)
        #expect(try await sandbox.eventTypes().count { $0 == "payment.succeeded" } == 8)
        #expect(try await sandbox.unbalanced() == [])
    }

    @Test func `is asked when the payer has been authenticated, not before`() async throws {
        let sandbox = try await bound()
        let asked = try await sandbox.pay(scenario: "three_ds_challenge")
        #expect(asked.at("/status") == "requires_action")
        #expect(try await assessments(sandbox) == [])
        let done = try await sandbox.call(
            "POST", "/v1/authentications/\(asked.at("/authentication")?.string ?? "")/complete",
            ["outcome": "succeeded"])
        #expect(done.at("/status") == "succeeded", "\(done)")
        let paid = try await sandbox.call("GET", "/v1/payments/\(asked.id)")
        #expect(paid.at("/status") == "succeeded")
        #expect(paid.at("/outcome/risk_provider/contract") == "fraud", "\(paid)")
        #expect(try await assessments(sandbox).count == 1)
    }

    @Test func `does not take back what a test card or a scenario asks for`() async throws {
        let sandbox = try await TestSandbox.make(serving: "fraud")
        let own = try await sandbox.pay(scenario: "fraud_blocked")
        let bound = try await sandbox.bind(
            [
                "contract": "fraud", "operation": "assess",
                "request": Self.assessments["request"] ?? [:],
                "answer": ["score": "/score"], "says": ["/score": 0],
            ], to: "risk.score")
        #expect(bound.status == 200, "\(bound)")
        #expect(try await sandbox.pay().at("/outcome/risk_score") == 0)
        let asked = try await sandbox.pay(scenario: "fraud_blocked")
        #expect(asked.status == own.status)
        #expect(
            asked.at("/error/payment/outcome/risk_score")
                == own.at("/error/payment/outcome/risk_score"), "\(asked)")
    }

    @Test func `is asked by an increment of a hold`() async throws {
        let sandbox = try await bound()
        let held = try await sandbox.pay { $0["capture_method"] = "manual" }
        let more = try await sandbox.call(
            "POST", "/v1/payments/\(held.id)/increment_authorization", ["amount": 250])
        #expect(more.status == 200, "\(more)")
        #expect(try await assessments(sandbox).compactMap { $0["cents"]?.int }.sorted() == [250, 1250])
    }

    @Test func `stands beside one of exchange rates in one call`() async throws {
        let sandbox = try await bound()
        try await sandbox.serve("rates")
        let rates = try await sandbox.bind([
            "contract": "rates", "operation": "get_spot",
            "request": ["query": ["pair": "{{upper sell_currency}}/{{upper buy_currency}}"]],
            "answer": ["rate": "/mid"],
        ])
        #expect(rates.status == 200, "\(rates)")
        let paid = try await sandbox.exchange()
        #expect(paid.at("/settlement/exchange_rate") == "2.50000000", "\(paid)")
        #expect(
            try await sandbox.operations(beside: paid) == ["create_payment", "assess", "get_spot"])
    }

    @Test func `that a clock's timer would need is not asked: our own rules score`() async throws {
        let sandbox = try await bound()
        let asked = try await sandbox.pay(scenario: "three_ds_challenge_succeeded")
        try await sandbox.advance(hours: 1)
        let paid = try await sandbox.call("GET", "/v1/payments/\(asked.id)")
        #expect(paid.at("/status") == "succeeded", "\(paid)")
        #expect(paid.at("/outcome/risk_provider") == nil)
        #expect(try await assessments(sandbox) == [])
    }
}
