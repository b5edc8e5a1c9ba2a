import Contracts
import HTTP
import Testing

@testable import Gateway

/// A domain of ours that asks a mounted contract: `ImportedContracts.rates` for exchange rates.
@Suite struct `A bound provider` {
    private func bound(seed: Int64 = 7) async throws -> TestSandbox {
        let sandbox = try await TestSandbox.make(serving: "rates", seed: seed)
        let answer = try await sandbox.bind(Self.quotes)
        #expect(answer.status == 200, "\(answer)")
        return sandbox
    }

    /// The provider's quote, which says the rate that the domain would have used.
    private static let quotes: JSONValue = [
        "contract": "rates", "operation": "create_quote",
        "request": [
            "body": [
                "pair": "{{upper sell_currency}}/{{upper buy_currency}}",
                "amount": "{{major amount sell_currency}}",
            ]
        ],
        "answer": ["rate": "/rate"], "says": ["/rate": "{{rate}}"],
    ]

    @Test func `is asked by a cross-currency payment, which settles at its rate`() async throws {
        let sandbox = try await bound()
        let paid = try await sandbox.exchange()
        #expect(paid.status == 201, "\(paid)")
        let quotes = try await sandbox.call("rates", "GET", "/quotes")
        #expect(quotes.at("/0/pair") == "EUR/USD", "\(quotes)")
        #expect(quotes.at("/0/amount") == .number(JSONNumber("24.50")!))
        #expect(quotes.at("/0/rate") == paid.at("/settlement/exchange_rate"))
        #expect(quotes.json.array?.count == 1)
        let same = try await sandbox.pay()
        #expect(same.status == 201)
        #expect(try await sandbox.call("rates", "GET", "/quotes").json.array?.count == 1)
    }

