import Access
import Contracts
import HTTP
import PlatformSupport
import Postgres
import Runtime
import Tenancy
import Testing

@testable import Gateway

/// DESIGN § 6: faults on request. What a client sees on the wire stands in `ChaosOnTheWireTests`.
@Suite struct Chaos {
    static func payment(
        _ sandbox: TestSandbox, _ chaos: String?, key: String? = nil
    ) -> TestCall {
        var call = sandbox.prepared(
            "POST", "/v1/payments", ["amount": 5, "currency": "eur", "payment_method": "pm_card_visa"])
        if let chaos { call = call.field("X-Chaos", chaos) }
        if let key { call = call.field("Idempotency-Key", key) }
        return call
    }

    static func paymentsStored(_ sandbox: TestSandbox) async throws -> Int {
        try await sandbox.rows(
            "chaos_payments_stored",
            "SELECT 1 FROM sbx.entities WHERE tenant_id = $1 AND type = 'payment'"
        ).count
    }

    private func send(_ call: TestCall, _ sandbox: TestSandbox) async throws -> TestAnswer {
        try await sandbox.gateway.send(call)
    }

    @Test func `an error before: the contract's shape, named, and nothing is stored`() async throws {
        let sandbox = try await TestSandbox.make()
        let failed = try await send(Self.payment(sandbox, "503", key: "order-1"), sandbox)
        #expect(failed.status == 503)
        #expect(failed.errorCode != nil)
        #expect(!failed.isProblem)
        #expect(failed["X-Sbx-Simulated"] == "chaos=503; status=503; phase=before")
        #expect(failed["Retry-After"] == "1")
        #expect(try await Self.paymentsStored(sandbox) == 0)
        let again = try await send(Self.payment(sandbox, nil, key: "order-1"), sandbox)
        #expect(again.status == 201)
        #expect(again["Idempotent-Replayed"] == nil)
    }

    @Test func `an error after: the effect is kept, and the key gives the lost answer`() async throws {
        let sandbox = try await TestSandbox.make()
        let failed = try await send(Self.payment(sandbox, "502;phase=after", key: "order-1"), sandbox)
        #expect(failed.status == 502)
        #expect(failed["X-Sbx-Simulated"] == "chaos=502; status=502; phase=after")
        #expect(try await Self.paymentsStored(sandbox) == 1)
        let again = try await send(Self.payment(sandbox, nil, key: "order-1"), sandbox)
        #expect(again.status == 201)
        #expect(again["Idempotent-Replayed"] == "true")
        #expect(again["X-Sbx-Original-Request"] == failed["Request-Id"])
        #expect(try await Self.paymentsStored(sandbox) == 1)
    }

    @Test func `a duplicated call happens twice, unless it has a key`() async throws {
        let sandbox = try await TestSandbox.make()
        let twice = try await send(Self.payment(sandbox, "dup"), sandbox)
        #expect(twice.status == 201)
        #expect(twice["X-Sbx-Simulated"] == "chaos=dup")
        #expect(try await Self.paymentsStored(sandbox) == 2)
        let once = try await send(Self.payment(sandbox, "dup", key: "order-1"), sandbox)
        #expect(once["Idempotent-Replayed"] == "true")
        #expect(once["X-Sbx-Original-Request"] == once["Request-Id"])
        #expect(try await Self.paymentsStored(sandbox) == 3)
    }

    @Test func `the record says what was drawn, and the explanation how to be rid of it`()
        async throws
    {
        let sandbox = try await TestSandbox.make()
        let failed = try await send(Self.payment(sandbox, "502;phase=after"), sandbox)
        let logged = try await sandbox.logged(failed)
        let decisions = logged.at("/decisions")?.array ?? []
        let before = decisions.first { $0["step"]?.string == "chaos_before" }
        #expect(before?["evidence"]?["count"] == 1)
        #expect(before?["evidence"]?["faults"] == "502;phase=after")
        let after = decisions.first { $0["step"]?.string == "chaos_after" }
        #expect(after?["code"] == "502")
        #expect(after?["evidence"]?["answer_was"] == 201)
        let explained = try await sandbox.explain(failed)
        #expect(explained.at("/verdict") == "simulated_failure")
        #expect(explained.at("/cause/step") == "chaos_after")
        #expect(explained.at("/to_change/0")?.string?.contains("X-Chaos") ?? false)
    }

    @Test func `what cannot be read is refused with its member`() async throws {
        let sandbox = try await TestSandbox.make()
        let answer = try await send(Self.payment(sandbox, "latency=300ms,5xx=2"), sandbox)
        #expect(answer.status == 400)
        #expect(answer.code == "validation_failed")
        #expect(answer.at("/errors/0/name") == "X-Chaos")
        #expect(answer.at("/errors/0/member") == "5xx=2")
        #expect(try await Self.paymentsStored(sandbox) == 0)
    }

