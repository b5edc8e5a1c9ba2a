import Contracts
import HTTP
import Postgres
import Testing

@testable import Gateway

/// Rules through the API that writes them and the calls that meet them.
@Suite struct `A rule over a mounted contract` {
    private static let declining: JSONValue = [
        "operation": "POST /v1/payments",
        "when": [
            ["in": "body", "pointer": "/amount", "at_least": 100_000],
            ["in": "header", "name": "X-Risk", "equals": "high"],
        ],
        "answer": [
            "status": 402, "headers": ["X-Rule": "{{request.headers.x-risk}}"],
            "body": [
                "error": [
                    "type": "card_error", "code": "too_much",
                    "message": "{{major request.body.amount request.body.currency}} {{upper request.body.currency}} is too much.",
                ]
            ],
        ],
    ]
    private static let payments =
        "SELECT count(*) FROM sbx.entities WHERE tenant_id = $1 AND type = 'payment'"
    private static let risky = [(name: "X-Risk", value: "high")]
    private static let large: JSONValue = [
        "amount": 250_000, "currency": "eur", "payment_method": "pm_card_visa",
    ]

    @Test func `answers the next call that meets its conditions, and no other`() async throws {
        let sandbox = try await TestSandbox.make()
        let made = try await sandbox.put("large", Self.declining)
        #expect(made.status == 201, "\(made)")
        #expect(made.at("/operation") == "create_payment")
        #expect(made.at("/version") == 1)
        let met = try await sandbox.call("POST", "/v1/payments", Self.large, fields: Self.risky)
        #expect(met.status == 402, "\(met)")
        #expect(met.at("/error/message") == "2500.00 EUR is too much.")
        #expect(met["X-Rule"] == "high")
        #expect(met["X-Sbx-Simulated"] == "rule=large; status=402")
        let before = try await sandbox.rows("payments_before", Self.payments)[0].int(0)
        _ = try await sandbox.call("POST", "/v1/payments", Self.large, fields: Self.risky)
        // The rule leaves the world's objects alone.
        #expect(try await sandbox.rows("payments_after", Self.payments)[0].int(0) == before)
        #expect(try await sandbox.call("POST", "/v1/payments", Self.large).status == 201)
        #expect(try await sandbox.pay().status == 201)
        let deleted = try await sandbox.tenant.call("DELETE", sandbox.rules + "/large")
        #expect(deleted.at("/deleted") == true)
        #expect(try await sandbox.call("POST", "/v1/payments", Self.large, fields: Self.risky).status == 201)
    }

