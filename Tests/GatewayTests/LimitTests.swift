import Access
import Contracts
import HTTP
import PlatformSupport
import Runtime
import Synchronization
import Tenancy
import TestSupport
import Testing

@testable import Gateway

/// DESIGN § 6: limits bite, and say what they are.
@Suite struct Limits {
    /// Sends so many calls at once that a slow machine, too, spends the burst.
    private func storm(
        _ count: Int, _ gateway: TestGateway, _ call: @escaping @Sendable (Int) -> TestCall
    ) async throws -> [TestAnswer] {
        try await withThrowingTaskGroup(of: TestAnswer.self) { group in
            for number in 0..<count {
                group.addTask {
                    try await gateway.answer(in: gateway.gateway, call(number), on: number % 2)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test func `a key that asks too fast is told when to come back, and by which rule`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared) {
            $0.ratePerSecond = 1
            $0.burst = 3
            $0.inFlight = 1_000
        }
        let sandbox = try await tenant.sandbox()
        let answers = try await storm(100, sandbox.gateway) { _ in sandbox.prepared("GET", "/v1/balance") }
        #expect(answers.count { $0.status == 200 } >= 3)
        let refused = try #require(answers.first { $0.status == 429 })
        #expect(refused.code == "rate_limited")
        #expect(refused["Retry-After"] == "1")
        #expect(refused.at("/policy") == "key")
        #expect(refused.at("/rule") == "key_rate")
        #expect(refused.at("/observed") == 4)
        #expect(refused.at("/limit") == 3)
        #expect(refused["RateLimit-Policy"] == "\"key\";q=3;w=3")
        #expect(refused["RateLimit"]?.hasPrefix("\"key\";r=0;") == true)
    }

    @Test func `the tenant's keys share the tenant's limit`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared) {
            $0.ratePerSecond = 1
            $0.burst = 40
            $0.inFlight = 1_000
        }
        let (one, other) = (try await tenant.sandbox(), try await tenant.sandbox())
        // Neither key alone has spent its burst when both together have spent the tenant's.
        let answers = try await storm(80, tenant.gateway) { number in
            (number % 2 == 0 ? one : other).prepared("GET", "/v1/balance")
        }
        let refused = try #require(answers.first { $0.status == 429 })
        #expect(refused.at("/policy") == "tenant")
        #expect(refused.at("/rule") == "tenant_rate")
    }

    @Test func `a neighbour's storm costs nobody else anything`() async throws {
        let gateway = try await TestGateway.shared
        let noisy = try await TestTenant.make(gateway) {
            $0.ratePerSecond = 1
            $0.burst = 1
            $0.inFlight = 1_000
        }
        let quiet = try await TestTenant.make(gateway) { _ in }
        let answers = try await storm(100, gateway) { _ in
            TestCall("GET", "/v1/sandboxes").key(noisy.key)
        }
        #expect(answers.contains { $0.status == 429 })
        let answer = try await quiet.call("GET", "/v1/sandboxes")
        #expect(answer.status == 200)
        #expect(answer["RateLimit"]?.hasPrefix("\"key\";r=199;") == true)
    }

