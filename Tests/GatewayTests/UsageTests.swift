import Access
import Contracts
import Identifiers
import Observability
import PlatformSupport
import Runtime
import Synchronization
import Tenancy
import Testing

@testable import Gateway

/// Figures that a test has counted itself, call by call, by the answers that it got.
private struct Tally: Equatable {
    var succeeded: Int64 = 0
    var simulatedFailures: Int64 = 0
    var refused: Int64 = 0

    mutating func count(_ answer: TestAnswer) {
        if answer.isProblem {
            refused += 1
        } else if answer.status >= 400 {
            simulatedFailures += 1
        } else {
            succeeded += 1
        }
    }

    init() {}

    init(_ line: JSONValue?) {
        succeeded = line?["succeeded"]?.int ?? -1
        simulatedFailures = line?["simulated_failures"]?.int ?? -1
        refused = line?["refused"]?.int ?? -1
    }
}

@Suite struct `Usage figures` {
    @Test func `equal the calls that were made, by operation, key and kind of end`() async throws {
        let sandbox = try await TestSandbox.make()
        var tallies: [String: Tally] = [:]
        var all = Tally()
        func make(_ calls: Int, _ operation: String, _ call: TestCall) async throws {
            for _ in 0..<calls {
                let answer = try await sandbox.gateway.send(call)
                tallies[operation, default: Tally()].count(answer)
                all.count(answer)
            }
        }
        let pay: JSONValue = ["amount": 700, "currency": "usd", "payment_method": "pm_card_visa"]
        let declined = sandbox.prepared("POST", "/v1/payments", pay)
            .field("X-Sandbox-Scenario", "card_declined")
        try await make(5, "create_payment", sandbox.prepared("POST", "/v1/payments", pay))
        try await make(3, "create_payment", declined)
        try await make(2, "create_payment", sandbox.prepared("POST", "/v1/payments", ["amount": 1]))
        try await make(4, "get_balance", sandbox.prepared("GET", "/v1/balance"))
        try await make(2, "", sandbox.prepared("GET", "/v1/nothing"))
        try await make(3, "", sandbox.prepared("GET", "/v1/balance").key("test_sk_wrong"))

        let usage = try await sandbox.usage("group_by=operation")
        let lines = usage.at("/data")?.array ?? []
        #expect(Tally(usage.at("/totals")) == all)
        #expect(usage.at("/totals/calls")?.int == 19)
        for (operation, tally) in tallies {
            let line = lines.first { $0["operation"]?.string ?? "" == operation }
            #expect(Tally(line) == tally, "\(operation): \(usage)")
        }
        #expect(lines.count == tallies.count)
    }

    @Test func `are told by the hour, those without a call as none`() async throws {
        let sandbox = try await TestSandbox.make()
        for _ in 0..<3 { _ = try await sandbox.pay() }
        _ = try await sandbox.gateway.send(
            sandbox.prepared("GET", "/v1/balance").key("test_sk_wrong"))
        _ = try await sandbox.usage("group_by=operation")
        let path = "/v1/sandboxes/\(sandbox.slug)/usage/hours"
        let answer = try await sandbox.tenant.call("GET", path + "?hours=3")
        let hours = try #require(answer.at("/data")?.array)
        #expect(hours.count == 3)
        for (hour, next) in zip(hours, hours.dropFirst()) { #expect(hour["until"] == next["from"]) }
        // An hour may have ended between two of the calls.
        func sum(_ name: String) -> Int64 { hours.reduce(0) { $0 + ($1[name]?.int ?? 0) } }
        #expect([sum("calls"), sum("succeeded"), sum("refused")] == [4, 3, 1], "\(answer)")
        #expect(hours[0]["calls"] == 0)
        let other = try await TestSandbox.make()
        #expect(try await other.tenant.call("GET", path).status == 404)
        let refused = try await sandbox.tenant.call("GET", path + "?hours=200")
        #expect(refused.code == "validation_failed")
    }

    @Test func `tell keys, scenarios and days apart`() async throws {
        let sandbox = try await TestSandbox.make()
        let declined = sandbox.prepared(
            "POST", "/v1/payments",
            ["amount": 700, "currency": "usd", "payment_method": "pm_card_visa"]
        ).field("X-Sandbox-Scenario", "card_declined")
        for _ in 0..<2 { _ = try await sandbox.gateway.send(declined) }
        _ = try await sandbox.gateway.send(sandbox.prepared("GET", "/v1/balance"))
        _ = try await sandbox.gateway.send(
            sandbox.prepared("GET", "/v1/balance").key("test_sk_wrong"))

        let byKey = try await sandbox.usage("group_by=key").at("/data")?.array ?? []
        let own = byKey.first { $0["key"]?["id"]?.string == sandbox.keyID.description }
        #expect(own?["calls"]?.int == 3)
        #expect(byKey.first { $0["key"] == .null }?["refused"]?.int == 1)
        let byScenario = try await sandbox.usage("group_by=scenario,day").at("/data")?.array ?? []
        let asked = byScenario.first { $0["scenario"]?.string == "card_declined" }
        #expect(asked?["simulated_failures"]?.int == 2)
        let today = sandbox.gateway.platform.clock.now().microseconds / DayText.microseconds
        #expect(asked?["day"]?.string == DayText.text(today))
    }

    @Test func `come in pages that together are the whole`() async throws {
        let sandbox = try await TestSandbox.make()
        for path in ["/v1/balance", "/v1/payments", "/v1/customers", "/v1/ledger", "/v1/none"] {
            _ = try await sandbox.call("GET", path)
        }
        var operations: [String] = []
        var cursor: String? = ""
        while let last = cursor {
            let page = try await sandbox.usage(
                "group_by=operation&limit=2" + (last.isEmpty ? "" : "&cursor=\(last)"))
            #expect(page.at("/totals/calls")?.int == 5)
            operations += (page.at("/data")?.array ?? []).map { $0["operation"]?.string ?? "-" }
            cursor = page.at("/next")?.string
        }
        #expect(
            operations.sorted()
                == ["-", "get_balance", "get_ledger", "list_customers", "list_payments"])
    }

