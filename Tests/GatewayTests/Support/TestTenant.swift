import Access
import Contracts
import Gateway
import HTTP
import Identifiers
import Identity
import PlatformSupport
import Postgres
import Runtime
import Tenancy

/// A tenant of a test's own and its way to the platform API.
struct TestTenant: Sendable {
    let gateway: TestGateway
    let access: TenantAccess
    let key: String

    /// With limits that no test reaches by accident, unless `limits` says otherwise.
    static func make(
        _ gateway: TestGateway, limits: @escaping @Sendable (inout TenantLimits) -> Void = generous
    ) async throws -> TestTenant {
        let (access, key) = try await Turnstile.calls.pass {
            try await gateway.platform.run { platform in
                let made = try await platform.makeTenantWithKey()
                _ = try await gateway.admin.setLimits(
                    limits, of: made.access.tenant, as: platform.operator)
                return made
            }
        }
        return TestTenant(gateway: gateway, access: access, key: key.revealed)
    }

    static let generous: @Sendable (inout TenantLimits) -> Void = { limits in
        limits.ratePerSecond = 1_000_000
        limits.burst = 10_000_000
        limits.inFlight = 100_000
        limits.callsPerDay = 1_000_000_000
        limits.callsPerMonth = 1_000_000_000
    }

    func call(
        _ method: String, _ target: String, _ body: JSONValue? = nil, by way: Way = .memory
    ) async throws -> TestAnswer {
        try await gateway.send(TestCall(method, target).key(key).json(body), by: way)
    }

    func sandbox(
        _ change: (inout SandboxDraft) -> Void = { _ in }
    ) async throws -> TestSandbox {
        var draft = SandboxDraft()
        draft.mounts = [Mount(contract: "payments", version: "1.0.0", fidelity: .domain)]
        change(&draft)
        let (ready, access) = (draft, access)
        let (sandbox, made) = try await Turnstile.calls.pass {
            try await gateway.platform.run { platform in
                try await platform.makeSandboxWithKey(ready, as: access)
            }
        }
        return TestSandbox(
            tenant: self, access: sandbox, key: made.apiKey.revealed, keyID: made.key,
            clientSecret: made.clientSecret.revealed)
    }
}

/// A sandbox with the contract `payments`, called on that contract's own host.
struct TestSandbox: Sendable {
    let tenant: TestTenant
    let access: SandboxAccess
    let key: String
    let keyID: KeyID
    let clientSecret: String

    /// A sandbox of a new tenant.
    static func make(
        _ change: (inout SandboxDraft) -> Void = { _ in }
    ) async throws -> TestSandbox {
        try await TestTenant.make(TestGateway.shared).sandbox(change)
    }

    var gateway: TestGateway { tenant.gateway }
    var slug: String { access.slug }
    var host: String { "\(slug).\(TestGateway.domain)" }
    var contractHost: String { "payments--\(host)" }

    func prepared(_ method: String, _ target: String, _ body: JSONValue? = nil) -> TestCall {
        TestCall(method, target).host(contractHost).key(key).json(body)
    }

    func call(
        _ method: String, _ target: String, _ body: JSONValue? = nil,
        fields: [(name: String, value: String)] = []
    ) async throws -> TestAnswer {
        var call = prepared(method, target, body)
        call.fields = fields
        return try await gateway.send(call)
    }

    /// The tenant's id as Postgres reads it.
    var tenantUUID: String {
        [access.tenant.high, access.tenant.low].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// A payment of 12.50 EUR with a card that is good, or as `change` says.
    func pay(
        scenario: String? = nil, idempotencyKey: String? = nil,
        _ change: (inout JSONValue) -> Void = { _ in }
    ) async throws -> TestAnswer {
        var body: JSONValue = ["amount": 1250, "currency": "eur", "payment_method": "pm_card_visa"]
        change(&body)
        var fields: [(name: String, value: String)] = []
        if let scenario { fields.append(("X-Sandbox-Scenario", scenario)) }
        if let idempotencyKey { fields.append(("Idempotency-Key", idempotencyKey)) }
        return try await call("POST", "/v1/payments", body, fields: fields)
    }

    /// Rows of the sandbox's tenant, by SQL that only tests know. `$1` is the tenant.
    func rows(_ name: String, _ sql: String) async throws -> Rows {
        let (access, statement) = (access, Statement("test_\(name)", sql))
        return try await gateway.platform.run { platform in
            try await platform.database.read(as: access, [Call(statement, .id(access.tenant))])[0]
        }
    }
}

extension TestSandbox {
    /// The log's own page of a call, once its row has arrived.
    func logged(_ answer: TestAnswer) async throws -> TestAnswer {
        try await gateway.gateway.drain()
        return try await tenant.call(
            "GET", "/v1/sandboxes/\(slug)/requests/\(answer["Request-Id"] ?? "")")
    }

    /// Why a call ended as it did.
    func explain(_ answer: TestAnswer) async throws -> TestAnswer {
        try await gateway.gateway.drain()
        return try await tenant.call(
            "GET", "/v1/sandboxes/\(slug)/requests/\(answer["Request-Id"] ?? "")/explain")
    }
}
