import Contracts
import HTTP
import Testing

@testable import Gateway

/// Who sends the one-time code of a challenge: `sms.send` bound to `ImportedContracts.texts`.
@Suite struct `A provider of messages` {
    private func bound(seed: Int64 = 7) async throws -> TestSandbox {
        let sandbox = try await TestSandbox.make(serving: "texts", seed: seed)
        let answer = try await sandbox.bind(Self.texts, to: "sms.send")
        #expect(answer.status == 200, "\(answer)")
        return sandbox
    }

    private static let texts: JSONValue = [
        "contract": "texts", "operation": "send_message",
        "request": ["body": ["to": "{{phone}}", "words": "{{message}}"]],
        "answer": ["id": "/id", "status": "/state"],
        "says": ["/to": "{{phone}}", "/words": "{{message}}", "/state": "accepted"],
    ]

    private func messages(_ sandbox: TestSandbox) async throws -> [JSONValue] {
        try await sandbox.call("texts", "GET", "/messages").json.array ?? []
    }

    /// A payment of a customer with a phone, which asks for authentication.
    private func challenge(
        _ sandbox: TestSandbox, key: String? = nil, phone: JSONValue = "+46 8 123 450"
    ) async throws -> TestAnswer {
        let customer = try await sandbox.call(
            "POST", "/v1/customers", ["name": "Mara Lindqvist", "phone": phone])
        return try await pay(sandbox, customer.id, key: key)
    }

    private func pay(
        _ sandbox: TestSandbox, _ customer: String, key: String? = nil
    ) async throws -> TestAnswer {
        try await sandbox.pay(scenario: "three_ds_challenge", idempotencyKey: key) {
            $0["customer"] = .string(customer)
        }
    }

    private func authentication(
        _ sandbox: TestSandbox, of payment: TestAnswer
    ) async throws -> TestAnswer {
        try await sandbox.call(
            "GET", "/v1/authentications/\(payment.at("/authentication")?.string ?? "none")")
    }

    private func complete(
        _ sandbox: TestSandbox, _ payment: TestAnswer, _ body: JSONValue
    ) async throws -> TestAnswer {
        try await sandbox.call(
            "POST", "/v1/authentications/\(payment.at("/authentication")?.string ?? "none")/complete",
            body)
    }

