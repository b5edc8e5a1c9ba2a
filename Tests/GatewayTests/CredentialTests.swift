import Access
import Contracts
import HTTP
import Identifiers
import Identity
import PlatformSupport
import Postgres
import Runtime
import Tenancy
import TestSupport
import Testing

@testable import Gateway

/// DESIGN § 5: each wrong credential is refused by what it is.
@Suite struct Credentials {
    private static func unissued(_ kind: Secret.Kind) -> String {
        Secret(kind, random: SystemRandom()).revealed
    }

    private func expect(
        _ answer: TestAnswer, _ status: Int, _ code: String, _ place: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == status, "\(answer)", sourceLocation: place)
        #expect(answer.code == code, sourceLocation: place)
        #expect((answer["WWW-Authenticate"] != nil) || status != 401, sourceLocation: place)
    }

    @Test func `on a sandbox's host, each wrong one has its own code`() async throws {
        let sandbox = try await TestSandbox.make()
        let cases: [(String?, Int, String)] = [
            (nil, 401, "authentication_required"), ("nonsense", 401, "credential_malformed"),
            (String(sandbox.key.dropLast()), 401, "credential_malformed"),
            (sandbox.key + "x", 401, "credential_malformed"),
            (String(repeating: "x", count: 7_000), 401, "credential_malformed"),
            ("sk_live_51HabcdefghijkL", 401, "wrong_environment"),
            ("pk_live_51HabcdefghijkL", 401, "wrong_environment"),
            ("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2FjY291bnRzLmV4YW1wbGUifQ.c2ln", 401, "foreign_issuer"),
            (Self.unissued(.sandboxKey), 401, "credential_unknown"),
            (Self.unissued(.managementKey), 401, "credential_unknown"),
            (sandbox.clientSecret, 403, "wrong_credential_kind"),
            (sandbox.tenant.key, 403, "wrong_credential_kind"),
        ]
        for (key, status, code) in cases {
            let answer = try await sandbox.gateway.send(
                sandbox.prepared("GET", "/v1/balance").key(key))
            expect(answer, status, code)
            if let key { #expect(!answer.text.contains(key), "\(code) repeats the credential") }
        }
    }

    @Test func `on the platform API, each wrong one has its own code`() async throws {
        let sandbox = try await TestSandbox.make()
        let cases: [(String?, Int, String)] = [
            (nil, 401, "authentication_required"), ("nonsense", 401, "credential_malformed"),
            ("sk_live_51HabcdefghijkL", 401, "wrong_environment"),
            (Self.unissued(.managementKey), 401, "credential_unknown"),
            (sandbox.key, 403, "wrong_credential_kind"),
            (TestGateway.adminKey, 401, "credential_malformed"),
        ]
        for (key, status, code) in cases {
            expect(
                try await sandbox.gateway.send(TestCall("GET", "/v1/sandboxes").key(key)), status, code)
        }
    }

    @Test(arguments: [nil, "nonsense", "sk_live_51HabcdefghijkL", "eyJhbGciOiJub25lIn0.e30.c2ln"])
    func `a refused one is told which key opens the door in question`(key: String?) async throws {
        let sandbox = try await TestSandbox.make()
        let onSandbox = try await sandbox.gateway.send(
            sandbox.prepared("GET", "/v1/balance").key(key))
        #expect(onSandbox.at("/hint")?.string?.contains("test_sk_…") == true, "\(onSandbox)")
        #expect(onSandbox.at("/hint")?.string?.contains("test_mk_…") == false)
        let onPlatform = try await sandbox.gateway.send(TestCall("GET", "/v1/sandboxes").key(key))
        #expect(onPlatform.at("/hint")?.string?.contains("test_mk_…") == true, "\(onPlatform)")
        #expect(onPlatform.at("/hint")?.string?.contains("test_sk_…") == false)
    }

    @Test func `another scheme than Bearer is not read as a key`() async throws {
        let sandbox = try await TestSandbox.make()
        for field in ["Basic dXNlcjpwYXNz", sandbox.key, "Bearer", "Bearer\(sandbox.key)", ""] {
            let call = sandbox.prepared("GET", "/v1/balance").key(nil).field("Authorization", field)
            expect(try await sandbox.gateway.send(call), 401, "credential_malformed")
        }
        for scheme in ["bearer", "BEARER", "Bearer  "] {
            let call = sandbox.prepared("GET", "/v1/balance").key(nil)
                .field("Authorization", "\(scheme) \(sandbox.key)")
            #expect(try await sandbox.gateway.send(call).status == 200)
        }
    }

    @Test func `the admin API wants the operator's key and nothing else`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared)
        for key in [nil, tenant.key, TestGateway.adminKey + "x"] {
            for target in ["/admin/v1/tenants", "/metrics"] {
                expect(
                    try await tenant.gateway.send(TestCall("GET", target).key(key)),
                    401, "authentication_required")
            }
        }
        let good = try await tenant.gateway.send(
            TestCall("GET", "/admin/v1/tenants?limit=1").key(TestGateway.adminKey))
        #expect(good.status == 200)
    }

    @Test func `a stranger's key gets 403 whether the object exists or not`() async throws {
        let mine = try await TestSandbox.make()
        let payment = try await mine.pay()
        let stranger = try await TestSandbox.make()
        let sibling = try await mine.tenant.sandbox()
        for key in [stranger.key, sibling.key] {
            for path in ["/v1/payments/\(payment.id)", "/v1/payments/pay_none", "/v1/nothing"] {
                expect(
                    try await mine.gateway.send(mine.prepared("GET", path).key(key)),
                    403, "wrong_sandbox")
            }
        }
    }

    @Test func `a foreign object on one's own host is not found`() async throws {
        let other = try await TestSandbox.make()
        let payment = try await other.pay()
        let mine = try await other.tenant.sandbox()
        let stranger = try await TestSandbox.make()
        for sandbox in [mine, stranger] {
            let found = try await sandbox.call("GET", "/v1/payments/\(payment.id)")
            #expect(found.status == 404)
            #expect(found.errorCode == "resource_missing")
            let refund = try await sandbox.call("POST", "/v1/refunds", ["payment": .string(payment.id)])
            #expect(refund.status == 404)
        }
    }

    @Test func `a foreign sandbox on the platform API is not found, like one that is none`() async throws {
        let other = try await TestSandbox.make()
        let stranger = try await TestTenant.make(other.gateway)
        for name in [other.slug, other.access.sandbox.description, "no-such", "sbx_0"] {
            for call in [
                TestCall("GET", "/v1/sandboxes/\(name)"), TestCall("DELETE", "/v1/sandboxes/\(name)"),
                TestCall("GET", "/v1/sandboxes/\(name)/requests"),
                TestCall("PATCH", "/v1/sandboxes/\(name)").json(["name": "mine now"]),
            ] {
                expect(try await stranger.gateway.send(call.key(stranger.key)), 404, "sandbox_not_found")
            }
        }
        let keys = try await stranger.call("DELETE", "/v1/keys/\(other.keyID)")
        expect(keys, 404, "not_found")
        #expect(try await other.call("GET", "/v1/balance").status == 200)
    }

    @Test func `a revoked key stops working once the gateway has heard of it`() async throws {
        let sandbox = try await TestSandbox.make()
        let gateway = sandbox.gateway
        #expect(try await sandbox.call("GET", "/v1/balance").status == 200)
        #expect(try await sandbox.tenant.call("DELETE", "/v1/keys/\(sandbox.keyID)").status == 200)
        let digest = SHA256Hasher.digest(Array(sandbox.key.utf8)).bytes
        try await gateway.platform.run { _ in gateway.services.forget(.key(digest)) }
        expect(try await sandbox.call("GET", "/v1/balance"), 401, "credential_revoked")
        // Twice: what is remembered of a revoked key must be the same.
        expect(try await sandbox.call("GET", "/v1/balance"), 401, "credential_revoked")
    }

    @Test func `a rotated key goes on for its overlap and the new one works at once`() async throws {
        let sandbox = try await TestSandbox.make()
        let gateway = sandbox.gateway
        let fresh = try await sandbox.tenant.call("POST", "/v1/keys/\(sandbox.keyID)/rotate", ["overlap": "PT1H"])
        #expect(fresh.status == 201)
        let new = try #require(fresh.at("/secret")?.string)
        for key in [sandbox.key, new] {
            #expect(try await gateway.send(sandbox.prepared("GET", "/v1/balance").key(key)).status == 200)
        }
        let newID = try #require(fresh.at("/id")?.string)
        #expect(try await sandbox.tenant.call("POST", "/v1/keys/\(newID)/rotate", [:]).status == 201)
        let digest = SHA256Hasher.digest(Array(new.utf8)).bytes
        try await gateway.platform.run { _ in gateway.services.forget(.key(digest)) }
        expect(
            try await gateway.send(sandbox.prepared("GET", "/v1/balance").key(new)),
            401, "credential_expired")
    }

    @Test(arguments: [
        ("expires_at = '2020-01-01T00:00:00Z'", 410, "sandbox_expired"),
        ("state = 'suspended'", 403, "sandbox_suspended"),
    ])
    func `a sandbox that is over or suspended says so to its own key`(
        change: String, status: Int, code: String
    ) async throws {
        let sandbox = try await TestSandbox.make()
        try sandbox.gateway.platform.connect(as: .owner).run(
            "UPDATE sbx.directory_slugs SET \(change) WHERE slug = $1", [sandbox.slug])
        expect(try await sandbox.call("GET", "/v1/balance"), status, code)
        // To strangers it is a sandbox that is not theirs.
        let stranger = try await TestSandbox.make()
        let theirs = try await sandbox.gateway.send(sandbox.prepared("GET", "/v1/balance").key(stranger.key))
        expect(theirs, 403, "wrong_sandbox")
    }

    @Test func `a sandbox that is over can be looked at, extended and deleted by its tenant`() async throws {
        let sandbox = try await TestSandbox.make()
        let gateway = sandbox.gateway
        let owner = try gateway.platform.connect(as: .owner)
        let path = "/v1/sandboxes/\(sandbox.slug)"
        _ = try owner.run("SELECT set_config('sbx.tenant', $1, false)", [sandbox.tenantUUID])
        func end() throws {
            for table in ["directory_slugs", "sandboxes"] {
                let ended = try owner.run(
                    "UPDATE sbx.\(table) SET expires_at = '2020-01-01T00:00:00Z' WHERE slug = $1",
                    [sandbox.slug])
                #expect(ended.affected == 1, "\(table)")
            }
            gateway.services.forget(.sandbox(sandbox.access.sandbox))
        }
        try end()
        expect(try await sandbox.tenant.call("GET", path + "/clock"), 410, "sandbox_expired")
        #expect(try await sandbox.tenant.call("GET", path).at("/status") == "expired")
        let extended = try await sandbox.tenant.call("PATCH", path, ["ttl": "PT1H"])
        #expect(extended.status == 200)
        #expect(extended.at("/status") == "ready")
        gateway.services.forget(.sandbox(sandbox.access.sandbox))
        #expect(try await sandbox.call("GET", "/v1/balance").status == 200)
        try end()
        let receipt = try await sandbox.tenant.call("DELETE", path)
        #expect(receipt.at("/sandboxes") == 1, "\(receipt)")
    }

    @Test func `a key's last use is in its list, and nothing is written for those that rest`() async throws {
        let sandbox = try await TestSandbox.make()
        let platform = sandbox.gateway.platform
        let resting = try await sandbox.tenant.sandbox()
        #expect(try await sandbox.call("GET", "/v1/balance").status == 200)
        func lastUse(of key: KeyID) async throws -> JSONValue? {
            let listed = try await sandbox.tenant.call("GET", "/v1/keys").at("/data")?.array
            return listed?.first { $0["id"]?.string == key.description }?["last_used_at"]
        }
        #expect(try await lastUse(of: sandbox.keyID) == .null, "the request itself writes nothing")
        let uses = KeyUses(
            caches: platform.caches, keys: platform.keys, control: platform.control,
            clock: platform.clock)
        var told: String?
        // A cache that another test drops between the call and the writing takes the use along.
        for _ in Tries() where told == nil {
            #expect(try await sandbox.call("GET", "/v1/balance").status == 200)
            try await platform.run { _ in try await uses.write() }
            told = try await lastUse(of: sandbox.keyID)?.string
        }
        let instant = try #require(told.flatMap { WallInstant(rfc3339: $0) })
        #expect(instant <= platform.clock.now())
        #expect(platform.clock.now() - instant < .seconds(600))
        #expect(try await lastUse(of: resting.keyID) == .null)
    }

    @Test func `a deleted sandbox takes its host, its key and its objects with it`() async throws {
        let sandbox = try await TestSandbox.make()
        let gateway = sandbox.gateway
        #expect(try await sandbox.pay().status == 201)
        let receipt = try await sandbox.tenant.call("DELETE", "/v1/sandboxes/\(sandbox.slug)")
        #expect(receipt.status == 200)
        #expect(receipt.at("/entities")?.int ?? 0 >= 1)
        let id = sandbox.access.sandbox
        try await gateway.platform.run { _ in gateway.services.forget(.sandbox(id)) }
        expect(try await sandbox.call("GET", "/v1/balance"), 404, "sandbox_not_found")
        let other = try await sandbox.tenant.sandbox()
        expect(
            try await gateway.send(other.prepared("GET", "/v1/balance").key(sandbox.key)),
            401, "credential_unknown")
    }

    @Test func `no secret, and no number that could be a card, reaches the request log`() async throws {
        let sandbox = try await TestSandbox.make()
        let gateway = sandbox.gateway
        let secrets = [
            "sk_live_51HabcdefghijkLmnop", sandbox.clientSecret, sandbox.tenant.key,
            String(sandbox.key.dropLast()) + "!", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln",
        ]
        for secret in secrets {
            _ = try await gateway.send(sandbox.prepared("GET", "/v1/balance").key(secret))
        }
        let number = "4111111111111111"
        let card: JSONValue = ["number": .string(number), "exp_month": 1, "exp_year": 2031]
        let bodies: [JSONValue] = [
            ["amount": 1, "currency": "eur", "payment_method_data": ["type": "card", "card": card]],
            ["amount": 1, "currency": "eur", "card_number": .string(number)],
            ["amount": 1, "currency": "eur", "payment_method": .string(number)],
            ["amount": .string(number), "currency": "eur"],
            ["amount": 4_111_111_111_111_111, "currency": "eur"],
            ["amount": 1, "currency": "eur", "payment_method_data": ["type": "card", "card": .string(number)]],
            ["amount": 1, "currency": "eur", "description": ["pan": 1], "customer": .string(sandbox.key)],
        ]
        for body in bodies {
            let answer = try await sandbox.call("POST", "/v1/payments", body)
            #expect((400..<500).contains(answer.status))
            #expect(!answer.text.contains(number), "\(answer)")
            #expect(!answer.text.contains(sandbox.key), "\(answer)")
        }
        try await gateway.gateway.drain()
        let rows = try await sandbox.rows(
            "log_text", "SELECT r::text FROM sbx.request_log r WHERE tenant_id = $1")
        #expect(rows.count == secrets.count + bodies.count)
        for index in 0..<rows.count {
            let text = rows[index].text(0)
            for secret in secrets + [number, sandbox.key] {
                #expect(!text.contains(secret), "\(text)")
            }
        }
    }
}
