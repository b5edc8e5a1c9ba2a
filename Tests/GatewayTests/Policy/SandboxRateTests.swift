import Contracts
import PlatformSupport
import Testing

@testable import Gateway

@Suite struct `Limits that a sandbox sets` {
    private func set(_ limits: JSONValue, on sandbox: TestSandbox) async throws -> TestAnswer {
        try await sandbox.tenant.call(
            "PUT", "/v1/sandboxes/\(sandbox.slug)/policy", ["rate_limits": limits])
    }

    /// One of those refused among many calls that come together: one after the other, a slow machine
    /// would leave the bucket the time to fill.
    private func refused(
        _ sandbox: TestSandbox, _ method: String, _ path: String, _ body: JSONValue? = nil
    ) async throws -> TestAnswer {
        let answers = try await withThrowingTaskGroup(of: TestAnswer.self) { group in
            for _ in 0..<12 { group.addTask { try await sandbox.call(method, path, body) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        return try #require(answers.first { $0.status == 429 })
    }

    @Test func `a class of calls has a bucket of its own`() async throws {
        let sandbox = try await TestSandbox.make()
        let set = try await set(
            [["name": "writes", "calls": "writes", "rate_per_second": 1, "burst": 2]], on: sandbox)
        #expect(set.status == 200)
        #expect(set.at("/rate_limits/0/burst") == 2)
        let first = try await sandbox.call("POST", "/v1/customers", ["name": "Mara"])
        #expect(first.status == 201)
        #expect(first["RateLimit"]?.hasPrefix("\"sandbox.writes\";r=1;") ?? false)

        let refused = try await refused(sandbox, "POST", "/v1/customers", ["name": "Mara"])
        #expect(refused.code == "rate_limited")
        #expect(refused.at("/policy") == "sandbox.writes")
        #expect(refused.at("/limit") == 2)
        #expect(refused["Retry-After"] == "1")
        #expect(refused.at("/hint")?.string?.contains("rate_limits") ?? false)
        let explained = try await sandbox.explain(refused)
        #expect(explained.at("/cause/code") == "rate_limited")
        #expect(try await sandbox.call("GET", "/v1/balance").status == 200)
    }

    @Test func `a part of an API has one, and every limit that means a call counts`() async throws {
        let sandbox = try await TestSandbox.make()
        _ = try await set(
            [
                ["name": "balance", "path": "/payments/v1/balance", "rate_per_second": 1],
                ["name": "payments", "path": "/payments/**", "rate_per_second": 1, "burst": 3],
            ], on: sandbox)
        #expect(try await sandbox.call("GET", "/v1/balance").status == 200)
        #expect(
            try await refused(sandbox, "GET", "/v1/customers").at("/policy") == "sandbox.payments")
    }

    @Test func `of two limits that mean a call the narrower refuses it first`() async throws {
        let sandbox = try await TestSandbox.make()
        _ = try await set(
            [
                ["name": "balance", "path": "/payments/v1/balance", "rate_per_second": 1],
                ["name": "payments", "path": "/payments/**", "rate_per_second": 100],
            ], on: sandbox)
        #expect(try await refused(sandbox, "GET", "/v1/balance").at("/policy") == "sandbox.balance")
    }

    @Test func `neighbours have buckets of their own, and an empty policy has none`() async throws {
        let sandbox = try await TestSandbox.make()
        let neighbour = try await TestSandbox.make()
        for each in [sandbox, neighbour] {
            _ = try await set([["name": "all", "rate_per_second": 1]], on: each)
            #expect(try await each.call("GET", "/v1/balance").status == 200)
            _ = try await refused(each, "GET", "/v1/balance")
        }
        #expect(try await set([], on: sandbox).status == 200)
        #expect(try await sandbox.call("GET", "/v1/balance").status == 200)
        _ = try await refused(neighbour, "GET", "/v1/balance")
    }

    @Test(arguments: [
        ([["name": "all", "rate_per_second": 0]], "/rate_limits/0/rate_per_second"),
        ([["name": "A limit", "rate_per_second": 1]], "/rate_limits/0/name"),
        ([["name": "all", "calls": "some", "rate_per_second": 1]], "/rate_limits/0/calls"),
        ([["name": "all", "path": "payments", "rate_per_second": 1]], "/rate_limits/0/path"),
        (
            [["name": "all", "rate_per_second": 1], ["name": "all", "rate_per_second": 2]],
            "/rate_limits/1/name"
        ),
    ] as [(JSONValue, String)])
    func `what cannot be meant is refused with its place`(limits: JSONValue, pointer: String)
        async throws
    {
        let answer = try await set(limits, on: TestSandbox.make())
        #expect(answer.status == 400)
        #expect(answer.pointers == [pointer])
    }
}
