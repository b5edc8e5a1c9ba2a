import Contracts
import Testing

@testable import Gateway

/// Errors that an imported contract declares, and what it does not declare.
@Suite struct `The errors of an imported contract` {
    private let sandbox: TestSandbox

    init() async throws {
        sandbox = try await TestSandbox.make(serving: "rates", seed: 7)
    }

    private static let quote: JSONValue = ["pair": "EUR/USD", "amount": 1]

    private func post(_ scenario: String, key: String? = nil) async throws -> TestAnswer {
        var fields = [(name: "X-Sandbox-Scenario", value: scenario)]
        if let key { fields.append(("Idempotency-Key", key)) }
        return try await sandbox.call("rates", "POST", "/quotes", Self.quote, fields: fields)
    }

    @Test(arguments: [
        ("status_503", 503, "1"), ("unavailable", 503, "1"), ("rate_limited", 429, "1"),
        ("rate_limited; retry_after=30", 429, "30"),
    ])
    func `are had by scenario, in the contract's words, and store nothing`(
        scenario: String, status: Int, seconds: String
    ) async throws {
        let answer = try await post(scenario)
        #expect(answer.status == status, "\(answer)")
        #expect(answer.json == ["error": "no_liquidity"])
        #expect(answer["Retry-After"] == seconds)
        #expect(answer["X-Sbx-Simulated"]?.hasPrefix("scenario=") == true)
        #expect(try await sandbox.call("rates", "GET", "/quotes").json == [])
        let explained = try await sandbox.explain(answer)
        #expect(explained.at("/cause/code")?.string == "status_\(status)")
        #expect(explained.at("/cause/evidence/by") == "scenario")
    }

    @Test func `are replayed for their idempotency key as any answer is`() async throws {
        let first = try await post("unavailable", key: "k")
        let again = try await sandbox.call(
            "rates", "POST", "/quotes", Self.quote, fields: [("Idempotency-Key", "k")])
        #expect(again.status == 503)
        #expect(again.body == first.body)
    }

    @Test func `are listed by operation, and others are refused with the nearest name`() async throws {
        let listed = try await sandbox.tenant.call(
            "GET", "/v1/sandboxes/\(sandbox.slug)/scenarios")
        let own = listed.at("/data")?.array?.filter { $0["contract"] == "rates" } ?? []
        #expect(
            own.compactMap { $0["name"]?.string }
                == ["status_429", "rate_limited", "status_503", "unavailable"])
        #expect(own.allSatisfy { $0["operations"] == ["create_quote"] })
        let refused = try await post("status_504")
        #expect(refused.status == 400)
        #expect(refused.code == "unknown_scenario")
        #expect(refused.at("/errors/0/expected") == "status_503")
        let elsewhere = try await sandbox.call(
            "rates", "GET", "/quotes", fields: [("X-Sandbox-Scenario", "status_503")])
        #expect(elsewhere.code == "unknown_scenario")
    }

    @Test func `by default rules the narrowest counts, and a rule needs its contract`() async throws {
        _ = try await sandbox.scenarios([
            ["contract": "rates", "scenario": "unavailable"],
            ["contract": "rates", "operation": "create_quote", "scenario": "rate_limited"],
        ])
        let quote = try await sandbox.call("rates", "POST", "/quotes", Self.quote)
        #expect(quote.status == 429)
        #expect(quote["X-Sbx-Simulated"]?.hasPrefix("sandbox_default=rate_limited") == true)
        #expect(try await sandbox.call("rates", "GET", "/quotes").status == 200)
        let unknown = try await sandbox.scenarios([["contract": "rate", "scenario": "unavailable"]])
        #expect(unknown.pointers == ["/rules/0/contract"])
        let notThere = try await sandbox.scenarios([
            ["contract": "rates", "operation": "list_quotes", "scenario": "unavailable"]
        ])
        #expect(notThere.pointers == ["/rules/0/scenario"])
    }

    @Test func `for undeclared parameters can be switched off for one contract`() async throws {
        let place = "/v1/sandboxes/\(sandbox.slug)/contracts/rates"
        #expect(try await sandbox.tenant.call("GET", place).at("/unknown_parameters") == "refuse")
        let target = "/quotes?trace=1"
        #expect(try await sandbox.call("rates", "GET", target).pointers == [""])
        let set = try await sandbox.tenant.call("PATCH", place, ["unknown_parameters": "ignore"])
        #expect(set.status == 200, "\(set)")
        #expect(set.at("/contract") == "rates")
        #expect(try await sandbox.call("rates", "GET", target).status == 200)
        #expect(try await sandbox.call("GET", "/v1/payments?trace=1").status == 400)
        let missing = try await sandbox.tenant.call(
            "PATCH", "/v1/sandboxes/\(sandbox.slug)/contracts/none", ["unknown_parameters": "ignore"])
        #expect(missing.status == 404)
    }

    @Test func `Prefer dynamic makes an answer from its schema`() async throws {
        let read = { (prefer: String) in
            try await sandbox.call("rates", "GET", "/spot?pair=EUR/USD", fields: [("Prefer", prefer)])
        }
        #expect(try await read("code=200").at("/mid") == "2.5")
        let made = try await read("dynamic=true")
        #expect(made.status == 200)
        #expect(made.at("/mid")?.string != nil)
        #expect(made.at("/mid") != "2.5", "\(made)")
        #expect(try await read("dynamic=true").body == made.body)
    }
}
