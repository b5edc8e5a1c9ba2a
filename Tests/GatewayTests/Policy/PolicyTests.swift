import Contracts
import Testing

@testable import Gateway

@Suite struct `A sandbox's policy` {
    private static let realCard = "4532015112830366"

    private func set(_ policy: JSONValue, on sandbox: TestSandbox) async throws -> TestAnswer {
        try await sandbox.tenant.call("PUT", "/v1/sandboxes/\(sandbox.slug)/policy", policy)
    }

    // MARK: Cards

    @Test func `a number that could be a real card gets in nowhere and is repeated nowhere`()
        async throws
    {
        let sandbox = try await TestSandbox.make()
        let answers = [
            try await sandbox.call(
                "POST", "/v1/customers", ["name": "Mara", "metadata": ["note": .string(Self.realCard)]]),
            try await sandbox.call(
                "POST", "/v1/payments",
                ["amount": 100, "currency": "eur", "description": "4532-0151-1283-0366"]),
            try await sandbox.call("GET", "/v1/customers/\(Self.realCard)"),
            try await sandbox.call("GET", "/v1/customers?limit=1&email=\(Self.realCard)"),
        ]
        #expect(answers.map(\.code) == Array(repeating: "card_number_refused", count: 4))
        #expect(answers.map(\.pointers) == [["/metadata/note"], ["/description"], [""], [""]])
        for answer in answers {
            #expect(answer.status == 422)
            #expect(!answer.text.contains("0366"))
            #expect(!(try await sandbox.logged(answer).text.contains(Self.realCard)))
        }
    }

