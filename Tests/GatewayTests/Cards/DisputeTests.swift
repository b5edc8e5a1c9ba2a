import Access
import Contracts
import Testing

@testable import Gateway
@testable import Simulators

/// Disputes through all their phases, with what is legal in each, and their money.
@Suite struct `Disputes` {
    private static let receipt: JSONValue = [
        "evidence": [["type": "receipt", "text": "Paid and taken away."]]
    ]

    private func file(
        _ sandbox: TestSandbox, scenario: String? = nil,
        _ change: (inout JSONValue) -> Void = { _ in }
    ) async throws -> TestAnswer {
        let paid = try await sandbox.pay()
        var body: JSONValue = ["payment": .string(paid.id), "reason": "fraudulent"]
        change(&body)
        return try await sandbox.call(
            "POST", "/v1/disputes", body,
            fields: scenario.map { [("X-Sandbox-Scenario", $0)] } ?? [])
    }

    private func stage(_ sandbox: TestSandbox, _ dispute: TestAnswer) async throws -> String {
        try await sandbox.call("GET", "/v1/disputes/\(dispute.id)").at("/stage")?.string ?? ""
    }

    /// What a merchant and the calendar do, and the stage that each leads to.
    private enum Move: Sendable, CustomStringConvertible {
        case sends, accepts, waits(Int)

        var description: String {
            switch self {
            case .sends: "sends"
            case .accepts: "accepts"
            case .waits(let days): "waits \(days)"
            }
        }
    }

    private static let paths: [(String?, String, [(Move, String)])] = [
        (nil, "chargeback_open", [(.sends, "representment"), (.waits(10), "won")]),
        ("dispute_won", "chargeback_open", [(.sends, "representment"), (.waits(10), "won")]),
        ("dispute_lost", "chargeback_open", [(.sends, "representment"), (.waits(10), "lost")]),
        ("dispute_accepted", "chargeback_open", [(.accepts, "accepted")]),
        (
            "dispute_expired", "chargeback_open",
            [(.waits(29), "chargeback_open"), (.waits(1), "expired")]
        ),
        ("dispute_withdrawn", "chargeback_open", [(.waits(10), "withdrawn")]),
        ("dispute_prevented", "alert", [(.waits(3), "chargeback_open"), (.waits(30), "expired")]),
        ("inquiry", "inquiry_open", [(.sends, "inquiry_review"), (.waits(10), "inquiry_closed")]),
        ("inquiry", "inquiry_open", [(.waits(20), "chargeback_open"), (.accepts, "accepted")]),
        ("inquiry_withdrawn", "inquiry_open", [(.waits(10), "inquiry_closed")]),
        ("inquiry_escalated", "inquiry_open", [(.waits(10), "chargeback_open")]),
        (
            "inquiry_escalated", "inquiry_open",
            [(.sends, "inquiry_review"), (.waits(10), "chargeback_open")]
        ),
        (
            "pre_arbitration_won", "chargeback_open",
            [
                (.sends, "representment"), (.waits(10), "pre_arbitration_open"),
                (.sends, "pre_arbitration_review"), (.waits(10), "won"),
            ]
        ),
        (
            "pre_arbitration_lost", "chargeback_open",
            [
                (.sends, "representment"), (.waits(10), "pre_arbitration_open"),
                (.sends, "pre_arbitration_review"), (.waits(10), "lost"),
            ]
        ),
        (
            "pre_arbitration_lost", "chargeback_open",
            [
                (.sends, "representment"), (.waits(10), "pre_arbitration_open"),
                (.waits(30), "expired"),
            ]
        ),
        (
            "arbitration_won", "chargeback_open",
            [
                (.sends, "representment"), (.waits(10), "pre_arbitration_open"),
                (.sends, "pre_arbitration_review"), (.waits(10), "arbitration_open"),
                (.sends, "arbitration_review"), (.waits(10), "won"),
            ]
        ),
        (
            "arbitration_lost", "chargeback_open",
            [
                (.sends, "representment"), (.waits(10), "pre_arbitration_open"),
                (.sends, "pre_arbitration_review"), (.waits(10), "arbitration_open"),
                (.sends, "arbitration_review"), (.waits(10), "lost"),
            ]
        ),
        (
            "arbitration_lost", "chargeback_open",
            [
                (.sends, "representment"), (.waits(10), "pre_arbitration_open"),
                (.sends, "pre_arbitration_review"), (.waits(10), "arbitration_open"),
                (.accepts, "accepted"),
            ]
        ),
        (
            "arbitration_won", "chargeback_open",
            [
                (.sends, "representment"), (.waits(10), "pre_arbitration_open"),
                (.sends, "pre_arbitration_review"), (.waits(10), "arbitration_open"),
                (.waits(10), "expired"),
            ]
        ),
    ]