    @Test func `carries the code to the customer's phone, and the code completes the challenge`() async throws {
        let sandbox = try await bound()
        let asked = try await challenge(sandbox)
        #expect(asked.at("/status") == "requires_action", "\(asked)")
        let all = try await messages(sandbox)
        let sent = try #require(all.first)
        #expect(all.count == 1 && sent["to"] == "+468123450", "\(all)")
        let words = try #require(sent["words"]?.string)
        let code = String(words.prefix(6))
        #expect(words == "\(code) is your code to confirm a payment of 12.50 EUR.")
        let pending = try await authentication(sandbox, of: asked)
        #expect(
            pending.at("/one_time_code")
                == [
                    "code": .string(code), "status": "sent", "message": sent["id"] ?? .null,
                    "message_status": "accepted",
                ], "\(pending)")
        #expect(
            try await sandbox.operations(beside: asked) == ["create_payment", "send_message"])
        let answered = try await sandbox.explain(asked).at("/decisions")?.array?
            .first { $0["code"] == "provider_answered" }
        #expect(answered?["evidence"]?["provider"] == "texts")
        #expect(answered?["evidence"]?["operation"] == "send_message")
        #expect(answered?["evidence"]?["request"]?.string?.hasPrefix("req_") == true, "\(answered ?? .null)")

        let done = try await complete(sandbox, asked, ["code": .string(code)])
        #expect(done.at("/status") == "succeeded", "\(done)")
        #expect(try await sandbox.call("GET", "/v1/payments/\(asked.id)").at("/status") == "succeeded")
        let late = try await complete(sandbox, asked, ["code": .string(code)])
        #expect(late.errorCode == "authentication_state")
    }

    @Test func `leaves a payer with another code unauthenticated`() async throws {
        let sandbox = try await bound()
        let asked = try await challenge(sandbox)
        let code = try await authentication(sandbox, of: asked).at("/one_time_code/code")?.string
        let wrong = code == "000000" ? "000001" : "000000"
        let both = try await complete(
            sandbox, asked, ["code": .string(wrong), "outcome": "succeeded"])
        #expect(both.status == 400, "\(both)")
        let done = try await complete(sandbox, asked, ["code": .string(wrong)])
        #expect(done.at("/status") == "failed", "\(done)")
        #expect(try await sandbox.call("GET", "/v1/payments/\(asked.id)").at("/status") == "failed")
    }

    @Test(arguments: [
        ("503=100%", "status"), ("reset=100%", "connection"),
        ("timeout=100%,latency=1ms", "timeout"),
    ])
    func `that fails leaves the challenge standing, and the record says so`(
        faults: String, failure: String
    ) async throws {
        let sandbox = try await bound()
        #expect(try await sandbox.faults(faults, of: "texts").status == 200)
        let asked = try await challenge(sandbox)
        #expect(asked.status == 201 && asked.at("/status") == "requires_action", "\(asked)")
        let explained = try await sandbox.explain(asked)
        #expect(explained.at("/verdict") == "succeeded")
        let noted = explained.at("/decisions")?.array?.first { $0["code"] == "provider_failed" }
        #expect(noted?["evidence"]?["dependency"] == "sms.send", "\(explained)")
        #expect(noted?["evidence"]?["failure"]?.string == failure)
        let pending = try await authentication(sandbox, of: asked)
        #expect(pending.at("/one_time_code/status") == "not_sent", "\(pending)")
        #expect(pending.at("/one_time_code/message") == .null)
        let done = try await complete(sandbox, asked, ["outcome": "succeeded"])
        #expect(done.at("/status") == "succeeded")

        #expect(try await sandbox.faults(nil, of: "texts").status == 200)
        let again = try await challenge(sandbox)
        #expect(
            try await authentication(sandbox, of: again).at("/one_time_code/status") == "sent")
    }

    @Test func `is not asked where there is no phone, which the record says`() async throws {
        let sandbox = try await bound()
        for asked in [
            try await challenge(sandbox, phone: .null),
            try await sandbox.pay(scenario: "three_ds_challenge"),
        ] {
            #expect(asked.at("/status") == "requires_action", "\(asked)")
            let noted = try await sandbox.explain(asked).at("/decisions")?.array?
                .first { $0["code"] == "provider_not_asked" }
            #expect(noted?["evidence"]?["hint"]?.string?.contains("phone") == true)
            let refused = try await complete(sandbox, asked, ["code": "123456"])
            #expect(refused.status == 409 && refused.errorCode == "code_not_sent", "\(refused)")
        }
        #expect(try await messages(sandbox) == [])
    }

    @Test(arguments: ["three_ds_frictionless", "three_ds_decoupled", "three_ds_spc"])
    func `is not asked by an authentication without a code`(scenario: String) async throws {
        let sandbox = try await bound()
        let customer = try await sandbox.call("POST", "/v1/customers", ["phone": "+46 8 123 450"])
        let paid = try await sandbox.pay(scenario: scenario) {
            $0["customer"] = .string(customer.id)
        }
        #expect(paid.status == 201, "\(paid)")
        #expect(try await messages(sandbox) == [])
    }

    @Test func `sends nothing where none is bound`() async throws {
        let sandbox = try await TestSandbox.make(serving: "texts")
        let asked = try await challenge(sandbox)
        #expect(try await authentication(sandbox, of: asked).at("/one_time_code") == nil)
        #expect(try await messages(sandbox) == [])
    }

    @Test func `is asked once for a repeated idempotency key`() async throws {
        let sandbox = try await bound()
        let customer = try await sandbox.call("POST", "/v1/customers", ["phone": "+46 8 123 450"])
        let first = try await pay(sandbox, customer.id, key: "one")
        let second = try await pay(sandbox, customer.id, key: "one")
        #expect(second.body == first.body && second["Idempotent-Replayed"] == "true")
        #expect(try await messages(sandbox).count == 1)
        let code = try await authentication(sandbox, of: first).at("/one_time_code/code")
        let other = try await pay(sandbox, customer.id, key: "two")
        #expect(try await authentication(sandbox, of: other).at("/one_time_code/code") != code)
    }

    @Test func `sends the same codes in sandboxes of the same seed, and others the next time`() async throws {
        let (one, other) = (try await bound(seed: 11), try await bound(seed: 11))
        #expect(try await challenge(one).body == challenge(other).body)
        #expect(try await challenge(one).body == challenge(other).body)
        let sent = try await messages(one)
        #expect(try await sent == messages(other))
        #expect(sent.count == 2 && sent.first?["words"] != sent.last?["words"], "\(sent)")
    }

    @Test func `sends within the dry run in which the payment is made`() async throws {
        let sandbox = try await bound()
        let customer = try await sandbox.call("POST", "/v1/customers", ["phone": "+46 8 123 450"])
        let dry = [(name: "X-Dry-Run-Session", value: "try")]
        let asked = try await sandbox.call(
            "POST", "/v1/payments",
            [
                "amount": 1250, "currency": "eur", "payment_method": "pm_card_visa",
                "customer": .string(customer.id), "three_d_secure": "required",
            ], fields: dry)
        #expect(asked.at("/status") == "requires_action", "\(asked)")
        #expect(try await messages(sandbox) == [])
        let inside = try await sandbox.call("texts", "GET", "/messages", fields: dry)
        #expect(inside.json.array?.count == 1, "\(inside)")
    }
}