    @Test func `an escaped number is found as well`() async throws {
        let sandbox = try await TestSandbox.make()
        let body = Array(#"{"name":"\u0034532015112830366"}"#.utf8)
        let answer = try await sandbox.gateway.send(
            sandbox.prepared("POST", "/v1/customers").body(body))
        #expect(answer.code == "card_number_refused")
        #expect(answer.pointers == ["/name"])
    }

    @Test func `test cards are as welcome as ever`() async throws {
        let sandbox = try await TestSandbox.make()
        let answer = try await sandbox.call(
            "POST", "/v1/payment_methods",
            ["type": "card", "card": ["number": "4242424242424242", "exp_month": 11, "exp_year": 2031]])
        #expect(answer.status == 201)
    }

    // MARK: Personal data

    @Test func `personal data is let in, masked or refused`() async throws {
        let sandbox = try await TestSandbox.make()
        let customer: JSONValue = ["name": "Mara", "email": "mara.lindqvist@gmail.com"]
        let plain = try await sandbox.call("POST", "/v1/customers", customer)
        #expect(plain.at("/email") == "mara.lindqvist@gmail.com")

        #expect(try await set(["personal_data": "mask"], on: sandbox).status == 200)
        let masked = try await sandbox.call("POST", "/v1/customers", customer)
        #expect(masked.status == 201)
        let address = try #require(masked.at("/email")?.string)
        #expect(address.hasPrefix("person-") && address.hasSuffix("@example.com"))
        let stored = try await sandbox.call("GET", "/v1/customers/\(masked.id)")
        #expect(stored.at("/email") == .string(address))
        let explained = try await sandbox.explain(masked)
        #expect(explained.text.contains("personal_data_masked"))
        #expect(!explained.text.contains("lindqvist"))

        #expect(try await set(["personal_data": "refuse"], on: sandbox).status == 200)
        let refused = try await sandbox.call("POST", "/v1/customers", customer)
        #expect(refused.status == 422)
        #expect(refused.code == "personal_data_refused")
        #expect(refused.pointers == ["/email"])
        #expect(refused.at("/errors/0/rule") == "email")
        #expect(!refused.text.contains("lindqvist"))
    }

    // MARK: Guard

    @Test func `the guard blocks, lets run or rehearses`() async throws {
        let sandbox = try await TestSandbox.make()
        let customer = try await sandbox.call("POST", "/v1/customers", ["name": "Mara"])
        let path = "/v1/customers/\(customer.id)"
        let policy: JSONValue = [
            "guard": [
                "destructive": "simulate",
                "rules": [["method": "DELETE", "path": "/payments/v1/customers/*", "action": "block"]],
            ]
        ]
        #expect(try await set(policy, on: sandbox).status == 200)
        let blocked = try await sandbox.call("DELETE", path)
        #expect(blocked.status == 403)
        #expect(blocked.code == "blocked_by_guard")
        #expect(blocked.at("/rule") == "DELETE /payments/v1/customers/*")
        let explained = try await sandbox.explain(blocked)
        #expect(explained.at("/cause/code") == "blocked_by_guard")
        #expect(explained.at("/to_change/0")?.string?.contains("X-Dry-Run") ?? false)

        let held = try await sandbox.pay { $0["capture_method"] = "manual" }
        let rehearsed = try await sandbox.call("POST", "/v1/payments/\(held.id)/cancel", [:])
        #expect(rehearsed.status == 200)
        #expect(rehearsed.at("/status") == "canceled")
        #expect(rehearsed.at("/_dryRun") == true)
        let after = try await sandbox.call("GET", "/v1/payments/\(held.id)")
        #expect(after.at("/status") == "requires_capture")

        #expect(try await set([:], on: sandbox).status == 200)
        #expect(try await sandbox.call("DELETE", path).status == 200)
    }

    @Test(arguments: [
        (["guard": ["rules": [["path": "payments", "action": "block"]]]], "/guard/rules/0/path"),
        (["cors": ["origins": ["app.example"]]], "/cors/origins/0"),
        (["personal_data": "maybe"], "/personal_data"), (["pii": "mask"], "/pii"),
    ] as [(JSONValue, String)])
    func `what cannot be meant is refused with its place`(policy: JSONValue, pointer: String)
        async throws
    {
        let sandbox = try await TestSandbox.make()
        let answer = try await set(policy, on: sandbox)
        #expect(answer.status == 400)
        #expect(answer.pointers == [pointer])
    }

    // MARK: Browsers

    @Test func `a browser is told what a page may do and read`() async throws {
        let sandbox = try await TestSandbox.make()
        let preflight = TestCall("OPTIONS", "/v1/payments").host(sandbox.contractHost)
            .field("Origin", "https://app.example")
            .field("Access-Control-Request-Method", "POST")
            .field("Access-Control-Request-Headers", "authorization, idempotency-key")
        let asked = try await sandbox.gateway.send(preflight)
        #expect(asked.status == 204)
        #expect(asked["Access-Control-Allow-Origin"] == "*")
        #expect(asked["Access-Control-Allow-Methods"]?.contains("DELETE") ?? false)
        #expect(asked["Access-Control-Allow-Headers"] == "authorization, idempotency-key")
        #expect(asked["Access-Control-Max-Age"] == "600")
        let called = try await sandbox.call(
            "GET", "/v1/payments", fields: [("Origin", "https://app.example")])
        #expect(called["Access-Control-Allow-Origin"] == "*")
        #expect(called["Access-Control-Expose-Headers"]?.contains("Request-Id") ?? false)
        // Refusals can be read, too.
        let stranger = try await sandbox.gateway.send(
            TestCall("GET", "/v1/payments").host(sandbox.contractHost).field("Origin", "https://a.b"))
        #expect(stranger.status == 401)
        #expect(stranger["Access-Control-Allow-Origin"] == "*")
        #expect(try await sandbox.call("GET", "/v1/payments")["Access-Control-Allow-Origin"] == nil)

        _ = try await set(["cors": ["origins": ["https://app.example"], "max_age": 5]], on: sandbox)
        let own = try await sandbox.gateway.send(preflight)
        #expect(own["Access-Control-Allow-Origin"] == "https://app.example")
        #expect(own["Access-Control-Max-Age"] == "5")
        let other = try await sandbox.gateway.send(
            TestCall("OPTIONS", "/v1/payments").host(sandbox.contractHost)
                .field("Origin", "https://evil.example")
                .field("Access-Control-Request-Method", "POST"))
        #expect(other.status == 403)
        #expect(other.code == "origin_not_allowed")
        #expect(other["Access-Control-Allow-Origin"] == nil)
    }

    // MARK: Prefer

    @Test func `Prefer return=minimal leaves the body out and says where the object is`() async throws
    {
        let sandbox = try await TestSandbox.make()
        let made = try await sandbox.call(
            "POST", "/v1/customers", ["name": "Mara"], fields: [("Prefer", "return=minimal")])
        #expect(made.status == 201)
        #expect(made.body.isEmpty)
        #expect(made["Preference-Applied"] == "return=minimal")
        let location = try #require(made["Location"])
        let changed = try await sandbox.call(
            "PATCH", location, ["name": "Anna"], fields: [("Prefer", "return=minimal")])
        #expect(changed.status == 204)
        let found = try await sandbox.call("GET", location, fields: [("Prefer", "return=minimal")])
        #expect(found.at("/name") == "Anna")
        let declined = try await sandbox.call(
            "POST", "/v1/payments",
            ["amount": 1, "currency": "eur", "payment_method": "pm_card_visa"],
            fields: [("Prefer", "return=minimal"), ("X-Sandbox-Scenario", "insufficient_funds")])
        #expect(declined.status == 402)
        #expect(!declined.body.isEmpty)
    }
}
