import Contracts
import HTTP
import Identifiers
import Identity
import PlatformSupport
import Postgres
import Tenancy
import Testing

@testable import Gateway

/// DESIGN § 6: a call that is sent twice happens once.
@Suite struct `Idempotency keys` {
    private func paymentsStored(_ sandbox: TestSandbox) async throws -> Int {
        try await sandbox.rows(
            "payments_stored",
            "SELECT 1 FROM sbx.entities WHERE tenant_id = $1 AND type = 'payment'"
        ).count
    }

    @Test func `the second identical request answers from the first, byte by byte`() async throws {
        let sandbox = try await TestSandbox.make()
        let first = try await sandbox.pay(idempotencyKey: "order-1")
        let second = try await sandbox.pay(idempotencyKey: "\"order-1\"")
        #expect(second.status == 201)
        #expect(second.body == first.body)
        #expect(first["Idempotent-Replayed"] == nil)
        #expect(second["Idempotent-Replayed"] == "true")
        #expect(second["X-Sbx-Original-Request"] == first["Request-Id"])
        #expect(second["Request-Id"] != first["Request-Id"])
        #expect(try await paymentsStored(sandbox) == 1)
    }

    @Test func `blanks in the body make no other request`() async throws {
        let sandbox = try await TestSandbox.make()
        let texts = ["{\"amount\":7,\"currency\":\"eur\"}", " { \"amount\" : 7 ,\n\"currency\": \"eur\" } "]
        var answers: [TestAnswer] = []
        for text in texts {
            let call = sandbox.prepared("POST", "/v1/payments").body(Array(text.utf8))
                .field("Idempotency-Key", "blank")
            answers.append(try await sandbox.gateway.send(call))
        }
        #expect(answers[0].status == 201)
        #expect(answers[1].body == answers[0].body)
    }

    @Test func `the same key with another body is refused with 422`() async throws {
        let sandbox = try await TestSandbox.make()
        _ = try await sandbox.pay(idempotencyKey: "order-1")
        let other = try await sandbox.pay(idempotencyKey: "order-1") { $0["amount"] = 1 }
        #expect(other.status == 422)
        #expect(other.code == "idempotency_key_reused")
        #expect(try await paymentsStored(sandbox) == 1)
    }

    @Test func `the key counts for one operation, one path and one sandbox only`() async throws {
        let sandbox = try await TestSandbox.make()
        let sibling = try await sandbox.tenant.sandbox()
        let fields = [(name: "Idempotency-Key", value: "same")]
        let paid = try await sandbox.pay(idempotencyKey: "same")
        let customer = try await sandbox.call("POST", "/v1/customers", [:], fields: fields)
        let elsewhere = try await sibling.pay(idempotencyKey: "same")
        for answer in [paid, customer, elsewhere] {
            #expect(answer.status == 201)
            #expect(answer["Idempotent-Replayed"] == nil)
        }
        #expect(elsewhere.id != paid.id)
    }

    @Test func `a decline is replayed as the simulated failure it was`() async throws {
        let sandbox = try await TestSandbox.make()
        let first = try await sandbox.pay(scenario: "insufficient_funds", idempotencyKey: "order-1")
        let second = try await sandbox.pay(scenario: "insufficient_funds", idempotencyKey: "order-1")
        #expect(second.status == 402)
        #expect(second.body == first.body)
        #expect(second["Idempotent-Replayed"] == "true")
        #expect(first["X-Sbx-Simulated"] != nil)
        #expect(second["X-Sbx-Simulated"] == first["X-Sbx-Simulated"])
        let explained = try await sandbox.explain(second)
        #expect(explained.at("/verdict") == "simulated_failure", "\(explained)")
    }

    @Test func `what was refused before it ran does not use the key up`() async throws {
        let sandbox = try await TestSandbox.make()
        let bad = try await sandbox.pay(idempotencyKey: "order-1") { $0["amount"] = -1 }
        #expect(bad.status == 400)
        #expect(try await sandbox.pay(idempotencyKey: "order-1").status == 201)
    }

    @Test func `a key that is none is refused`() async throws {
        let sandbox = try await TestSandbox.make()
        for key in ["", "\"\"", String(repeating: "x", count: 256), "é"] {
            let answer = try await sandbox.pay(idempotencyKey: key)
            #expect(answer.status == 400, "\(key)")
        }
        #expect(try await sandbox.pay(idempotencyKey: String(repeating: "x", count: 255)).status == 201)
    }

    @Test func `while the first runs, the second gets 409 at once`() async throws {
        let sandbox = try await TestSandbox.make()
        let body: JSONValue = ["amount": 1250, "currency": "eur", "payment_method": "pm_card_visa"]
        let scope = IdempotencyScope(
            key: "order-1", method: "POST", path: "/payments/v1/payments",
            fingerprint: SHA256Hasher.digest(JSONWriter.bytes(body)).bytes)
        let answer = try await sandbox.gateway.platform.run { platform in
            // The first call, held open in the middle.
            let outcome = try await platform.worlds.transaction(as: sandbox.access, idempotency: scope) {
                world in
                world.answer(
                    with: IdempotencyRecord(
                        status: 201, headers: Array("[]".utf8), response: Array("{}".utf8),
                        request: .init(high: 1, low: 1)))
                return try await sandbox.pay(idempotencyKey: "order-1")
            }
            guard case .committed(let answer) = outcome else { throw TestFault("not committed") }
            return answer
        }
        #expect(answer.status == 409)
        #expect(answer.code == "idempotency_key_in_use")
        #expect(answer["Retry-After"] == "1")
        let after = try await sandbox.pay(idempotencyKey: "order-1")
        #expect(after["Idempotent-Replayed"] == "true")
    }

    @Test func `of many at once exactly one happens`() async throws {
        let sandbox = try await TestSandbox.make()
        let gateway = sandbox.gateway
        let answers = try await withThrowingTaskGroup(of: TestAnswer.self) { group in
            for number in 0..<20 {
                let call = sandbox.prepared(
                    "POST", "/v1/payments", ["amount": 5, "currency": "eur"]
                ).field("Idempotency-Key", "storm")
                group.addTask {
                    try await gateway.answer(in: gateway.gateway, call, on: number % 2)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let fresh = answers.filter { $0.status == 201 && $0["Idempotent-Replayed"] == nil }
        #expect(fresh.count == 1)
        for answer in answers where answer.status != 201 { #expect(answer.code == "idempotency_key_in_use") }
        #expect(try await paymentsStored(sandbox) == 1)
    }
}
