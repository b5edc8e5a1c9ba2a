import Access
import Contracts
import HTTP
import PlatformSupport
import Postgres
import Tenancy
import Testing

@testable import Gateway
@testable import Simulators

/// The payments domain through its API.
@Suite struct Payments {
    private func expect(
        _ answer: TestAnswer, _ status: Int, _ code: String, _ place: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == status, "\(answer)", sourceLocation: place)
        #expect(answer.errorCode == code, "\(answer)", sourceLocation: place)
    }

    // MARK: Declines

    @Test func `every scenario declines with its own code and says that it was asked for`() async throws {
        let sandbox = try await TestSandbox.make()
        let operation = try #require(try Operations.payments().operation(id: "create_payment"))
        for behaviour in Behaviour.all {
            guard case .decline(let decline) = behaviour.effect else { continue }
            let name = behaviour.name
            let answer = try await sandbox.pay(scenario: name)
            expect(answer, 402, "card_declined")
            #expect(answer.at("/error/decline_code")?.string == decline.code)
            #expect(answer.at("/error/payment/status") == "failed")
            // What is on our own block list never reaches the network.
            let isSent = decline.code != "merchant_blacklist"
            #expect(
                answer["X-Sbx-Simulated"]
                    == "scenario=\(name); decline_code=\(decline.code)"
                    + (isSent ? "; network_code=\(decline.networkCode)" : ""))
            #expect(operation.validateAnswer(status: 402, body: answer.json).isEmpty)
            let stored = try await sandbox.call(
                "GET", "/v1/payments/\(answer.at("/error/payment/id")?.string ?? "")")
            #expect(stored.at("/last_error/decline_code")?.string == decline.code)
        }
        #expect(try await sandbox.pay().at("/status") == "succeeded")
    }

    @Test func `the scenario may stand in the query, and an unknown one is refused with its neighbour`() async throws {
        let sandbox = try await TestSandbox.make()
        let body: JSONValue = ["amount": 5, "currency": "eur", "payment_method": "pm_card_visa"]
        let declined = try await sandbox.call(
            "POST", "/v1/payments?sbx_scenario=insufficient_funds", body)
        #expect(declined.at("/error/decline_code") == "insufficient_funds")
        for name in ["insuficient_funds", "insufficient_fund"] {
            let answer = try await sandbox.pay(scenario: name)
            #expect(answer.status == 400)
            #expect(answer.code == "unknown_scenario")
            #expect(answer.at("/errors/0/expected") == "insufficient_funds")
        }
        let elsewhere = try await sandbox.call(
            "POST", "/v1/customers", [:], fields: [("X-Sandbox-Scenario", "insufficient_funds")])
        #expect(elsewhere.code == "unknown_scenario")
    }

    @Test(arguments: TestCard.wellKnown)
    func `a test card does what it is known for`(card: TestCard) async throws {
        let sandbox = try await TestSandbox.make()
        let input: JSONValue = ["number": .string(card.number), "exp_month": 7, "exp_year": 2031, "cvc": "123"]
        let paid = try await sandbox.pay {
            $0["payment_method"] = nil
            $0["payment_method_data"] = ["type": "card", "card": input]
        }
        let method = try await sandbox.call(
            "POST", "/v1/payment_methods", ["type": "card", "card": input])
        #expect(method.status == 201)
        #expect(method.at("/card/last4")?.string == card.lastFour)
        #expect(!method.text.contains(card.number))
        let later = try await sandbox.pay { $0["payment_method"] = .string(method.id) }
        for answer in [paid, later] {
            if let code = card.behaviour.flatMap(Decline.named)?.code {
                expect(answer, 402, "card_declined")
                #expect(answer.at("/error/decline_code")?.string == code)
                #expect(answer["X-Sbx-Simulated"]?.hasPrefix("magic_input=") == true)
            } else {
                #expect(answer.status == 201, "\(answer)")
                #expect(answer["X-Sbx-Simulated"] == nil)
            }
        }
    }

    @Test func `a golden card whose name promises an outcome has it`() async throws {
        let sandbox = try await TestSandbox.make()
        let outcomes = [
            "pm_card_declined": "generic_decline", "pm_card_insufficient_funds": "insufficient_funds",
            "pm_card_lost": "lost_card", "pm_card_stolen": "stolen_card", "pm_card_expired": "expired_card",
            "pm_card_incorrect_cvc": "incorrect_cvc", "pm_card_processing_error": "processing_error",
        ]
        for (method, code) in outcomes {
            let answer = try await sandbox.pay { $0["payment_method"] = .string(method) }
            #expect(answer.at("/error/decline_code")?.string == code, "\(method)")
        }
        for method in ["pm_card_visa", "pm_card_mastercard", "pm_card_amex", "pm_card_demo_customer"] {
            #expect(try await sandbox.pay { $0["payment_method"] = .string(method) }.status == 201)
        }
    }

    @Test func `a number that could be a real card is refused and kept nowhere`() async throws {
        let sandbox = try await TestSandbox.make()
        let numbers = ["4111111111111111", "4012888888881881", "5105105105105100", "371449635398431"]
        for number in numbers {
            let card: JSONValue = ["number": .string(number), "exp_month": 7, "exp_year": 2031]
            let answers = [
                try await sandbox.call("POST", "/v1/payment_methods", ["type": "card", "card": card]),
                try await sandbox.call(
                    "POST", "/v1/payments",
                    ["amount": 5, "currency": "eur", "payment_method_data": ["type": "card", "card": card]]),
            ]
            for (answer, pointer) in zip(answers, ["/card/number", "/payment_method_data/card/number"]) {
                #expect(answer.status == 400)
                #expect(answer.at("/errors/0/rule") == "test_card_only")
                #expect(answer.pointers == [pointer])
                #expect(!answer.text.contains(number))
            }
        }
        try await sandbox.gateway.gateway.drain()
        let texts = try await sandbox.rows(
            "everything_kept",
            """
            SELECT t::text FROM sbx.entities t WHERE tenant_id = $1
            UNION ALL SELECT t::text FROM sbx.changes t WHERE tenant_id = $1
            UNION ALL SELECT t::text FROM sbx.events t WHERE tenant_id = $1
            UNION ALL SELECT t::text FROM sbx.idempotency_records t WHERE tenant_id = $1
            UNION ALL SELECT t::text FROM sbx.request_log t WHERE tenant_id = $1
            """)
        #expect(texts.count == 2 * numbers.count)
        for index in 0..<texts.count {
            for number in numbers { #expect(!texts[index].text(0).contains(number)) }
        }
    }

    // MARK: A payment's life

    @Test func `a hold is captured in parts, never beyond what is held`() async throws {
        let sandbox = try await TestSandbox.make()
        let hold = try await sandbox.pay { $0["capture_method"] = "manual" }
        #expect(hold.at("/status") == "requires_capture")
        #expect(hold.at("/amount_capturable") == 1250)
        let capture = "/v1/payments/\(hold.id)/capture"
        expect(try await sandbox.call("POST", capture, ["amount": 1251]), 409, "amount_exceeds_hold")
        let part = try await sandbox.call("POST", capture, ["amount": 400, "final": false])
        #expect(part.at("/status") == "requires_capture")
        #expect(part.at("/amount_captured") == 400)
        #expect(part.at("/amount_capturable") == 850)
        expect(try await sandbox.call("POST", capture, ["amount": 851]), 409, "amount_exceeds_hold")
        let rest = try await sandbox.call("POST", capture)
        #expect(rest.at("/status") == "succeeded")
        #expect(rest.at("/amount_captured") == 1250)
        #expect(rest.at("/amount_capturable") == 0)
        expect(try await sandbox.call("POST", capture), 409, "payment_state")
        #expect(try await sandbox.call("GET", "/v1/payments/\(hold.id)").body == rest.body)
    }

    @Test func `a final partial capture releases the rest`() async throws {
        let sandbox = try await TestSandbox.make()
        let hold = try await sandbox.pay { $0["capture_method"] = "manual" }
        let taken = try await sandbox.call("POST", "/v1/payments/\(hold.id)/capture", ["amount": 1000])
        #expect(taken.at("/status") == "succeeded")
        #expect(taken.at("/amount_capturable") == 0)
        let over = try await sandbox.call(
            "POST", "/v1/refunds", ["payment": .string(hold.id), "amount": 1001])
        expect(over, 409, "amount_exceeds_refundable")
    }

    @Test func `a hold can be cancelled, what has been taken cannot`() async throws {
        let sandbox = try await TestSandbox.make()
        let hold = try await sandbox.pay { $0["capture_method"] = "manual" }
        let cancelled = try await sandbox.call(
            "POST", "/v1/payments/\(hold.id)/cancel", ["cancellation_reason": "duplicate"])
        #expect(cancelled.at("/status") == "canceled")
        #expect(cancelled.at("/cancellation_reason") == "duplicate")
        expect(try await sandbox.call("POST", "/v1/payments/\(hold.id)/cancel"), 409, "payment_state")
        expect(try await sandbox.call("POST", "/v1/payments/\(hold.id)/capture"), 409, "payment_state")
        let paid = try await sandbox.pay()
        expect(try await sandbox.call("POST", "/v1/payments/\(paid.id)/cancel"), 409, "payment_state")
    }

    @Test func `refunds go up to what was taken and no further`() async throws {
        let sandbox = try await TestSandbox.make()
        let paid = try await sandbox.pay()
        let payment = JSONValue.string(paid.id)
        let part = try await sandbox.call("POST", "/v1/refunds", ["payment": payment, "amount": 250])
        #expect(part.status == 201)
        #expect(part.at("/amount") == 250)
        expect(
            try await sandbox.call("POST", "/v1/refunds", ["payment": payment, "amount": 1001]),
            409, "amount_exceeds_refundable")
        let rest = try await sandbox.call("POST", "/v1/refunds", ["payment": payment])
        #expect(rest.at("/amount") == 1000)
        expect(try await sandbox.call("POST", "/v1/refunds", ["payment": payment]), 409, "nothing_to_refund")
        let after = try await sandbox.call("GET", "/v1/payments/\(paid.id)")
        #expect(after.at("/amount_refunded") == 1250)
        let listed = try await sandbox.call("GET", "/v1/refunds?payment=\(paid.id)")
        #expect(listed.at("/data")?.array?.count == 2)
        let failed = try await sandbox.pay(scenario: "lost_card")
        let id = failed.at("/error/payment/id") ?? .null
        expect(try await sandbox.call("POST", "/v1/refunds", ["payment": id]), 409, "nothing_to_refund")
    }

    @Test func `what a call names must exist in this sandbox`() async throws {
        let sandbox = try await TestSandbox.make()
        expect(try await sandbox.pay { $0["customer"] = "cus_nobody" }, 404, "resource_missing")
        expect(try await sandbox.pay { $0["payment_method"] = "pm_none" }, 404, "resource_missing")
        let unknown = try await sandbox.pay { $0["currency"] = "xxx" }
        #expect(unknown.status == 400)
        #expect(unknown.pointers == ["/currency"])
    }

    @Test func `a customer is changed, listed by e-mail, and gone when deleted`() async throws {
        let sandbox = try await TestSandbox.make()
        let made = try await sandbox.call(
            "POST", "/v1/customers", ["name": "Mara", "email": "mara@example.com"])
        let path = "/v1/customers/\(made.id)"
        let changed = try await sandbox.call("PATCH", path, ["name": .null, "phone": "+46 8 123"])
        #expect(changed.at("/name") == .null)
        #expect(changed.at("/email") == "mara@example.com")
        #expect(try await sandbox.call("GET", path).body == changed.body)
        let listed = try await sandbox.call("GET", "/v1/customers?email=mara%40example.com")
        #expect(listed.at("/data") == .array([changed.json]))
        #expect(try await sandbox.call("DELETE", path).at("/deleted") == true)
        expect(try await sandbox.call("GET", path), 404, "resource_missing")
        expect(try await sandbox.call("DELETE", path), 404, "resource_missing")
        #expect(try await sandbox.call("GET", "/v1/customers?email=mara%40example.com").at("/data") == [])
    }

    @Test func `lists come newest first in pages that neither skip nor repeat`() async throws {
        let sandbox = try await TestSandbox.make()
        var made: [String] = []
        for _ in 0..<7 { made.insert(try await sandbox.pay { $0["currency"] = "sek" }.id, at: 0) }
        var seen: [String] = []
        var target = "/v1/payments?limit=3&currency=sek"
        while true {
            let page = try await sandbox.call("GET", target)
            seen += page.at("/data")?.array?.compactMap { $0["id"]?.string } ?? []
            guard let next = page.at("/next")?.string else {
                #expect(page.at("/has_more") == false)
                break
            }
            target = "/v1/payments?limit=3&currency=sek&cursor=\(next)"
        }
        #expect(seen == made)
    }
}
