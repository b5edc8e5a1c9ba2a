import Access
import Contracts
import Tenancy
import Testing

@testable import Gateway

/// One life of a sandbox, drawn from a seed. Every answer is written down, so that another life of
/// the same seed can be held against it.
struct RandomLife {
    /// What may happen beside calls.
    enum Range { case calls, everything }

    private struct Point {
        let name: String
        let picture: [String]
        let payments: [String]
    }

    let seed: Int
    private(set) var sandbox: TestSandbox
    /// What was done and what came of it, without the platform's own ids.
    private(set) var transcript: [String] = []
    private var draws: Draws
    private var payments: [String] = []
    /// Those of the sandbox that it is now.
    private var points: [Point] = []
    /// Of a life that is watched; one that is not only repeats its calls.
    private var books: PaymentBooks?

    init(seed: Int, of tenant: TestTenant) async throws {
        self.seed = seed
        draws = Draws(seed: Int64(seed), salt: 0, tick: 0, rule: "random_payments")
        sandbox = try await tenant.sandbox { draft in
            draft.seed = Int64(seed)
            // Noon of a Monday on which every market works.
            draft.clock = .init(mode: .frozen, now: .init(rfc3339: "2031-03-03T12:00:00Z"))
        }
    }

    /// A watched life is compared with what it was at its checkpoints and with its forks. Its books
    /// are looked at where a step leaves a world behind, and at the end: a fault of an earlier step
    /// shows there too, for nothing sets books right by itself.
    mutating func live(
        steps: Int, _ range: Range = .everything, watched: Bool = false
    ) async throws {
        if watched { books = try await PaymentBooks(openingOf: sandbox) }
        for step in 0..<steps {
            let kind = draws.below(range == .calls ? 8 : 16)
            if kind >= 12 { try await books?.check(sandbox, "seed \(seed), step \(step): \(summary)") }
            switch kind {
            case 0..<4: try await pay()
            case 4..<8: try await touch()
            case 8..<11: try await moveClock()
            case 11: try await setChaos()
            case 12..<14: try await noteOrReturn()
            default: try await fork()
            }
        }
        try await books?.check(sandbox, "seed \(seed), at the end: \(summary)")
    }

    // MARK: Steps

    private mutating func pay() async throws {
        let answer = try await make(drawPayment())
        if answer.status == 201, !answer.id.isEmpty { payments.append(answer.id) }
    }

    private mutating func touch() async throws {
        _ = try await make(drawTouch())
    }

    private mutating func moveClock() async throws {
        let hours = draws.below(9 * 24)
        let moved = try await sandbox.world(
            "POST", "clock/advance", ["by": .string("PT\(hours)H")])
        #expect(moved.status == 200, "seed \(seed): \(moved)")
        transcript.append("clock \(moved.text)")
    }

    private static let faults = [
        "5xx=40%", "4xx=30%,503=10%", "503=50%;phase=after", "dup=40%", "reset=30%,timeout=20%",
        "burst,5xx=20%", "latency=1ms",
    ]

    private mutating func setChaos() async throws {
        let place = Int(draws.below(UInt64(Self.faults.count + 1)))
        let body: JSONValue =
            place < Self.faults.count ? ["faults": .string(Self.faults[place])] : [:]
        let set = try await sandbox.world("PUT", "chaos", body)
        #expect(set.status == 200, "seed \(seed): \(set)")
        transcript.append("chaos \(body)")
    }

    /// Makes a checkpoint, or goes back to one, where everything must be as it was.
    private mutating func noteOrReturn() async throws {
        guard !points.isEmpty, draws.below(2) == 0 else {
            let point = Point(
                name: "p\(points.count)", picture: try await picture(of: sandbox),
                payments: payments)
            let made = try await sandbox.world(
                "POST", "checkpoints", ["name": .string(point.name)])
            #expect(made.status == 201, "seed \(seed): \(made)")
            points.append(point)
            transcript.append("checkpoint \(point.name)")
            return
        }
        let point = points[Int(draws.below(UInt64(points.count)))]
        let back = try await sandbox.world("POST", "checkpoints/\(point.name)/restore")
        #expect(back.status == 200, "seed \(seed): \(back)")
        expectSame(
            try await picture(of: sandbox), point.picture,
            "seed \(seed), restored: \(summary)")
        payments = point.payments
        transcript.append("restore \(point.name)")
    }