    @Test func `calls in flight are bounded, and one that ends makes room`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared) { limits in
            TestTenant.generous(&limits)
            limits.inFlight = 1
        }
        let sandbox = try await tenant.sandbox()
        let gateway = sandbox.gateway
        let body = SlowBody()
        var held = try sandbox.prepared("POST", "/v1/customers", [:]).request()
        held.body = .stream(body)
        let request = held
        async let first = EventLoopGroup.run(on: gateway.platform.loop) {
            await gateway.gateway.respond(to: request)
        }
        await body.isWaited()
        let second = try await sandbox.call("GET", "/v1/balance")
        #expect(second.status == 429)
        #expect(second.code == "too_many_in_flight")
        #expect(second["Retry-After"] == "1")
        #expect(second.at("/policy") == "tenant")
        #expect(second.at("/rule") == "in_flight")
        #expect(second.at("/observed") == 2)
        #expect(second.at("/limit") == 1)
        body.end()
        #expect(try await first.status.code == 201)
        #expect(try await sandbox.call("GET", "/v1/balance").status == 200)
    }

    @Test func `a sandbox whose turn does not come is told when to come back`() async throws {
        let sandbox = try await TestSandbox.make()
        let answer = try await sandbox.gateway.platform.run { platform in
            // Another process is at work on the sandbox.
            let outcome = try await platform.worlds.transaction(as: sandbox.access) { _ in
                try await sandbox.pay()
            }
            guard case .committed(let answer) = outcome else { throw TestFault("not committed") }
            return answer
        }
        #expect(answer.status == 503)
        #expect(answer.code == "service_unavailable")
        #expect(answer["Retry-After"] == "1")
        #expect(try await sandbox.pay().status == 201)
    }

    @Test func `an address may sign up five times a minute`() async throws {
        let gateway = try await TestGateway.shared
        let address = IPAddress(v4: 0x0A03_0000 | UInt32.random(in: 0...0xFFFF))
        let body: JSONValue = [
            "email": .string("max-\(UInt64.random(in: 0 ... .max))@example.com"),
            "password": "correct horse battery", "organization": "Max",
        ]
        let call = TestCall("POST", "/v1/signup").json(body)
        let answers = try await storm(9, gateway) { _ in call.from(address) }
        #expect(answers.count { $0.status == 201 } == 1)
        #expect(answers.count { $0.code == "email_taken" } >= 4)
        let refused = try #require(answers.first { $0.status == 429 })
        #expect(refused.at("/policy") == "address")
        #expect(refused.at("/limit") == 5)
        #expect(refused["Retry-After"].flatMap(Int.init).map { (1...12).contains($0) } == true)
        let elsewhere = IPAddress(v4: 0x0A04_0000 | UInt32.random(in: 0...0xFFFF))
        #expect(try await gateway.send(call.from(elsewhere)).status == 409)
    }

    @Test func `a tenant has as many sandboxes as it may`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared) { limits in
            TestTenant.generous(&limits)
            limits.sandboxes = 1
        }
        _ = try await tenant.sandbox()
        let refused = try await tenant.call("POST", "/v1/sandboxes", [:])
        #expect(refused.status == 409)
        #expect(refused.code == "sandbox_quota_exceeded")
        #expect(refused.at("/limit") == 1)
    }

    @Test func `the operator's change holds once the gateway has heard of it`() async throws {
        let gateway = try await TestGateway.shared
        let tenant = try await TestTenant.make(gateway)
        #expect(try await tenant.call("GET", "/v1/sandboxes").status == 200)
        let changed = try await gateway.send(
            TestCall("PATCH", "/admin/v1/tenants/\(tenant.access.tenant)/limits")
                .key(TestGateway.adminKey).json(["rate_per_second": 7, "burst": 9]))
        #expect(changed.at("/limits/rate_per_second") == 7)
        #expect(changed.at("/limits/in_flight") == 100_000)
        gateway.services.limits.forgetNumbers()
        let answer = try await tenant.call("GET", "/v1/sandboxes")
        #expect(answer["RateLimit-Policy"]?.contains(";q=14;w=2") == true)
    }
}

/// Two gateways in company, each with limits and memory of its own.
@Suite struct `Limits of several gateways` {
    private struct Pair {
        let gateways: [Gateway]
        let gateway: TestGateway