    @Test func `the same seed and calls meet the same faults, again after new settings`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared)
        var runs: [[Int]] = []
        for _ in 0..<2 {
            let sandbox = try await tenant.sandbox { $0.seed = 42 }
            let path = "/v1/sandboxes/\(sandbox.slug)/chaos"
            for _ in 0..<2 {
                _ = try await tenant.call("PUT", path, ["faults": "5xx=40%,429=10%"])
                var statuses: [Int] = []
                for _ in 0..<25 { statuses.append(try await sandbox.call("GET", "/v1/balance").status) }
                runs.append(statuses)
            }
        }
        #expect(Set(runs).count == 1)
        #expect(Set(runs[0]).count > 2, "\(runs[0])")
    }

    @Test func `the platform's own refusals are not touched`() async throws {
        let sandbox = try await TestSandbox.make()
        let call = Self.payment(sandbox, "502;phase=after").key("test_sk_nobody")
        let answer = try await send(call, sandbox)
        #expect(answer.status == 401)
        #expect(answer["X-Sbx-Simulated"] == nil)
    }
}

@Suite struct `Chaos set on a sandbox` {
    private func put(_ sandbox: TestSandbox, _ body: JSONValue) async throws -> TestAnswer {
        try await sandbox.tenant.call("PUT", "/v1/sandboxes/\(sandbox.slug)/chaos", body)
    }

    private func get(_ sandbox: TestSandbox) async throws -> TestAnswer {
        try await sandbox.tenant.call("GET", "/v1/sandboxes/\(sandbox.slug)/chaos")
    }

    @Test func `holds for its operation, gives way to the header, and is taken off`() async throws {
        let sandbox = try await TestSandbox.make()
        #expect(try await get(sandbox).at("/active") == false)
        let rule: JSONValue = [
            "contract": "payments", "operation": "get_balance", "faults": "503",
        ]
        let set = try await put(sandbox, ["rules": [rule]])
        #expect(set.status == 200)
        #expect(set.at("/active") == true)
        #expect(set.at("/rules/0") == rule)
        #expect(try await sandbox.call("GET", "/v1/balance").status == 503)
        #expect(try await sandbox.call("GET", "/v1/payments").status == 200)
        let off = [(name: "X-Chaos", value: "off")]
        #expect(try await sandbox.call("GET", "/v1/balance", fields: off).status == 200)
        #expect(try await get(sandbox).at("/calls") == 1)
        #expect(try await put(sandbox, [:]).at("/active") == false)
        #expect(try await sandbox.call("GET", "/v1/balance").status == 200)
    }

    @Test func `meets operations that are answered from examples too`() async throws {
        let sandbox = try await TestSandbox.make()
        _ = try await put(sandbox, ["faults": "503"])
        #expect(try await sandbox.call("GET", "/v1/currencies").status == 503)
    }

    @Test func `ends by itself on the wall's clock`() async throws {
        let sandbox = try await TestSandbox.make()
        let past = try await put(sandbox, ["faults": "503", "until": "2020-01-01T00:00:00Z"])
        #expect(past.at("/active") == false)
        #expect(try await sandbox.call("GET", "/v1/balance").status == 200)
        let coming = try await put(sandbox, ["faults": "503", "for": "PT10M"])
        #expect(coming.at("/active") == true)
        #expect(coming.at("/until")?.string != nil)
        #expect(try await sandbox.call("GET", "/v1/balance").status == 503)
    }

    @Test func `ends by itself on the sandbox's clock`() async throws {
        let sandbox = try await TestSandbox.make { draft in
            draft.clock = .init(mode: .frozen, now: .init(rfc3339: "2031-03-01T12:00:00Z"))
        }
        for (until, status) in [("2031-03-01T12:00:01Z", 503), ("2031-03-01T12:00:00Z", 200)] {
            _ = try await put(
                sandbox, ["faults": "503", "until": .string(until), "clock": "virtual"])
            #expect(try await sandbox.call("GET", "/v1/balance").status == status)
        }
        let day = try await put(sandbox, ["faults": "503", "for": "P1D", "clock": "virtual"])
        #expect(day.at("/until")?.string?.hasPrefix("2031-03-02T12:00:00") ?? false)
    }

    @Test(arguments: [
        (["faults": "5xx=2"], "/faults"), (["faults": ""], "/faults"), (["fault": "5xx"], "/fault"),
        (["rules": [["contract": "nobody", "faults": "5xx"]]], "/rules/0/contract"),
        (["rules": [["contract": "payments", "operation": "no_op", "faults": "5xx"]]], "/rules/0/operation"),
        (["rules": [["contract": "payments", "faults": "burst"]]], "/rules/0/faults"),
        (["faults": "5xx", "for": "tomorrow"], "/for"),
        (["faults": "5xx", "for": "P1D", "until": "2031-03-01T12:00:00Z"], "/for"),
        (["faults": "5xx", "until": "tomorrow"], "/until"), (["faults": "5xx", "clock": "mine"], "/clock"),
    ] as [(JSONValue, String)])
    func `is refused with a pointer, and what was set stays`(
        body: JSONValue, pointer: String
    ) async throws {
        let sandbox = try await TestSandbox.make()
        _ = try await put(sandbox, ["faults": "503"])
        let refused = try await put(sandbox, body)
        #expect(refused.status == 400)
        #expect(refused.pointers == [pointer])
        #expect(try await get(sandbox).at("/faults") == "503")
    }
}
