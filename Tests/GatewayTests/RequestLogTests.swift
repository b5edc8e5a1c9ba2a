import Contracts
import HTTP
import Identifiers
import Observability
import PlatformSupport
import Postgres
import Runtime
import Synchronization
import Testing

@testable import Gateway

/// Each call to a sandbox leaves one row that tells why it ended as it did.
@Suite struct `The request log` {
    @Test func `has one row a call, refused ones too`() async throws {
        let sandbox = try await TestSandbox.make()
        let gateway = sandbox.gateway
        let stranger = try await TestSandbox.make()
        let answers = [
            try await sandbox.call("GET", "/v1/balance"), try await sandbox.pay(),
            try await sandbox.pay(scenario: "lost_card"),
            try await sandbox.call("GET", "/v1/nothing"),
            try await sandbox.call("PUT", "/v1/payments"),
            try await sandbox.call("POST", "/v1/payments", ["amount": 0]),
            try await gateway.send(sandbox.prepared("GET", "/v1/balance").key(nil)),
            try await gateway.send(sandbox.prepared("GET", "/v1/balance").key(stranger.key)),
            try await gateway.send(sandbox.prepared("GET", "/v1/balance").host("x--\(sandbox.host)")),
        ]
        try await gateway.gateway.drain()
        let listed = try await sandbox.tenant.call("GET", "/v1/sandboxes/\(sandbox.slug)/requests?limit=100")
        let rows = listed.at("/data")?.array ?? []
        #expect(Set(rows.compactMap { $0["id"]?.string }) == Set(answers.compactMap { $0["Request-Id"] }))
        #expect(rows.count == answers.count)
        for answer in answers {
            let row = rows.first { $0["id"]?.string == answer["Request-Id"] }
            #expect(row?["status"]?.int == Int64(answer.status))
            #expect(row?["code"]?.string == answer.code ?? answer.errorCode)
            #expect(answer["traceparent"]?.contains(row?["trace_id"]?.string ?? "none") == true)
        }
        // The stranger's own log knows nothing of it.
        let others = try await stranger.tenant.call("GET", "/v1/sandboxes/\(stranger.slug)/requests")
        #expect(others.at("/data") == [])
    }