    @Test func `stands beside the payment in one trace, as a call with a row of its own`() async throws {
        let sandbox = try await bound()
        let paid = try await sandbox.exchange()
        let logged = try await sandbox.logged(paid)
        let trace = try #require(logged.at("/trace_id")?.string)
        let calls = try await sandbox.tenant.call(
            "GET", "/v1/sandboxes/\(sandbox.slug)/requests?trace_id=\(trace)")
        #expect(
            Set(calls.at("/data")?.array?.compactMap { $0["operation"]?.string } ?? [])
                == ["create_payment", "create_quote"], "\(calls)")
        let answered = logged.at("/decisions")?.array?.first { $0["code"] == "provider_answered" }
        let child = try #require(answered?["evidence"]?["request"]?.string, "\(logged)")
        let own = try await sandbox.tenant.call(
            "GET", "/v1/sandboxes/\(sandbox.slug)/requests/\(child)")
        #expect(own.at("/contract") == "rates")
        #expect(own.at("/decisions")?.array?.contains { $0["code"] == "provider" } == true)
        // Its own transaction came before the payment's.
        #expect((own.at("/tick")?.int ?? 0) + 1 == logged.at("/tick")?.int)
    }

    @Test func `fails the payment by a scenario of its contract, until that is taken off`() async throws {
        let sandbox = try await bound()
        let set = try await sandbox.scenarios([["contract": "rates", "scenario": "unavailable"]])
        #expect(set.status == 200, "\(set)")
        let failed = try await sandbox.exchange()
        #expect(failed.status == 402, "\(failed)")
        #expect(failed.errorCode == "exchange_unavailable")
        #expect(failed.at("/error/payment/status") == "failed")
        let simulated = try #require(failed["X-Sbx-Simulated"])
        #expect(simulated.hasPrefix("dependency=fx.quote; provider=rates; sandbox_default=unavailable"))
        let id = failed.at("/error/payment/id")?.string ?? ""
        let stored = try await sandbox.call("GET", "/v1/payments/\(id)")
        #expect(stored.at("/last_error/code") == "exchange_unavailable")
        #expect(try await sandbox.eventTypes().last == "payment.failed")

        let explained = try await sandbox.explain(failed)
        #expect(explained.at("/verdict") == "simulated_failure")
        #expect(explained.at("/cause/code") == "exchange_unavailable")
        #expect(explained.at("/cause/evidence/provider") == "rates")
        #expect(explained.at("/cause/evidence/operation") == "create_quote")
        #expect(explained.at("/cause/evidence/status") == 503)
        #expect(explained.at("/to_change/0")?.string?.contains("default-scenario") == true)
        let child = try #require(explained.at("/cause/evidence/request")?.string)
        let its = try await sandbox.tenant.call(
            "GET", "/v1/sandboxes/\(sandbox.slug)/requests/\(child)/explain")
        #expect(its.at("/cause/code") == "status_503", "\(its)")

        #expect(try await sandbox.scenarios([]).at("/rules") == [])
        #expect(try await sandbox.exchange().status == 201)
    }

    @Test(arguments: [
        ("503=100%", "status"), ("reset=100%", "connection"), ("truncate=100%", "connection"),
        ("timeout=100%,latency=1ms", "timeout"),
    ])
    func `fails the payment by a fault, until that is taken off`(
        faults: String, failure: String
    ) async throws {
        let sandbox = try await bound()
        let chaos = "/v1/sandboxes/\(sandbox.slug)/chaos"
        let set = try await sandbox.tenant.call(
            "PUT", chaos,
            ["rules": [["contract": "rates", "operation": "create_quote", "faults": .string(faults)]]])
        #expect(set.status == 200, "\(set)")
        let failed = try await sandbox.exchange()
        #expect(failed.errorCode == "exchange_unavailable", "\(failed)")
        let explained = try await sandbox.explain(failed)
        #expect(explained.at("/cause/evidence/failure")?.string == failure)
        #expect(explained.at("/to_change/0")?.string?.contains("/chaos") == true, "\(explained)")
        let quote = try await sandbox.call("POST", "/v1/fx_quotes", Self.quoteBody)
        #expect(quote.status == 503)
        #expect(quote.errorCode == "exchange_unavailable")
        _ = try await sandbox.tenant.call("PUT", chaos, [:])
        #expect(try await sandbox.exchange().status == 201)
        #expect(try await sandbox.call("POST", "/v1/fx_quotes", Self.quoteBody).status == 201)
    }

    private static let quoteBody: JSONValue = [
        "sell_currency": "eur", "buy_currency": "usd", "amount": 1000,
    ]

    @Test func `is asked once for a repeated idempotency key`() async throws {
        let sandbox = try await bound()
        let first = try await sandbox.exchange(key: "one")
        let second = try await sandbox.exchange(key: "one")
        #expect(second.body == first.body)
        #expect(second["Idempotent-Replayed"] == "true")
        #expect(try await sandbox.call("rates", "GET", "/quotes").json.array?.count == 1)
    }

    @Test func `is asked within the dry run in which the payment is made`() async throws {
        let sandbox = try await bound()
        let dry = [(name: "X-Dry-Run-Session", value: "try")]
        let paid = try await sandbox.call("POST", "/v1/payments", TestSandbox.crossing, fields: dry)
        #expect(paid.status == 201, "\(paid)")
        #expect(try await sandbox.call("rates", "GET", "/quotes").json == [])
        let inside = try await sandbox.call("rates", "GET", "/quotes", fields: dry)
        #expect(inside.json.array?.count == 1, "\(inside)")
    }

    @Test func `answers the same bytes in sandboxes of the same seed`() async throws {
        let (one, other) = (try await bound(seed: 11), try await bound(seed: 11))
        #expect(try await one.exchange().body == other.exchange().body)
        #expect(
            try await one.call("rates", "GET", "/quotes").body
                == other.call("rates", "GET", "/quotes").body)
    }

    @Test func `may say what its contract's example says`() async throws {
        let sandbox = try await bound()
        let bound = try await sandbox.bind([
            "contract": "rates", "operation": "get_spot",
            "request": ["query": ["pair": "{{upper sell_currency}}/{{upper buy_currency}}"]],
            "answer": ["rate": "/mid"],
        ])
        #expect(bound.status == 200, "\(bound)")
        let paid = try await sandbox.exchange()
        #expect(paid.at("/settlement/exchange_rate") == "2.50000000")
        #expect(paid.at("/settlement/amount") == 6125)
    }

    @Test func `that has been taken off fails the payment until it is unbound`() async throws {
        let sandbox = try await bound()
        let base = "/v1/sandboxes/\(sandbox.slug)"
        _ = try await sandbox.tenant.call("DELETE", "\(base)/contracts/rates")
        let explained = try await sandbox.explain(try await sandbox.exchange())
        #expect(explained.at("/cause/evidence/failure") == "not_mounted")
        let unbound = try await sandbox.tenant.call("DELETE", "\(base)/dependencies/fx.quote")
        #expect(unbound.at("/binding") == .null)
        #expect(try await sandbox.exchange().status == 201)
    }

    @Test func `that needs the same itself answers without asking further`() async throws {
        let sandbox = try await TestSandbox.make()
        let own = try await sandbox.exchange().at("/settlement/exchange_rate")
        let body: JSONValue = [
            "sell_currency": "{{sell_currency}}", "buy_currency": "{{buy_currency}}",
            "amount": "{{amount}}",
        ]
        let bound = try await sandbox.bind([
            "contract": "payments", "operation": "create_fx_quote", "request": ["body": body],
            "answer": ["rate": "/rate"],
        ])
        #expect(bound.status == 200, "\(bound)")
        #expect(try await sandbox.exchange().at("/settlement/exchange_rate") == own)
        #expect(try await sandbox.call("GET", "/v1/fx_quotes").at("/data")?.array?.count == 1)
    }

    @Test(arguments: [
        (["contract": "nothing"], "/contract"),
        (["contract": "rates"], "/operation"),
        (["contract": "rates", "operation": "quote", "answer": ["rate": "/rate"]], "/operation"),
        (["contract": "rates", "operation": "create_quote", "answer": [:]], "/answer"),
        (
            ["contract": "rates", "operation": "create_quote", "answer": ["rate": "/price"]],
            "/answer/rate"
        ),
        (
            [
                "contract": "rates", "operation": "create_quote", "answer": ["rate": "/rate"],
                "request": ["body": ["pair": "{{upper colour}}"]],
            ], "/request/body/pair"
        ),
        (
            [
                "contract": "rates", "operation": "create_quote", "answer": ["rate": "/rate"],
                "says": ["/rate": "{{shout rate}}"],
            ], "/says/~1rate"
        ),
    ] as [(JSONValue, String)])
    func `is refused with a pointer where the binding cannot hold`(
        binding: JSONValue, pointer: String
    ) async throws {
        let sandbox = try await TestSandbox.make(serving: "rates")
        let refused = try await sandbox.bind(binding)
        #expect(refused.status == 400, "\(refused)")
        #expect(refused.pointers == [pointer], "\(refused)")
        let listed = try await sandbox.tenant.call(
            "GET", "/v1/sandboxes/\(sandbox.slug)/dependencies")
        #expect(listed.at("/data/0/name") == "fx.quote")
        #expect(listed.at("/data/0/binding") == .null)
    }

    @Test func `of a name that there is not is not found`() async throws {
        let sandbox = try await TestSandbox.make()
        let missing = try await sandbox.tenant.call(
            "DELETE", "/v1/sandboxes/\(sandbox.slug)/dependencies/tea.leaves")
        #expect(missing.status == 404)
    }
}

