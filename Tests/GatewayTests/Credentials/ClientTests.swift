import Access
import Contracts
import HTTP
import Identifiers
import PlatformSupport
import Runtime
import Tenancy
import TestSupport
import Testing

@testable import Gateway

/// A tenant keeps its sandboxes' OAuth clients by the platform API.
@Suite struct `OAuth clients of a sandbox` {
    private struct Client {
        let sandbox: TestSandbox
        let id: String
        let secret: String

        var path: String { "/v1/sandboxes/\(sandbox.slug)/clients" }

        func token(_ secret: String? = nil) async throws -> TestAnswer {
            let form =
                "grant_type=client_credentials&client_id=\(id)&client_secret=\(secret ?? self.secret)"
            return try await sandbox.gateway.send(
                TestCall("POST", "/token").host("auth.\(TestGateway.domain)").from(.drawn)
                    .type("application/x-www-form-urlencoded").body(Array(form.utf8)))
        }

        func call(_ method: String, _ path: String, _ body: JSONValue? = nil) async throws -> TestAnswer {
            try await sandbox.tenant.call(method, self.path + path, body)
        }
    }

    private func client(
        of sandbox: TestSandbox? = nil, scope: String = "payments:read"
    ) async throws -> Client {
        let sandbox = if let sandbox { sandbox } else { try await TestSandbox.make() }
        let made = try await sandbox.tenant.call(
            "POST", "/v1/sandboxes/\(sandbox.slug)/clients",
            [
                "client_name": "Nightly build", "grant_types": ["client_credentials"],
                "scope": .string(scope), "token_endpoint_auth_method": "client_secret_post",
            ])
        guard let id = made.at("/client_id")?.string, let secret = made.at("/client_secret")?.string
        else { throw TestFault("\(made)") }
        return Client(sandbox: sandbox, id: id, secret: secret)
    }

    @Test func `are listed without their secrets`() async throws {
        let client = try await client()
        let listed = try await client.call("GET", "")
        let own = try #require(listed.at("/data")?.array?.first { $0["id"]?.string == client.id })
        #expect(own["name"] == "Nightly build")
        #expect(own["scope"] == "payments:read")
        #expect(client.secret.hasPrefix(own["secret_prefix"]?.string ?? "?"))
        #expect(!listed.text.contains(client.secret))
        #expect(listed.at("/data")?.array?.count == 2)
    }

    @Test func `get tokens with a fresh secret at once, with the old one for the overlap`() async throws {
        let client = try await client()
        let rotated = try await client.call("POST", "/\(client.id)/rotate-secret", ["overlap": "PT1H"])
        #expect(rotated.status == 201)
        let fresh = try #require(rotated.at("/secret")?.string)
        #expect(try await client.token(fresh).status == 200)
        #expect(try await client.token().status == 200)
        let again = try await client.call("POST", "/\(client.id)/rotate-secret", [:])
        let last = try #require(again.at("/secret")?.string)
        for (secret, status) in [(last, 200), (fresh, 401), (client.secret, 401)] {
            #expect(try await client.token(secret).status == status)
        }
    }

    @Test func `take their tokens along when they are revoked`() async throws {
        let client = try await client()
        let token = try #require(try await client.token().at("/access_token")?.string)
        let balance = client.sandbox.prepared("GET", "/v1/balance").key(token)
        #expect(try await client.sandbox.gateway.send(balance).status == 200)
        #expect(try await client.call("DELETE", "/\(client.id)").status == 200)
        client.sandbox.gateway.services.forgetAll()
        #expect(try await client.sandbox.gateway.send(balance).code == "credential_revoked")
        #expect(try await client.token().status == 401)
        #expect(try await client.call("DELETE", "/\(client.id)").code == "not_found")
    }

    @Test func `get tokens by the sandbox's clock as it is after each move`() async throws {
        let client = try await client(scope: "sandbox")
        for _ in 0..<3 {
            // A token by the clock before would be over when it is made.
            try await client.sandbox.advance(days: 2)
            let token = try #require(try await client.token().at("/access_token")?.string)
            let answer = try await client.sandbox.gateway.send(
                client.sandbox.prepared("GET", "/v1/balance").key(token))
            #expect(answer.status == 200, "\(answer)")
        }
    }

    @Test func `of another sandbox are not found`() async throws {
        let (client, other) = (try await client(), try await client())
        let answer = try await client.call("POST", "/\(other.id)/rotate-secret", [:])
        #expect(answer.code == "not_found")
        #expect(try await other.token().status == 200)
    }

    @Test func `with metadata that makes no sense are refused with the reason`() async throws {
        let sandbox = try await TestSandbox.make()
        let answer = try await sandbox.tenant.call(
            "POST", "/v1/sandboxes/\(sandbox.slug)/clients", ["grant_types": ["password"]])
        #expect(answer.code == "validation_failed", "\(answer)")
        #expect(answer.at("/errors/0/rule") == "invalid_client_metadata", "\(answer)")
    }

    @Test func `that ask too often are told when to come back`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared) {
            $0.ratePerSecond = 1
            $0.burst = 3
        }
        let sandbox = try await tenant.sandbox()
        let client = try await client(of: sandbox)
        var refused: TestAnswer?
        for _ in Tries() where refused == nil {
            let answer = try await client.token()
            if answer.status != 200 { refused = answer }
        }
        let answer = try #require(refused)
        #expect(answer.status == 429, "\(answer)")
        #expect(answer.at("/error") == "temporarily_unavailable")
        #expect(answer["Retry-After"] == "1")
    }

    @Test func `are slowed down when their secrets are wrong again and again`() async throws {
        let client = try await client()
        let address = IPAddress.drawn
        @Sendable func wrong() async throws -> Int {
            let form = "grant_type=client_credentials&client_id=\(client.id)&client_secret=x"
            return try await client.sandbox.gateway.send(
                TestCall("POST", "/token").host("auth.\(TestGateway.domain)").from(address)
                    .type("application/x-www-form-urlencoded").body(Array(form.utf8))
            ).status
        }
        // Together: on a slow machine 200 one after the other would take the minutes they are let.
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<200 { group.addTask { try await wrong() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let seen = Dictionary(answers.map { ($0, 1) }, uniquingKeysWith: +)
        #expect(seen[401] ?? 0 >= GatewayLimits.clientFailuresPerMinute)
        #expect(seen[429] ?? 0 > 0, "\(seen)")
        #expect(try await client.token().status == 200)
    }
}