    /// Both sides of a fork have the same world, and the same call gives the same in both. Then one
    /// of them goes on.
    private mutating func fork() async throws {
        let fork = try await sandbox.fork()
        expectSame(
            try await picture(of: fork), try await picture(of: sandbox), "seed \(seed), forked: \(summary)")
        var call = drawPayment()
        // Settings are the sandbox's own; a fork begins without chaos.
        call.fields.append((name: "X-Chaos", value: "off"))
        let answer = try await make(call)
        let same = try await fork.send(call)
        #expect(same.body == answer.body, "seed \(seed): \(summary)")
        if answer.status == 201 { payments.append(answer.id) }
        let goesOnInFork = draws.below(2) == 0
        transcript.append("fork \(goesOnInFork)")
        guard goesOnInFork else { return }
        sandbox = fork
        points = []
    }

    private func picture(of sandbox: TestSandbox) async throws -> [String] {
        books == nil ? [] : try await sandbox.picture()
    }

    /// The steps so far, without their answers.
    private var summary: String { transcript.map { $0.prefix(80) }.joined(separator: " · ") }

    /// Only mistakes of ours are failures: refusals of the domain, and faults that say so, are not.
    private mutating func make(_ call: RandomCall) async throws -> TestAnswer {
        let answer = try await sandbox.send(call)
        transcript.append("\(call) \(answer.status) \(answer.text)")
        let isSound =
            [200, 201, 402, 404, 409].contains(answer.status) || answer["X-Sbx-Simulated"] != nil
        #expect(isSound && !answer.isProblem, "seed \(seed): \(call) \(answer)")
        return answer
    }
}

extension RandomLife {
    /// Calls to be made at once, on what there is now.
    mutating func drawCalls(_ count: Int) async throws -> [RandomCall] {
        var calls: [RandomCall] = []
        for _ in 0..<count {
            calls.append(draws.below(3) == 0 ? drawPayment() : try await drawTouch())
        }
        return calls
    }

    private static let scenarios = [
        "insufficient_funds", "network_10", "three_ds_challenge", "three_ds_failed",
        "clearing_rejected", "settlement_delayed", "dispute_won", "dispute_lost",
        "arbitration_lost", "inquiry_escalated", "refund_failed", "refund_fails_later",
        "refund_pending", "fraud_review", "capture_failed", "authorization_expired",
        "settlement_at_once",
    ]

    private mutating func drawPayment() -> RandomCall {
        let isSteered = draws.below(2) == 0
        var call = RandomCall(
            "/v1/payments",
            [
                "amount": .int(Int64(draws.below(100_000) + 1)),
                "currency": draws.below(4) == 0 ? "jpy" : "eur",
                "payment_method": "pm_card_visa",
            ])
        if draws.below(3) == 0 { call.body?["capture_method"] = "manual" }
        guard isSteered else { return call }
        let scenario = Self.scenarios[Int(draws.below(UInt64(Self.scenarios.count)))]
        call.fields.append((name: "X-Sandbox-Scenario", value: scenario))
        return call
    }

    /// A call on one of the payments, which may or may not be legal.
    private mutating func drawTouch() async throws -> RandomCall {
        guard !payments.isEmpty else { return drawPayment() }
        let payment = payments[Int(draws.below(UInt64(payments.count)))]
        let amount = JSONValue.int(Int64(draws.below(60_000) + 1))
        let now = try await sandbox.read("/v1/payments/\(payment)")
        let authentication = now.at("/authentication")?.string ?? "auth_none"
        let dispute = now.at("/dispute")?.string ?? "dp_none"
        let calls: [RandomCall] = [
            RandomCall("/v1/payments/\(payment)/capture"),
            RandomCall("/v1/payments/\(payment)/capture", ["amount": amount, "final": false]),
            RandomCall("/v1/payments/\(payment)/increment_authorization", ["amount": amount]),
            RandomCall("/v1/payments/\(payment)/cancel"),
            RandomCall("/v1/payments/\(payment)/review", ["decision": "approved"]),
            RandomCall("/v1/refunds", ["payment": .string(payment), "amount": amount]),
            RandomCall("/v1/refunds", ["payment": .string(payment)]),
            RandomCall("/v1/disputes", ["payment": .string(payment)]),
            RandomCall(
                "/v1/disputes/\(dispute)/evidence",
                ["evidence": [["type": "receipt", "text": "Here."]]]),
            RandomCall("/v1/disputes/\(dispute)/accept"),
            RandomCall("/v1/authentications/\(authentication)/complete"),
        ]
        return calls[Int(draws.below(UInt64(calls.count)))]
    }
}

/// Tells the first line in which two texts differ rather than both.
func expectSame(
    _ one: [String], _ other: [String], _ place: String,
    _ location: SourceLocation = #_sourceLocation
) {
    let first = zip(one, other).first { $0 != $1 }
    let isSame = first == nil && one.count == other.count
    #expect(
        isSame, "\(place): \(one.count) and \(other.count) lines, \(first?.0 ?? "") \(first?.1 ?? "")",
        sourceLocation: location)
}