/// The published contract that the first chain runs through, with the mapping that comes along.
@Suite struct `A published provider of exchange rates` {
    @Test(.enabled(if: PublishedContracts.arePresent, "corpus absent"))
    func `is bound by its name alone, fails the payment and lets it succeed again`() async throws {
        let sandbox = try await TestSandbox.make()
        let file = try #require(
            PublishedContracts.valid.first { $0.name == "adyen-foreign-exchange-v1.yaml" })
        _ = try await sandbox.gateway.send(
            TestCall("POST", "/v1/contracts?name=adyen-fx").key(sandbox.tenant.key)
                .type("application/yaml").body(try file.bytes()))
        #expect(try await sandbox.mount("adyen-fx").status == 201)
        let own = try await sandbox.exchange()
        let bound = try await sandbox.bind(["contract": "adyen-fx"])
        #expect(bound.at("/binding/operation") == "post-rates-calculate", "\(bound)")
        let paid = try await sandbox.exchange()
        #expect(paid.status == 201, "\(paid)")
        #expect(paid.at("/settlement") == own.at("/settlement"))

        let set = try await sandbox.scenarios([
            ["contract": "adyen-fx", "operation": "post-rates-calculate", "scenario": "status_422"]
        ])
        #expect(set.status == 200, "\(set)")
        let failed = try await sandbox.exchange()
        #expect(failed.errorCode == "exchange_unavailable", "\(failed)")
        let explained = try await sandbox.explain(failed)
        #expect(explained.at("/cause/evidence/provider") == "adyen-fx")
        #expect(explained.at("/cause/evidence/operation") == "post-rates-calculate")
        _ = try await sandbox.scenarios([])
        #expect(try await sandbox.exchange().status == 201)
    }
}

extension TestSandbox {
    /// 24.50 EUR that settle in USD.
    static let crossing: JSONValue = [
        "amount": 2450, "currency": "eur", "settlement_currency": "usd",
        "payment_method": "pm_card_visa",
    ]

    func exchange(key: String? = nil) async throws -> TestAnswer {
        try await call(
            "POST", "/v1/payments", Self.crossing,
            fields: key.map { [("Idempotency-Key", $0)] } ?? [])
    }

    func bind(
        _ binding: JSONValue, to dependency: String = "fx.quote"
    ) async throws -> TestAnswer {
        try await tenant.call("PUT", "/v1/sandboxes/\(slug)/dependencies/\(dependency)", binding)
    }

    func unbind(_ dependency: String) async throws -> TestAnswer {
        try await tenant.call("DELETE", "/v1/sandboxes/\(slug)/dependencies/\(dependency)")
    }

    /// Faults for one of the sandbox's contracts; none takes all off.
    func faults(_ faults: String?, of contract: String) async throws -> TestAnswer {
        var body: JSONValue = [:]
        if let faults {
            body["rules"] = [["contract": .string(contract), "faults": .string(faults)]]
        }
        return try await tenant.call("PUT", "/v1/sandboxes/\(slug)/chaos", body)
    }

    /// Operations of the calls in the trace of a call, the call itself among them.
    func operations(beside answer: TestAnswer) async throws -> Set<String> {
        let trace = try await logged(answer).at("/trace_id")?.string ?? ""
        let calls = try await tenant.call(
            "GET", "/v1/sandboxes/\(slug)/requests?trace_id=\(trace)")
        return Set(calls.at("/data")?.array?.compactMap { $0["operation"]?.string } ?? [])
    }

    func scenarios(_ rules: [JSONValue]) async throws -> TestAnswer {
        try await tenant.call(
            "PUT", "/v1/sandboxes/\(slug)/default-scenario",
            ["scenario": .null, "rules": .array(rules)])
    }
}
