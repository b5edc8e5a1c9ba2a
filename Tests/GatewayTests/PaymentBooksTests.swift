import Access
import Contracts
import PlatformSupport
import Postgres
import Tenancy
import Testing

@testable import Gateway

/// What payments leave behind: events, a ledger, and the same bytes from the same seed.
@Suite struct `The books of payments` {
    @Test func `every change leaves one event and books that sum to zero`() async throws {
        let sandbox = try await TestSandbox.make()
        let hold = try await sandbox.pay { $0["capture_method"] = "manual" }
        let path = "/v1/payments/\(hold.id)"
        var expected = ["payment.authorized"]
        try await check(sandbox, expected)
        let steps: [(String, String, JSONValue?, String?)] = [
            ("POST", "\(path)/capture", ["amount": 500, "final": false], "payment.captured"),
            ("POST", "\(path)/capture", ["amount": 9_999], nil),
            ("POST", "\(path)/capture", nil, "payment.captured"),
            ("POST", "/v1/refunds", ["payment": .string(hold.id), "amount": 100], "refund.succeeded"),
            ("POST", "/v1/refunds", ["payment": .string(hold.id), "amount": 9_999], nil),
            ("POST", "/v1/refunds", ["payment": .string(hold.id)], "refund.succeeded"),
            ("POST", "/v1/customers", ["name": "Mara"], "customer.created"),
            ("POST", "/v1/payments", ["amount": 1, "currency": "jpy", "payment_method": "pm_card_visa"], "payment.succeeded"),
            ("POST", "/v1/payments", ["amount": 1, "currency": "jpy", "payment_method": "pm_card_lost"], "payment.failed"),
            ("POST", "/v1/payments", ["amount": 1, "currency": "jpy"], "payment.created"),
            ("GET", path, nil, nil),
        ]
        for (method, target, body, event) in steps {
            _ = try await sandbox.call(method, target, body)
            if let event { expected.append(event) }
            try await check(sandbox, expected)
        }
    }

    private func check(_ sandbox: TestSandbox, _ expected: [String]) async throws {
        let events = try await sandbox.rows(
            "event_types", "SELECT type FROM sbx.events WHERE tenant_id = $1 ORDER BY revision, n")
        #expect((0..<events.count).map { events[$0].text(0) } == expected)
        let sums = try await sandbox.rows(
            "ledger_sums",
            """
            SELECT currency FROM sbx.ledger_entries WHERE tenant_id = $1
            GROUP BY currency HAVING sum(amount) <> 0
            """)
        #expect(sums.count == 0)
    }

    @Test func `the balance follows what is taken and given back`() async throws {
        let sandbox = try await TestSandbox.make()
        func pending(_ currency: String) async throws -> Int64 {
            let balance = try await sandbox.call("GET", "/v1/balance")
            let own = balance.at("/pending")?.array?.first { $0["currency"]?.string == currency }
            return own?["amount"]?.int ?? 0
        }
        let before = try await pending("eur")
        let paid = try await sandbox.pay()
        #expect(try await pending("eur") == before + 1250)
        _ = try await sandbox.call("POST", "/v1/refunds", ["payment": .string(paid.id), "amount": 300])
        #expect(try await pending("eur") == before + 950)
        _ = try await sandbox.pay(scenario: "insufficient_funds")
        #expect(try await pending("eur") == before + 950)
        let hold = try await sandbox.pay { $0["capture_method"] = "manual" }
        #expect(try await pending("eur") == before + 950)
        _ = try await sandbox.call("POST", "/v1/payments/\(hold.id)/capture", ["amount": 50])
        #expect(try await pending("eur") == before + 1000)
        _ = try await sandbox.pay { $0["currency"] = "jpy" }
        #expect(try await pending("jpy") >= 1250)
    }

    @Test func `the same seed, clock and calls give the same bytes in two sandboxes`() async throws {
        var runs: [[[UInt8]]] = []
        for _ in 0..<2 {
            let sandbox = try await TestSandbox.make { draft in
                draft.seed = 42
                draft.clock = .init(mode: .frozen, now: .init(rfc3339: "2031-03-01T12:00:00Z"))
            }
            let customer = try await sandbox.call("POST", "/v1/customers", ["name": "Mara"])
            let paid = try await sandbox.pay { $0["customer"] = .string(customer.id) }
            let answers = [
                customer, paid, try await sandbox.pay(scenario: "stolen_card"),
                try await sandbox.call("POST", "/v1/refunds", ["payment": .string(paid.id)]),
                try await sandbox.call("GET", "/v1/payments"),
                try await sandbox.call("GET", "/v1/balance"),
            ]
            runs.append(answers.map(\.body))
        }
        #expect(runs[0] == runs[1])
        let other = try await TestSandbox.make { $0.seed = 43 }
        #expect(try await other.call("POST", "/v1/customers", ["name": "Mara"]).body != runs[0][0])
    }
}