    @Test(arguments: paths.indices)
    func `go through their stages, allow what is legal there, and move the right money`(index: Int)
        async throws
    {
        let (scenario, opens, moves) = Self.paths[index]
        let sandbox = try await TestSandbox.frozen()
        let dispute = try await file(sandbox, scenario: scenario)
        #expect(dispute.status == 201, "\(dispute)")
        try await check(sandbox, dispute, opens)
        var events = ["dispute.created"]
        var stage = opens
        for (move, expected) in moves {
            let path = "/v1/disputes/\(dispute.id)"
            switch move {
            case .sends:
                let answer = try await sandbox.call("POST", "\(path)/evidence", Self.receipt)
                #expect(answer.status == 200, "\(answer)")
            case .accepts: _ = try await sandbox.call("POST", "\(path)/accept")
            case .waits(let days): try await sandbox.advance(days: days)
            }
            try await check(sandbox, dispute, expected)
            if expected != stage { events.append(try event(of: expected)) }
            stage = expected
            #expect(
                try await sandbox.eventTypes().filter { $0.hasPrefix("dispute.") } == events,
                "\(move)")
        }
    }

    /// What is told when a dispute comes to a stage after its first.
    private func event(of name: String) throws -> String {
        switch try #require(DisputeStage(rawValue: name)) {
        case .representment, .inquiryReview, .preArbitrationReview, .arbitrationReview:
            "dispute.evidence_submitted"
        case .alert, .inquiryOpen, .chargebackOpen, .preArbitrationOpen, .arbitrationOpen:
            "dispute.escalated"
        case .prevented: "dispute.prevented"
        case .inquiryClosed, .won, .lost, .accepted, .expired, .withdrawn: "dispute.closed"
        }
    }

    /// The object is consistent with its stage, and calls that it does not allow are refused with
    /// the state and what is possible.
    private func check(
        _ sandbox: TestSandbox, _ dispute: TestAnswer, _ expected: String
    ) async throws {
        let now = try await sandbox.call("GET", "/v1/disputes/\(dispute.id)")
        let stage = try #require(DisputeStage(rawValue: now.at("/stage")?.string ?? ""))
        #expect(stage.rawValue == expected)
        #expect(now.at("/status")?.string == stage.status)
        if let phase = stage.phase { #expect(now.at("/phase")?.string == phase.rawValue) }
        #expect((now.at("/evidence_due_by") == .null) == !stage.awaitsMerchant)
        #expect(now.at("/funds_withdrawn")?.bool == stage.holdsMoney)
        if stage.isFinal || !stage.awaitsMerchant {
            for action in ["evidence", "accept"] {
                let refused = try await sandbox.call(
                    "POST", "/v1/disputes/\(dispute.id)/\(action)",
                    action == "evidence" ? Self.receipt : nil)
                #expect(
                    refused.status == 409 && refused.errorCode == "dispute_state",
                    "\(stage) \(refused)")
                #expect(
                    refused.at("/error/message")?.string?.contains("is \(stage.rawValue)") == true)
            }
        }
        try await checkMoney(sandbox, stage)
    }

    private func checkMoney(_ sandbox: TestSandbox, _ stage: DisputeStage) async throws {
        let isLost = [.lost, .accepted, .expired].contains(stage)
        let contested: Int64 = stage.holdsMoney && !isLost ? 1_250 : 0
        #expect(try await sandbox.balance("network:disputes", "eur") == contested, "\(stage)")
        #expect(
            try await sandbox.balance("network:cardholders", "eur") == (isLost ? 0 : -1_250),
            "\(stage)")
        let settled =
            try await sandbox.call("GET", "/v1/settlements?currency=eur").at("/data/0/fees")?.int
            ?? 0
        let fee: Int64 = stage.holdsMoney ? 1_500 : 0
        let charged =
            try await sandbox.call("GET", "/v1/settlements?currency=eur").at("/data/0/status")
            == "settled" ? settled : 0
        #expect(try await sandbox.balance("platform:fees", "eur") == fee + charged, "\(stage)")
        #expect(try await sandbox.unbalanced() == [])
    }

    @Test func `an alert is settled by a full refund`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let dispute = try await file(sandbox, scenario: "dispute_prevented")
        let payment = dispute.at("/payment") ?? .null
        _ = try await sandbox.call("POST", "/v1/refunds", ["payment": payment, "amount": 1])
        #expect(try await stage(sandbox, dispute) == "alert")
        _ = try await sandbox.call("POST", "/v1/refunds", ["payment": payment])
        #expect(try await stage(sandbox, dispute) == "prevented")
        #expect(
            try await sandbox.call("GET", "/v1/disputes/\(dispute.id)").at("/status") == "prevented"
        )
        try await sandbox.advance(days: 10)
        #expect(try await stage(sandbox, dispute) == "prevented")
    }

    @Test func `each reason and each code of a scheme can be filed, others not`() async throws {
        let sandbox = try await TestSandbox.make()
        for reason in DisputeReason.allCases {
            let dispute = try await file(sandbox) { $0["reason"] = .string(reason.rawValue) }
            #expect(dispute.at("/reason")?.string == reason.rawValue)
            #expect(
                dispute.at("/network_reason_code")?.string
                    == NetworkReason.usual(for: reason, brand: .visa)?.code)
        }
        let numbers = [
            CardBrand.visa: "4242424242424242", .mastercard: "5555555555554444",
            .amex: "378282246310005", .discover: "6011111111111117",
        ]
        for row in NetworkReason.all {
            let paid = try await sandbox.pay {
                $0["payment_method"] = nil
                $0["payment_method_data"] = [
                    "type": "card",
                    "card": [
                        "number": .string(numbers[row.brand] ?? ""), "exp_month": 1,
                        "exp_year": 2040,
                    ],
                ]
            }
            let body: JSONValue = [
                "payment": .string(paid.id), "network_reason_code": .string(row.code),
            ]
            let dispute = try await sandbox.call("POST", "/v1/disputes", body)
            #expect(dispute.at("/network_reason_code")?.string == row.code, "\(dispute)")
            #expect(dispute.at("/reason")?.string == row.reason.rawValue)
            #expect(dispute.at("/network")?.string == row.brand.rawValue)
        }
        let foreign = try await file(sandbox) { $0["network_reason_code"] = "4853" }
        #expect(foreign.status == 400 && foreign.pointers == ["/network_reason_code"])
    }

    @Test func `the deadline is the scheme's`() async throws {
        let sandbox = try await TestSandbox.frozen()
        for (method, due) in [
            ("pm_card_visa", "2031-04-02"), ("pm_card_mastercard", "2031-04-17"),
            ("pm_card_amex", "2031-03-23"),
        ] {
            let paid = try await sandbox.pay { $0["payment_method"] = .string(method) }
            let dispute = try await sandbox.call(
                "POST", "/v1/disputes", ["payment": .string(paid.id)])
            #expect(dispute.at("/evidence_due_by")?.string?.hasPrefix(due) == true, "\(method)")
        }
    }

    @Test func `only captured money can be contested, once, in part or whole, for 120 days`()
        async throws
    {
        let sandbox = try await TestSandbox.frozen()
        let hold = try await sandbox.pay { $0["capture_method"] = "manual" }
        func contest(_ payment: String, _ amount: Int64? = nil) async throws -> TestAnswer {
            var body: JSONValue = ["payment": .string(payment)]
            if let amount { body["amount"] = .int(amount) }
            return try await sandbox.call("POST", "/v1/disputes", body)
        }
        #expect(try await contest(hold.id).errorCode == "payment_state")
        let paid = try await sandbox.pay()
        #expect(try await contest(paid.id, 1_251).errorCode == "amount_exceeds_payment")
        let part = try await contest(paid.id, 250)
        #expect(part.at("/amount") == 250)
        #expect(try await contest(paid.id).errorCode == "already_disputed")
        let refund = try await sandbox.call("POST", "/v1/refunds", ["payment": .string(paid.id)])
        #expect(refund.errorCode == "payment_disputed")
        let old = try await sandbox.pay()
        try await sandbox.advance(days: 120)
        #expect(try await contest(old.id).errorCode == "dispute_window_closed")
    }

    @Test(arguments: [
        ("4000000000000259", "chargeback_open", "fraudulent"),
        ("4000000000002685", "chargeback_open", "product_not_received"),
        ("4000000000001976", "inquiry_open", "fraudulent"),
    ])
    func `a card may bring its dispute along`(number: String, stage: String, reason: String)
        async throws
    {
        let sandbox = try await TestSandbox.frozen()
        let paid = try await sandbox.pay {
            $0["payment_method"] = nil
            $0["payment_method_data"] = [
                "type": "card",
                "card": ["number": .string(number), "exp_month": 1, "exp_year": 2040],
            ]
        }
        let dispute = try await sandbox.call(
            "GET", "/v1/disputes/\(paid.at("/dispute")?.string ?? "")")
        #expect(dispute.at("/stage")?.string == stage)
        #expect(dispute.at("/reason")?.string == reason)
        #expect(try await sandbox.eventTypes() == ["payment.succeeded", "dispute.created"])
    }

    @Test func `every settled payment to one merchant is disputed, and an issuer may warn before`()
        async throws
    {
        let sandbox = try await TestSandbox.frozen()
        let paid = try await sandbox.pay(scenario: "fraud_warning_issued") {
            $0["merchant"] = "merchant_dispute"
        }
        #expect(paid.at("/dispute") == .null)
        try await sandbox.advance(days: 2)
        #expect(try await sandbox.call("GET", "/v1/payments/\(paid.id)").at("/dispute") != .null)
        let events = try await sandbox.eventTypes()
        #expect(events.contains("payment.fraud_warning"))
        #expect(events.contains("dispute.created"))
    }
}