    @Test func `is named by explain, with what matched and what to change`() async throws {
        let sandbox = try await TestSandbox.make()
        _ = try await sandbox.put("large", Self.declining)
        let met = try await sandbox.call("POST", "/v1/payments", Self.large, fields: Self.risky)
        let explained = try await sandbox.explain(met)
        #expect(explained.at("/verdict") == "simulated_failure", "\(explained)")
        #expect(explained.at("/cause/code") == "too_much")
        #expect(explained.at("/cause/evidence/rule") == "large")
        #expect(explained.at("/cause/evidence/version") == 1)
        #expect(
            explained.at("/cause/evidence/matched") == [
                "body /amount is at least 100000", "header x-risk equals \"high\"",
            ])
        #expect(explained.at("/to_change/0")?.string?.contains("/rules/large") == true)
    }

    @Test func `comes behind the request's own scenario and before a magic input`() async throws {
        let sandbox = try await TestSandbox.make()
        _ = try await sandbox.put(
            "all", ["operation": "create_payment", "answer": ["scenario": "lost_card"]])
        let byRule = try await sandbox.pay()
        #expect(byRule.at("/error/decline_code") == "lost_card", "\(byRule)")
        #expect(byRule["X-Sbx-Simulated"]?.hasPrefix("rule=all; scenario=lost_card") == true, "\(byRule)")
        // The operation's own behaviour answers, so the payment is there.
        let id = byRule.at("/error/payment/id")?.string ?? ""
        #expect(try await sandbox.call("GET", "/v1/payments/\(id)").at("/status") == "failed")
        let magic = try await sandbox.pay { $0["amount"] = 9_000_051 }
        #expect(magic.at("/error/decline_code") == "lost_card", "\(magic)")
        let asked = try await sandbox.pay(scenario: "stolen_card")
        #expect(asked.at("/error/decline_code") == "stolen_card")
        let preferred = try await sandbox.call(
            "POST", "/v1/payments", Self.large, fields: [("Prefer", "code=201")])
        #expect(preferred.status == 201)
        let explained = try await sandbox.explain(byRule)
        #expect(explained.at("/cause/evidence/by") == "rule", "\(explained)")
        #expect(explained.at("/to_change/0")?.string?.contains("/rules/") == true)
    }

    @Test func `may answer the contract's example, and a read`() async throws {
        let sandbox = try await TestSandbox.make()
        _ = try await sandbox.put(
            "missing",
            [
                "operation": "get_payment",
                "when": [["in": "path", "name": "payment", "matches": "^pay_x"]],
                "answer": ["status": 404, "body": ["error": ["type": "not_found", "code": "resource_missing", "message": "No {{request.path.payment}}."]]],
            ])
        _ = try await sandbox.put(
            "list", ["operation": "list_payments", "answer": ["example": ["status": 200]]])
        let missing = try await sandbox.call("GET", "/v1/payments/pay_x1")
        #expect(missing.status == 404, "\(missing)")
        #expect(missing.at("/error/message") == "No pay_x1.")
        let listed = try await sandbox.call("GET", "/v1/payments")
        #expect(listed.status == 200)
        #expect(listed["X-Sbx-Simulated"] == "rule=list; status=200")
        #expect(try await sandbox.call("GET", "/v1/payments").body == listed.body)
    }

    @Test func `keeps its answer under the call's idempotency key`() async throws {
        let sandbox = try await TestSandbox.make()
        _ = try await sandbox.put("large", Self.declining)
        let fields = Self.risky + [("Idempotency-Key", "one")]
        let first = try await sandbox.call("POST", "/v1/payments", Self.large, fields: fields)
        _ = try await sandbox.tenant.call("DELETE", sandbox.rules + "/large")
        let second = try await sandbox.call("POST", "/v1/payments", Self.large, fields: fields)
        #expect(second.status == 402, "\(second)")
        #expect(second.body == first.body)
        #expect(second["Idempotent-Replayed"] == "true")
        #expect(second["X-Rule"] == "high")
    }

    @Test func `draws by seed and call, so that two sandboxes give the same bytes`() async throws {
        func answers() async throws -> [[UInt8]] {
            let sandbox = try await TestSandbox.make(serving: "parcels", seed: 11)
            let put = try await sandbox.tenant.call(
                "PUT", "/v1/sandboxes/\(sandbox.slug)/contracts/parcels/rules/drawn",
                [
                    "operation": "create_parcel", "unchecked": true,
                    "answer": ["status": 201, "body": ["id": "{{uuid}}", "n": "{{random 1 1000000}}", "at": "{{now}}"]],
                ])
            #expect(put.status == 201, "\(put)")
            var bodies: [[UInt8]] = []
            for _ in 0..<2 {
                bodies.append(try await sandbox.call("parcels", "POST", "/parcels", ["reference": "A-1"]).body)
            }
            return bodies
        }
        let (one, other) = (try await answers(), try await answers())
        #expect(one == other)
        // Each changing call has a tick of its own.
        #expect(one[0] != one[1])
    }

    @Test func `whose answer breaks the contract fails the call with its name`() async throws {
        let sandbox = try await TestSandbox.make()
        let body: JSONValue = ["error": ["type": "card_error", "code": "{{request.body.currency}} no", "message": "m"]]
        var rule: JSONValue = ["operation": "create_payment", "answer": ["status": 402, "body": body]]
        #expect(try await sandbox.put("bad", rule).status == 201)
        let failed = try await sandbox.pay()
        #expect(failed.status == 422, "\(failed)")
        #expect(failed.code == "rule_unusable")
        #expect(failed.pointers == ["/error/code"])
        let explained = try await sandbox.explain(failed)
        #expect(explained.at("/cause/evidence/detail")?.string?.contains("rule bad") == true, "\(explained)")
        rule["unchecked"] = true
        #expect(try await sandbox.put("bad", rule).at("/version") == 2)
        #expect(try await sandbox.pay().at("/error/code") == "eur no")
        rule["answer"] = ["status": 402, "body": ["n": "{{divide request.body.amount 0}}"]]
        _ = try await sandbox.put("bad", rule)
        let unfilled = try await sandbox.pay()
        #expect(unfilled.code == "rule_unusable")
        #expect(unfilled.pointers == ["/answer/body/n"])
    }

    @Test(arguments: [
        (["operation": "make_payment", "answer": ["status": 201]], "/operation"),
        (["operation": "create_payment", "answer": ["scenario": "lost_cards"]], "/answer/scenario"),
        (["operation": "create_payment", "answer": ["status": 418]], "/answer/body"),
        (["operation": "create_payment", "answer": ["status": 402, "body": ["error": ["code": "a"]]]], "/answer/body/error/type"),
        (["operation": "create_payment", "answer": ["status": 402, "body": ["a": "{{no}}"]]], "/answer/body/a"),
        (["operation": "create_payment", "answer": ["example": ["status": 201, "name": "x"]]], "/answer/example/name"),
        (["operation": "create_payment", "when": [["in": "path", "name": "id", "equals": 1]], "answer": ["status": 201]], "/when/0/name"),
        (["operation": "list_payments", "when": [["in": "body", "pointer": "", "present": true]], "answer": ["example": ["status": 200]]], "/when/0/in"),
        (["operation": "create_payment", "when": [["in": "query", "name": "q", "matches": "("]], "answer": ["scenario": "lost_card"]], "/when/0/matches"),
        (["operation": "create_payment", "colour": 1, "answer": ["scenario": "lost_card"]], "/colour"),
    ] as [(JSONValue, String)])
    func `is refused with a pointer where it could never answer`(
        rule: JSONValue, pointer: String
    ) async throws {
        let sandbox = try await TestSandbox.make()
        let refused = try await sandbox.put("r", rule)
        #expect(refused.status == 400, "\(refused)")
        #expect(refused.pointers == [pointer], "\(refused)")
        #expect(try await sandbox.tenant.call("GET", sandbox.rules).at("/data") == [])
    }

    @Test func `is replaced only where it still has the version that was read`() async throws {
        let sandbox = try await TestSandbox.make()
        var rule: JSONValue = ["operation": "create_payment", "answer": ["scenario": "lost_card"]]
        _ = try await sandbox.put("r", rule)
        rule["version"] = 1
        #expect(try await sandbox.put("r", rule).at("/version") == 2)
        let late = try await sandbox.put("r", rule)
        #expect(late.status == 409)
        #expect(late.code == "rule_changed")
        #expect(late.pointers == ["/version"])
        #expect(try await sandbox.put("new", rule).code == "rule_changed")
        #expect(try await sandbox.tenant.call("GET", sandbox.rules + "/r").at("/version") == 2)
        #expect(try await sandbox.tenant.call("GET", sandbox.rules + "/none").status == 404)
        #expect(try await sandbox.tenant.call("DELETE", sandbox.rules + "/none").status == 404)
    }

    @Test func `is written beside others who write at once, and none is lost`() async throws {
        let sandbox = try await TestSandbox.make()
        let rule: JSONValue = ["operation": "create_payment", "answer": ["scenario": "lost_card"]]
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<4 {
                group.addTask { try await sandbox.put("r-\(index)", rule).status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let written = try await sandbox.tenant.call("GET", sandbox.rules).at("/data")?.array?.count
        #expect(written == statuses.count { $0 == 201 })
        #expect(statuses.allSatisfy { $0 == 201 || $0 == 503 })
    }

    @Test func `stays when the world goes back, and a fork has a copy of its own`() async throws {
        let sandbox = try await TestSandbox.make()
        let base = "/v1/sandboxes/\(sandbox.slug)"
        let checkpoint = try await sandbox.tenant.call("POST", base + "/checkpoints", ["name": "before"]).id
        _ = try await sandbox.put("r", ["operation": "create_payment", "answer": ["scenario": "lost_card"]])
        let restored = try await sandbox.tenant.call("POST", base + "/checkpoints/\(checkpoint)/restore")
        #expect(restored.status == 200, "\(restored)")
        #expect(try await sandbox.pay().status == 402)
        let fork = try await sandbox.tenant.call("POST", base + "/fork", [:])
        let its = "/v1/sandboxes/\(fork.at("/slug")?.string ?? "")/contracts/payments/rules"
        #expect(try await sandbox.tenant.call("GET", its).at("/data/0/id") == "r", "\(fork)")
        _ = try await sandbox.tenant.call("DELETE", sandbox.rules + "/r")
        #expect(try await sandbox.pay().status == 201)
        #expect(try await sandbox.tenant.call("GET", its).at("/data/0/id") == "r")
    }

    @Test func `is nobody else's to see or to change`() async throws {
        let (sandbox, other) = (try await TestSandbox.make(), try await TestSandbox.make())
        _ = try await sandbox.put("r", ["operation": "create_payment", "answer": ["scenario": "lost_card"]])
        for (method, path, body) in [
            ("GET", "", nil), ("GET", "/r", nil), ("DELETE", "/r", nil),
            ("PUT", "/r", ["operation": "create_payment", "answer": ["scenario": "lost_card"]]),
            ("POST", "/test", ["method": "GET", "path": "/v1/payments"]), ("POST", "/import", ["a": 1]),
        ] as [(String, String, JSONValue?)] {
            let answer = try await other.tenant.call(method, sandbox.rules + path, body)
            #expect(answer.status == 404, "\(method) \(path): \(answer)")
        }
        #expect(try await other.pay().status == 201)
        #expect(try await sandbox.pay().status == 402)
    }

    @Test func `is tried without a call, and says why the others do not answer`() async throws {
        let sandbox = try await TestSandbox.make()
        _ = try await sandbox.put("large", Self.declining)
        _ = try await sandbox.put("all", ["operation": "create_payment", "answer": ["scenario": "lost_card"]])
        _ = try await sandbox.put("list", ["operation": "list_payments", "answer": ["example": ["status": 200]]])
        let tried = try await sandbox.tenant.call(
            "POST", sandbox.rules + "/test", ["method": "POST", "path": "/v1/payments", "body": Self.large])
        #expect(tried.status == 200, "\(tried)")
        #expect(tried.at("/answered_by") == "all")
        #expect(tried.at("/answer/scenario") == "lost_card")
        #expect(tried.at("/rules/0/verdict") == "conditions_not_met")
        #expect(tried.at("/rules/0/conditions/0/holds") == true)
        #expect(tried.at("/rules/0/conditions/1") == ["condition": "header x-risk equals \"high\"", "holds": false, "observed": .null])
        #expect(tried.at("/rules/2/verdict") == "other_operation")
        let risky = try await sandbox.tenant.call(
            "POST", sandbox.rules + "/test",
            ["method": "post", "path": "/v1/payments", "headers": ["X-RISK": "high"], "body": Self.large])
        #expect(risky.at("/answered_by") == "large")
        #expect(risky.at("/answer/status") == 402, "\(risky)")
        #expect(risky.at("/answer/faults") == [])
        #expect(risky.at("/rules/1/verdict") == "shadowed")
        let bad = try await sandbox.tenant.call(
            "POST", sandbox.rules + "/test", ["method": "POST", "path": "/v1/payments", "body": ["amount": "x"]])
        #expect(bad.at("/request_faults")?.array?.isEmpty == false)
        let nowhere = try await sandbox.tenant.call(
            "POST", sandbox.rules + "/test", ["method": "GET", "path": "/v2/nothing"])
        #expect(nowhere.status == 400)
        #expect(nowhere.pointers == ["/path"])
        #expect(try await sandbox.call("GET", "/v1/payments").status == 200)
    }

    @Test func `is made of another tool's stub, and what could not be is told`() async throws {
        let sandbox = try await TestSandbox.make()
        let stubs: JSONValue = [
            "mappings": [
                [
                    "name": "Late answer",
                    "request": ["method": "GET", "urlPathPattern": "/v1/payments/pay_[a-z]+", "headers": ["Authorization": ["equalTo": "Bearer sk_live_0123456789abcdef"]]],
                    "response": ["status": 504, "jsonBody": ["late": true, "key": "sk_live_0123456789abcdef"], "fixedDelayMilliseconds": 9],
                ],
                ["request": ["method": "GET", "urlPath": "/v9/none"], "response": ["status": 200]],
            ]
        ]
        let imported = try await sandbox.tenant.call("POST", sandbox.rules + "/import", stubs)
        #expect(imported.status == 200, "\(imported)")
        #expect(imported.at("/format") == "wiremock")
        #expect(imported.at("/rules/0/id") == "late-answer")
        #expect(imported.at("/rules/0/pointer") == "/mappings/0")
        let told = imported.at("/not_carried")?.array?.compactMap { $0["pointer"]?.string } ?? []
        for pointer in ["/mappings/0/response/fixedDelayMilliseconds", "/mappings/0/request/headers/Authorization", "/mappings/0", "/mappings/1"] {
            #expect(told.contains(pointer), "\(imported)")
        }
        let met = try await sandbox.call("GET", "/v1/payments/pay_abc")
        #expect(met.status == 504, "\(met)")
        #expect(met.at("/late") == true)
        let stored = try await sandbox.tenant.call("GET", sandbox.rules)
        #expect(!String(decoding: stored.body, as: UTF8.self).contains("sk_live"), "\(stored)")
        let again = try await sandbox.tenant.call("POST", sandbox.rules + "/import", stubs)
        #expect(again.at("/rules/0/version") == 2)
        #expect(try await sandbox.tenant.call("GET", sandbox.rules).at("/data")?.array?.count == 1)
        let foreign = try await sandbox.tenant.call("POST", sandbox.rules + "/import", ["openapi": "3.1.0"])
        #expect(foreign.status == 400)
        #expect(foreign.pointers == [""])
    }

    @Test func `of a dry run answers there, too`() async throws {
        let sandbox = try await TestSandbox.make()
        _ = try await sandbox.put("large", Self.declining)
        let fields = Self.risky + [("X-Dry-Run-Session", "try")]
        let met = try await sandbox.call("POST", "/v1/payments", Self.large, fields: fields)
        #expect(met.status == 402, "\(met)")
        #expect(met.at("/_dryRun") == true)
    }
}

extension TestSandbox {
    /// Where the rules over its payments API stand.
    fileprivate var rules: String { "/v1/sandboxes/\(slug)/contracts/payments/rules" }

    fileprivate func put(_ id: String, _ rule: JSONValue) async throws -> TestAnswer {
        try await tenant.call("PUT", "\(rules)/\(id)", rule)
    }
}