        func answers(_ count: Int, _ call: TestCall) async throws -> [TestAnswer] {
            try await withThrowingTaskGroup(of: TestAnswer.self) { group in
                for number in 0..<count {
                    group.addTask {
                        try await gateway.answer(in: gateways[number % 2], call, on: number / 2 % 2)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
    }

    private func pair() async throws -> Pair {
        let gateway = try await TestGateway.shared
        let gateways = [try gateway.another(), try gateway.another()]
        for gateway in gateways { gateway.services.fleet.expectCompany() }
        return Pair(gateways: gateways, gateway: gateway)
    }

    /// One call in a quarter of an hour, were that a rate: what a slow machine takes does not count.
    private func tenant(burst: Int, inFlight: Int = 1_000) async throws -> TestTenant {
        try await TestTenant.make(TestGateway.shared) { limits in
            TestTenant.generous(&limits)
            (limits.ratePerSecond, limits.burst, limits.inFlight) = (1, burst, inFlight)
        }
    }

    @Test(arguments: [5, 60]) func `one burst is admitted by both together`(burst: Int) async throws {
        let (pair, tenant) = (try await pair(), try await tenant(burst: burst))
        let began = MonotonicInstant.now()
        let answers = try await pair.answers(
            4 * burst, TestCall("GET", "/v1/sandboxes").key(tenant.key))
        let seconds = Int((MonotonicInstant.now() - began).nanoseconds / 1_000_000_000) + 1
        let admitted = answers.count { $0.status == 200 }
        // No less than half: what a gateway took and had no time to spend within a second is lost.
        #expect((burst / 2...burst + seconds + burst / 50).contains(admitted))
        let refused = try #require(answers.first { $0.status == 429 })
        #expect(refused.code == "rate_limited")
        #expect(refused["Retry-After"] == "1")
    }

    @Test func `what is told at one gateway can be spent at the other`() async throws {
        let (pair, tenant) = (try await pair(), try await tenant(burst: 30))
        let call = TestCall("GET", "/v1/sandboxes").key(tenant.key)
        for spent in 1...5 {
            let answer = try await pair.gateway.answer(in: pair.gateways[spent % 2], call)
            let told = try #require(Int(answer["RateLimit"]?.split(separator: ";")[1].dropFirst(2) ?? ""))
            // One comes back each second; never more than there were.
            #expect((30 - spent...29).contains(told))
        }
    }

    @Test func `calls in flight are counted together`() async throws {
        let pair = try await pair()
        let tenant = try await TestTenant.make(TestGateway.shared) { limits in
            TestTenant.generous(&limits)
            limits.inFlight = 1
        }
        let body = SlowBody()
        var held = try TestCall("POST", "/v1/sandboxes").key(tenant.key).json([:]).request()
        held.body = .stream(body)
        let (request, one) = (held, pair.gateways[0])
        async let first = EventLoopGroup.run(on: pair.gateway.platform.loop) {
            await one.respond(to: request)
        }
        await body.isWaited()
        let call = TestCall("GET", "/v1/sandboxes").key(tenant.key)
        let refused = try await pair.gateway.answer(in: pair.gateways[1], call)
        #expect(refused.code == "too_many_in_flight")
        body.end()
        #expect(try await first.status.code == 201)
        // The slot goes back with the gateway's next beat.
        try await pair.gateway.platform.run { _ in await one.services.limits.giveBackSlots() }
        #expect(await untilStatus(200, call, pair.gateways[1], pair.gateway))
    }

    @Test func `a gateway that finds company goes on from what it admitted alone`() async throws {
        let (pair, tenant) = (try await pair(), try await tenant(burst: 20))
        let alone = try pair.gateway.another()
        let call = TestCall("GET", "/v1/sandboxes").key(tenant.key)
        for _ in 0..<15 {
            #expect(try await pair.gateway.answer(in: alone, call).status == 200)
        }
        alone.services.fleet.expectCompany()
        let answer = try await pair.gateway.answer(in: alone, call)
        let left = try #require(answer["RateLimit"]?.split(separator: ";")[1].dropFirst(2))
        // Some may have come back with the seconds that went by.
        #expect((4...19).contains(Int(left) ?? 0))
        let other = try await pair.gateway.answer(in: pair.gateways[0], call)
        #expect(try #require(Int(other["RateLimit"]?.split(separator: ";")[1].dropFirst(2) ?? "")) < 19)
    }

    /// A refusal holds for some milliseconds without another look.
    private func untilStatus(
        _ status: Int, _ call: TestCall, _ gateway: Gateway, _ test: TestGateway
    ) async -> Bool {
        for _ in Tries() {
            if (try? await test.answer(in: gateway, call))?.status == status { return true }
        }
        return false
    }
}

/// Quotas of a day and a month.
@Suite struct `Quotas of calls` {
    private func tenant(day: Int?, month: Int?) async throws -> TestTenant {
        try await TestTenant.make(TestGateway.shared) { limits in
            TestTenant.generous(&limits)
            (limits.callsPerDay, limits.callsPerMonth) = (day, month)
        }
    }

    @Test func `the day's quota refuses by name, with the seconds until midnight`() async throws {
        let tenant = try await tenant(day: 2, month: 100)
        let first = try await tenant.call("GET", "/v1/sandboxes")
        #expect(first.status == 200)
        #expect(first["RateLimit-Policy"] == "\"day\";q=2;w=86400")
        #expect(first["RateLimit"]?.hasPrefix("\"day\";r=1;t=") == true)
        #expect(try await tenant.call("GET", "/v1/sandboxes").status == 200)
        let refused = try await tenant.call("GET", "/v1/sandboxes")
        #expect(refused.status == 429)
        #expect(refused.code == "quota_exceeded")
        #expect(refused.at("/policy") == "day")
        #expect(refused.at("/rule") == "day_quota")
        #expect(refused.at("/observed") == 3)
        #expect(refused.at("/limit") == 2)
        let now = tenant.gateway.services.clock.now().seconds
        let untilMidnight = 86_400 - Int(now % 86_400)
        #expect(refused["RateLimit"] == "\"day\";r=0;t=\(untilMidnight)")
        // Never before the quota's end, and at most a minute behind it.
        let retryAfter = try #require(Int(refused["Retry-After"] ?? ""))
        #expect((untilMidnight..<untilMidnight + 60).contains(retryAfter))
    }

    @Test func `the month's quota refuses until the month is over`() async throws {
        let tenant = try await tenant(day: 100, month: 1)
        #expect(try await tenant.call("GET", "/v1/sandboxes").status == 200)
        let refused = try await tenant.call("GET", "/v1/sandboxes")
        #expect(refused.code == "quota_exceeded")
        #expect(refused.at("/rule") == "month_quota")
        #expect(refused["RateLimit-Policy"]?.hasPrefix("\"month\";q=1;w=") == true)
        #expect((Int(refused["Retry-After"] ?? "") ?? 0) < 32 * 86_400)
    }

    @Test func `calls to sandboxes and to the platform count together, refused ones do not`() async throws {
        let tenant = try await tenant(day: 3, month: nil)
        let sandbox = try await tenant.sandbox()
        #expect(try await sandbox.call("GET", "/v1/balance").status == 200)
        #expect(try await sandbox.gateway.send(sandbox.prepared("GET", "/v1/balance").key(nil)).status == 401)
        #expect(try await tenant.call("GET", "/v1/sandboxes").status == 200)
        #expect(try await sandbox.call("GET", "/v1/balance").status == 200)
        #expect(try await sandbox.call("GET", "/v1/balance").code == "quota_exceeded")
        #expect(try await tenant.call("GET", "/v1/sandboxes").code == "quota_exceeded")
    }

    @Test func `the operator raises a quota, and takes it back to the default`() async throws {
        let gateway = try await TestGateway.shared
        let tenant = try await tenant(day: 0, month: nil)
        #expect(try await tenant.call("GET", "/v1/sandboxes").code == "quota_exceeded")
        func set(_ body: JSONValue) async throws -> TestAnswer {
            let answer = try await gateway.send(
                TestCall("PATCH", "/admin/v1/tenants/\(tenant.access.tenant)/limits")
                    .key(TestGateway.adminKey).json(body))
            gateway.services.limits.forgetNumbers()
            return answer
        }
        #expect(try await set(["calls_per_day": 1]).at("/limits/calls_per_day") == 1)
        #expect(try await tenant.call("GET", "/v1/sandboxes").status == 200)
        #expect(try await tenant.call("GET", "/v1/sandboxes").code == "quota_exceeded")
        #expect(try await set(["calls_per_day": .null]).at("/limits/calls_per_day") == .null)
        let answer = try await tenant.call("GET", "/v1/sandboxes")
        #expect(answer.status == 200)
        #expect(try await set(["calls_per_day": -1]).status == 400)
    }

    @Test func `what one gateway has admitted counts at the others`() async throws {
        let gateway = try await TestGateway.shared
        let tenant = try await tenant(day: 3, month: nil)
        let other = try gateway.another()
        let call = TestCall("GET", "/v1/sandboxes").key(tenant.key)
        for _ in 0..<2 { #expect(try await gateway.answer(in: gateway.gateway, call).status == 200) }
        let system = gateway.platform.systemWork
        try await gateway.platform.run { _ in try await gateway.services.limits.countCalls(system) }
        #expect(try await gateway.answer(in: other, call).status == 200)
        #expect(try await gateway.answer(in: other, call).code == "quota_exceeded")
    }
}

/// A body that arrives when the test says so.
private final class SlowBody: RequestBodySource {
    private struct State: Sendable {
        var reader: CheckedContinuation<[UInt8]?, Never>?
        var observer: CheckedContinuation<Void, Never>?
        var chunks: [[UInt8]] = [Array("{}".utf8)]
        var isOpen = true
    }

    private let state = Mutex(State())

    func nextChunk() async throws(BodyError) -> [UInt8]? {
        await withCheckedContinuation { continuation in
            let observer = state.withLock { state -> CheckedContinuation<Void, Never>? in
                if state.isOpen {
                    state.reader = continuation
                    return state.observer
                }
                continuation.resume(returning: state.chunks.popLast())
                return nil
            }
            observer?.resume()
        }
    }

    /// Returns once somebody waits for the body.
    func isWaited() async {
        await withCheckedContinuation { continuation in
            let isWaited = state.withLock { state in
                if state.reader == nil { state.observer = continuation }
                return state.reader != nil
            }
            if isWaited { continuation.resume() }
        }
    }

    func end() {
        let (reader, chunk) = state.withLock { state in
            state.isOpen = false
            return (state.reader, state.chunks.popLast())
        }
        reader?.resume(returning: chunk)
    }
}
