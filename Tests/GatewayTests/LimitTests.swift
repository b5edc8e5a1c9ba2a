import Access
import Contracts
import HTTP
import PlatformSupport
import Runtime
import Synchronization
import Tenancy
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
        async let first = EventLoopGroup.run(on: gateway.platform.loops[0]) {
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