    @Test func `tells everything of one call but what was in it`() async throws {
        let sandbox = try await TestSandbox.make()
        let call = sandbox.prepared("POST", "/v1/payments?sbx_scenario=lost_card", [
            "amount": 5, "currency": "eur", "payment_method": "pm_card_visa", "description": "for Ida",
        ])
        let answer = try await sandbox.gateway.send(call)
        let row = try await sandbox.logged(answer)
        #expect(row.status == 200, "\(row)")
        let expected: [(JSONPointer, JSONValue)] = [
            ("/method", "POST"), ("/path", "/v1/payments"), ("/contract", "payments"),
            ("/operation", "create_payment"), ("/status", 402), ("/code", "card_declined"),
            ("/principal/kind", "sandbox_key"), ("/request_bytes", .int(Int64(call.body?.count ?? 0))),
            ("/response_bytes", .int(Int64(answer.body.count))), ("/revision", 1), ("/tick", 1),
        ]
        for (pointer, value) in expected { #expect(row.at(pointer) == value, "\(pointer)") }
        #expect(!row.text.contains("Ida"))
        let steps = row.at("/decisions")?.array?.compactMap { $0["step"]?.string }
        #expect(steps == ["identify_sandbox", "authenticate", "match", "scenario", "simulate"])
    }

    @Test func `explains a refusal by its one cause and what would change it`() async throws {
        let sandbox = try await TestSandbox.make()
        let gateway = sandbox.gateway
        let stranger = try await TestSandbox.make()
        _ = try await sandbox.pay(idempotencyKey: "k")
        let cases: [(TestAnswer, step: String, code: String)] = [
            (try await gateway.send(sandbox.prepared("GET", "/v1/balance").key(nil)), "authenticate", "authentication_required"),
            (try await gateway.send(sandbox.prepared("GET", "/v1/balance").key(stranger.key)), "authorise", "wrong_sandbox"),
            (try await gateway.send(sandbox.prepared("POST", "/v1/payments", [:]).type("text/plain")), "policy", "unsupported_media_type"),
            (try await sandbox.call("GET", "/v1/nothing"), "match", "not_found"),
            (try await sandbox.call("POST", "/v1/payments", ["amount": 0]), "validate", "validation_failed"),
            (try await sandbox.pay(idempotencyKey: "k") { $0["amount"] = 1 }, "idempotency", "idempotency_key_reused"),
            (try await sandbox.pay(scenario: "no_such"), "scenario", "unknown_scenario"),
        ]
        for (answer, step, code) in cases {
            let explained = try await sandbox.explain(answer)
            #expect(explained.status == 200, "\(explained)")
            #expect(explained.at("/verdict") == "refused")
            #expect(explained.at("/cause/step")?.string == step)
            #expect(explained.at("/cause/code")?.string == code)
            let faults = answer.json["errors"]?.array?.count
            #expect(explained.at("/to_change")?.array?.count == faults ?? 1)
            if faults == nil { #expect(explained.at("/to_change/0") == answer.json["hint"]) }
            // The problem leads there by itself.
            #expect(answer.json["explain_url"]?.string?.hasSuffix("\(answer["Request-Id"] ?? "-")/explain") == true)
        }
    }

    @Test func `explains a simulated decline and a success`() async throws {
        let sandbox = try await TestSandbox.make()
        let declined = try await sandbox.explain(try await sandbox.pay(scenario: "lost_card"))
        #expect(declined.at("/verdict") == "simulated_failure")
        #expect(declined.at("/cause/code") == "card_declined")
        #expect(declined.at("/to_change/0")?.string?.contains("X-Sandbox-Scenario") == true)
        let magic = try await sandbox.explain(
            try await sandbox.pay { $0["payment_method"] = "pm_card_declined" })
        #expect(magic.at("/verdict") == "simulated_failure")
        let paid = try await sandbox.explain(try await sandbox.pay())
        #expect(paid.at("/verdict") == "succeeded")
        #expect(paid.at("/to_change") == [])
        let missing = try await sandbox.explain(try await sandbox.call("GET", "/v1/payments/pay_none"))
        #expect(missing.at("/verdict") == "simulated_failure")
        #expect(missing.at("/cause/code") == "resource_missing")
    }

    @Test func `is read in pages and by status and operation`() async throws {
        let sandbox = try await TestSandbox.make()
        var made: Set<String> = []
        for number in 0..<7 {
            let answer = try await sandbox.pay(scenario: number % 2 == 0 ? "lost_card" : nil)
            made.insert(answer["Request-Id"] ?? "")
        }
        try await sandbox.gateway.gateway.drain()
        let base = "/v1/sandboxes/\(sandbox.slug)/requests?limit=3"
        var seen: [String] = []
        var next: String?
        repeat {
            let page = try await sandbox.tenant.call("GET", base + (next.map { "&cursor=\($0)" } ?? ""))
            seen += page.at("/data")?.array?.compactMap { $0["id"]?.string } ?? []
            next = page.at("/next")?.string
        } while next != nil
        #expect(seen.count == 7)
        #expect(Set(seen) == made)
        #expect(seen == seen.sorted(by: >))
        let declined = try await sandbox.tenant.call("GET", base + "0&status=402&operation=create_payment")
        #expect(declined.at("/data")?.array?.count == 4)
        let none = try await sandbox.tenant.call("GET", base + "&operation=get_payment")
        #expect(none.at("/data") == [])
    }

    @Test func `is searched by scenario, object, trace and time`() async throws {
        let sandbox = try await TestSandbox.make()
        let paid = try await sandbox.pay()
        let payment = try #require(paid.json["id"]?.string)
        let read = try await sandbox.call("GET", "/v1/payments/\(payment)")
        let refunded = try await sandbox.call("POST", "/v1/refunds", ["payment": .string(payment)])
        let declined = try await sandbox.pay(scenario: "lost_card")
        let other = try await sandbox.pay(scenario: "stolen_card")
        try await sandbox.gateway.gateway.drain()
        func found(_ filter: String) async throws -> Set<String> {
            let answer = try await sandbox.tenant.call(
                "GET", "/v1/sandboxes/\(sandbox.slug)/requests?limit=100&\(filter)")
            #expect(answer.status == 200, "\(answer)")
            return Set(answer.at("/data")?.array?.compactMap { $0["id"]?.string } ?? [])
        }
        func ids(_ answers: TestAnswer...) -> Set<String> { Set(answers.compactMap { $0["Request-Id"] }) }
        #expect(try await found("scenario=lost_card") == ids(declined))
        #expect(try await found("scenario=lost_ca") == [])
        // Made, read and refunded: the refund changes the payment without naming it in its path.
        #expect(try await found("entity=\(payment)") == ids(paid, read, refunded))
        #expect(try await found("entity=\(payment.dropLast())") == [])
        let trace = declined["traceparent"]?.split(separator: "-")[1] ?? ""
        #expect(try await found("trace_id=\(trace)") == ids(declined))
        #expect(try await found("since=2100-01-01T00:00:00Z") == [])
        #expect(try await found("until=2000-01-01T00:00:00Z") == [])
        #expect(
            try await found("since=2000-01-01T00:00:00Z&until=2100-01-01T00:00:00Z")
                == ids(paid, read, refunded, declined, other))
        for wrong in ["since=yesterday", "scenario=%27", "entity=a%2Fb"] {
            let answer = try await sandbox.tenant.call(
                "GET", "/v1/sandboxes/\(sandbox.slug)/requests?\(wrong)")
            #expect(answer.status == 400 || answer.status == 422, "\(wrong): \(answer)")
        }
    }

    @Test func `is another tenant's secret`() async throws {
        let sandbox = try await TestSandbox.make()
        let id = try #require(try await sandbox.pay()["Request-Id"])
        try await sandbox.gateway.gateway.drain()
        let stranger = try await TestSandbox.make()
        for path in ["\(sandbox.slug)/requests/\(id)", "\(sandbox.slug)/requests/\(id)/explain", "\(stranger.slug)/requests/\(id)"] {
            #expect(try await stranger.tenant.call("GET", "/v1/sandboxes/\(path)").status == 404)
        }
    }

    @Test func `takes the row of every call, however odd`() async throws {
        let sandbox = try await TestSandbox.make()
        let gateway = sandbox.gateway
        let long = String(repeating: "x%C3%A9", count: 1_000)
        let odd = "a\\b\"'{}\u{1F642}é"
        let calls = [
            sandbox.prepared("GET", "/v1/payments/\(long)"), sandbox.prepared("GET", "/\(long)"),
            sandbox.prepared("GET", "/v1/\\N\\x00\"'{,}|^`"),
            sandbox.prepared("POST", "/v1/payments", [:]).field("X-Sandbox-Scenario", odd),
            sandbox.prepared("POST", "/v1/payments", ["amount": 1, "currency": "eur"])
                .field("X-Sandbox-Scenario", odd),
            sandbox.prepared("POST", "/v1/payments", [:]).type("text/\(odd)"),
            sandbox.prepared("POST", "/v1/payments", .object(JSONObject([.init(name: odd + long, value: .string(odd))]))),
            sandbox.prepared("GET", "/v1/balance").field("X-Sbx-Sandbox", sandbox.slug),
        ]
        var ids: [String] = []
        for call in calls {
            let answer = try await gateway.send(call)
            ids.append(answer["Request-Id"] ?? "")
            let row = try await sandbox.logged(answer)
            #expect(row.status == 200, "\(call.target.prefix(40)): \(row)")
            #expect(row.at("/status")?.int == Int64(answer.status))
            #expect(try await sandbox.explain(answer).status == 200)
        }
        let listed = try await sandbox.tenant.call("GET", "/v1/sandboxes/\(sandbox.slug)/requests?limit=100")
        #expect(Set(listed.at("/data")?.array?.compactMap { $0["id"]?.string } ?? []) == Set(ids))
    }

    @Test func `that cannot be written costs a call nothing and is counted`() async throws {
        let shared = try await TestGateway.shared
        let sandbox = try await TestSandbox.make()
        let broken = Gateway(
            shared.services, loops: shared.platform.loops, random: SystemRandom()
        ) { _ in BrokenSink() }
        for _ in 0..<10 {
            let call = sandbox.prepared("GET", "/v1/balance")
            #expect(try await shared.answer(in: broken, call).status == 200)
        }
        #expect(broken.metrics.exposition().contains("sbx_request_log_rows_total{result=\"stored\"} 0\n"))
    }
}

/// A database that never takes a row.
private struct BrokenSink: RowSink {
    private struct Away: Error {}
    func store(_ rows: [UInt8], count: Int, table: String) async throws { throw Away() }
}