    @Test func `are a tenant's own, and the operator sees each tenant's`() async throws {
        let (mine, other) = (try await TestSandbox.make(), try await TestSandbox.make())
        for _ in 0..<3 { _ = try await mine.call("GET", "/v1/balance") }
        let foreign = try await other.tenant.call(
            "GET", "/v1/usage?group_by=sandbox&sandbox=\(mine.access.sandbox)")
        #expect(foreign.at("/data")?.array == [])
        let tenant = mine.access.tenant
        let seen = try await mine.gateway.send(
            TestCall("GET", "/admin/v1/usage?tenant=\(tenant)&group_by=tenant,sandbox")
                .key(TestGateway.adminKey))
        let line = seen.at("/data")?.array?.first {
            $0["sandbox"]?.string == mine.access.sandbox.description
        }
        #expect(line?["tenant"]?.string == tenant.description)
        #expect(line?["calls"]?.int == 3, "\(seen)")
    }

    @Test func `asked for in a way that cannot be read are refused`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared)
        for query in [
            "from=2026-02-30", "from=2026-01-05&to=2026-01-01", "from=2020-01-01",
            "group_by=tenant", "group_by=", "cursor=%00", "sandbox=x", "limit=1001",
        ] {
            let answer = try await tenant.call("GET", "/v1/usage?\(query)")
            #expect(answer.status == 400 && answer.code == "validation_failed", "\(query): \(answer)")
        }
    }
}

@Suite struct `A batch of usage figures` {
    @Test func `whose outcome is unknown is sent again and counted once`() async throws {
        let platform = TestPlatform.shared
        let tenant = try await platform.run { try await $0.makeTenant() }
        let figures = UsageFigures(
            database: platform.database, system: platform.systemWork, clock: platform.clock)
        let store = LossyStore(figures, losses: 3)
        let counter = UsageCounter()
        let ledger = UsageLedger(
            loop: platform.loops[0], counters: [counter], store: store, random: SystemRandom())
        for round in 1...5 {
            counter.count(record(tenant.tenant, platform))
            if round < 4 {
                await #expect(throws: LossyStore.Lost.self) { try await ledger.write() }
            } else {
                try await ledger.write()
            }
        }
        let usage = try await platform.run { _ in
            try await figures.usage(UsageQuery(days: 20_000...21_000), as: tenant)
        }
        #expect(usage.totals.calls == 5)
    }

    private func record(_ tenant: TenantID, _ platform: TestPlatform) -> RequestRecord {
        let now = platform.clock.now()
        let id = RequestID(now: now, random: SystemRandom())
        return RequestRecord(
            tenant: tenant, id: id, startedAt: now, method: "GET", path: [],
            trace: TraceContext(traceparent: nil, request: id, random: { 1 }))
    }
}

/// Stores a batch and then says, a few times, that nobody knows whether it did.
private final class LossyStore: UsageStore {
    struct Lost: Error {}

    private let figures: UsageFigures
    private let losses: Atomic<Int>

    init(_ figures: UsageFigures, losses: Int) {
        self.figures = figures
        self.losses = Atomic(losses)
    }

    func add(_ batch: UsageBatch) async throws {
        try await figures.add(batch)
        if losses.subtract(1, ordering: .relaxed).newValue >= 0 { throw Lost() }
    }
}

@Suite struct KPIs {
    @Test func `know how soon a tenant succeeded, what was delivered and what was asked for`() async throws {
        let sandbox = try await TestSandbox.make()
        _ = try await sandbox.call("GET", "/v1/balance")
        let answer = try await sandbox.gateway.send(
            TestCall("GET", "/admin/v1/kpis?from=2026-01-01&to=2026-01-01").key(TestGateway.adminKey))
        #expect(answer.status == 200, "\(answer)")
        let firsts = answer.at("/time_to_first_success")
        #expect((firsts?["succeeded"]?.int ?? 0) >= 1)
        #expect((firsts?["tenants"]?.int ?? 0) >= (firsts?["succeeded"]?.int ?? .max))
        let known = answer.at("/scenarios/known")?.int ?? 0
        let used = answer.at("/scenarios/used")?.int ?? 0
        let unused = answer.at("/scenarios/unused")?.array ?? []
        #expect(known == used + Int64(unused.count))
        #expect(known > 10)
    }
}

extension TestSandbox {
    /// The tenant's own figures of this sandbox.
    fileprivate func usage(_ query: String) async throws -> TestAnswer {
        try await tenant.call("GET", "/v1/usage?sandbox=\(access.sandbox)&\(query)")
    }
}
