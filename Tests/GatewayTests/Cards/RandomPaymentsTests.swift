import Access
import Contracts
import PlatformSupport
import Tenancy
import Testing

@testable import Gateway
@testable import Simulators

/// Random calls and moves of the clock from a seed, after each of which the books must add up.
@Suite struct `Random payments` {
    private static let rounds = TestPlatform.isSoak ? 200 : 10

    @Test(arguments: 0..<rounds)
    func `keep the books in order`(seed: Int) async throws {
        var draws = Draws(seed: Int64(seed), salt: 0, tick: 0, rule: "random_payments")
        let sandbox = try await TestSandbox.frozen { $0.seed = Int64(seed) }
        let opening = try await sandbox.balance("merchant:available", "eur")
        var payments: [String] = []
        for step in 0..<25 {
            let choice = draws.below(10)
            if payments.isEmpty || choice < 4 {
                if let id = try await pay(sandbox, &draws) { payments.append(id) }
            } else if choice < 6 {
                try await sandbox.advance(days: Int(draws.below(9)), hours: Int(draws.below(24)))
            } else {
                let payment = payments[Int(draws.below(UInt64(payments.count)))]
                try await touch(payment, sandbox, &draws)
            }
            try await check(sandbox, opening, "seed \(seed), step \(step)")
        }
    }

    private static let scenarios = [
        "insufficient_funds", "network_10", "three_ds_challenge", "three_ds_failed",
        "clearing_rejected",
        "settlement_delayed", "dispute_won", "dispute_lost", "arbitration_lost",
        "inquiry_escalated",
        "refund_failed", "refund_fails_later", "refund_pending", "fraud_review", "capture_failed",
        "authorization_expired", "settlement_at_once",
    ]

    private func pay(_ sandbox: TestSandbox, _ draws: inout Draws) async throws -> String? {
        let isSteered = draws.below(2) == 0
        let scenario =
            isSteered ? Self.scenarios[Int(draws.below(UInt64(Self.scenarios.count)))] : nil
        let amount = Int64(draws.below(100_000) + 1)
        let isHeld = draws.below(3) == 0
        let answer = try await sandbox.pay(scenario: scenario) {
            $0["amount"] = .int(amount)
            if isHeld { $0["capture_method"] = "manual" }
        }
        #expect([201, 402].contains(answer.status), "\(answer)")
        return answer.status == 201 ? answer.id : nil
    }

    /// One call that may or may not be legal: only mistakes of ours are failures.
    private func touch(
        _ payment: String, _ sandbox: TestSandbox, _ draws: inout Draws
    ) async throws {
        let amount = JSONValue.int(draws.below(60_000) + 1)
        let now = try await sandbox.call("GET", "/v1/payments/\(payment)")
        let authentication = now.at("/authentication")?.string ?? "auth_none"
        let dispute = now.at("/dispute")?.string ?? "dp_none"
        let calls: [(String, JSONValue?)] = [
            ("/v1/payments/\(payment)/capture", nil),
            ("/v1/payments/\(payment)/capture", ["amount": amount, "final": false]),
            ("/v1/payments/\(payment)/increment_authorization", ["amount": amount]),
            ("/v1/payments/\(payment)/cancel", nil),
            ("/v1/payments/\(payment)/review", ["decision": "approved"]),
            ("/v1/refunds", ["payment": .string(payment), "amount": amount]),
            ("/v1/refunds", ["payment": .string(payment)]),
            ("/v1/disputes", ["payment": .string(payment)]),
            (
                "/v1/disputes/\(dispute)/evidence",
                ["evidence": [["type": "receipt", "text": "Here."]]]
            ),
            ("/v1/disputes/\(dispute)/accept", nil),
            ("/v1/authentications/\(authentication)/complete", nil),
        ]
        let (target, body) = calls[Int(draws.below(UInt64(calls.count)))]
        let answer = try await sandbox.call("POST", target, body)
        #expect([200, 201, 402, 404, 409].contains(answer.status), "\(target) \(answer)")
    }

    private func check(_ sandbox: TestSandbox, _ opening: Int64, _ place: String) async throws {
        #expect(try await sandbox.unbalanced() == [], "\(place)")
        for settlement in try await all("settlements", sandbox) {
            let net = settlement["net"]?.int ?? 0
            let parts = ["captures", "refunds", "fees"].map { settlement[$0]?.int ?? 0 }
            #expect(net == parts[0] - parts[1] - parts[2], "\(place)")
        }
        // What has settled, less what disputes hold or have taken, and what came back from refunds
        // that failed after they had settled, is what the balance has gained.
        let settled = try await all("clearing_records", sandbox)
            .filter { $0["status"] == "settled" }.reduce(0) { $0 + ($1["net"]?.int ?? 0) }
        let withdrawn = try await all("disputes", sandbox)
            .filter { $0["funds_withdrawn"] == true }
            .reduce(0) { $0 + ($1["settlement_amount"]?.int ?? 0) + ($1["fee"]?.int ?? 0) }
        let returned = try await all("refunds", sandbox)
            .filter { $0["status"] == "failed" && $0["simulated"] == "refund_fails_later" }
            .reduce(0) { $0 + ($1["settlement_amount"]?.int ?? 0) }
        let available = try await sandbox.balance("merchant:available", "eur")
        #expect(available == opening + settled - withdrawn + returned, "\(place)")
        for payment in try await all("payments", sandbox) {
            let draft = EntityDraft(
                new: PaymentsType.payment.key(payment["id"]?.string ?? ""), document: payment)
            #expect(PaymentInvariants.faults(draft).isEmpty, "\(place): \(payment)")
        }
    }

    private func all(_ list: String, _ sandbox: TestSandbox) async throws -> [JSONValue] {
        try await sandbox.call("GET", "/v1/\(list)?limit=100").at("/data")?.array ?? []
    }
}
