import Contracts
import HTTP
import PlatformSupport
import Tenancy
import Testing

@testable import Gateway

/// DESIGN § 4: four ways to one sandbox, and everything that leads nowhere.
@Suite struct `Addressing a sandbox` {
    @Test(arguments: Way.allCases)
    func `a new partner's first payment is found in all four ways`(_ way: Way) async throws {
        let gateway = try await TestGateway.shared
        var signUp = TestCall("POST", "/v1/signup").json([
            "email": .string("ida-\(way)-\(UInt64.random(in: 0 ... .max))@example.com"),
            "password": "correct horse battery", "organization": "Ida's",
        ])
        signUp.remoteAddress = IPAddress(v4: 0x0A01_0000 | UInt32.random(in: 0...0xFFFF))
        let account = try await gateway.send(signUp, by: way)
        #expect(account.status == 201)
        let management = try #require(account.at("/management_key/secret")?.string)

        let sandbox = try await gateway.send(
            TestCall("POST", "/v1/sandboxes").key(management).json([:]), by: way)
        #expect(sandbox.status == 201)
        let slug = try #require(sandbox.at("/slug")?.string)
        let key = try #require(sandbox.at("/credentials/api_key")?.string)
        #expect(sandbox.at("/apis/0/base_url")?.string == "http://payments--\(slug).sbx.localhost")

        let paid = try await gateway.send(
            TestCall("POST", "/v1/payments").host("payments--\(slug).sbx.localhost").key(key)
                .json(["amount": 990, "currency": "eur", "payment_method": "pm_card_visa"]),
            by: way)
        #expect(paid.status == 201)
        #expect(paid.at("/status") == "succeeded")

        for call in Self.fourWays("/v1/payments/\(paid.id)", slug: slug) {
            let found = try await gateway.send(call.key(key), by: way)
            #expect(found.status == 200, "\(call.host)\(call.target)")
            #expect(found.body == paid.body)
            #expect(found["Content-Security-Policy"] == "sandbox")
        }
    }

    private static func fourWays(_ path: String, slug: String) -> [TestCall] {
        [
            TestCall("GET", path).host("payments--\(slug).sbx.localhost"),
            TestCall("GET", "/payments" + path).host("\(slug).sbx.localhost"),
            TestCall("GET", path).field("X-Sbx-Sandbox", slug).field("X-Sbx-Contract", "payments"),
            TestCall("GET", "/api/\(slug)/payments" + path),
        ]
    }

    @Test func `two names that agree are fine`() async throws {
        let sandbox = try await TestSandbox.make()
        for call in Self.fourWays("/v1/balance", slug: sandbox.slug) {
            var doubled = call
            doubled.fields = []
            let agreeing = doubled.key(sandbox.key).field("X-Sbx-Sandbox", sandbox.slug)
                .field("X-Sbx-Contract", "payments").field("X-Env", "sandbox")
            #expect(try await sandbox.gateway.send(agreeing).status == 200)
        }
    }

    @Test func `a host, path and header that disagree are refused, never guessed`() async throws {
        let sandbox = try await TestSandbox.make()
        for call in Self.fourWays("/v1/balance", slug: sandbox.slug) {
            for (name, value) in [("X-Sbx-Sandbox", "other-box"), ("X-Sbx-Contract", "other")] {
                guard !call.fields.contains(where: { $0.name == name }) else { continue }
                let answer = try await sandbox.gateway.send(call.key(sandbox.key).field(name, value))
                #expect(answer.status == 400, "\(call.host)\(call.target) \(name)")
                #expect(answer.code == "host_mismatch")
            }
        }
    }

    @Test func `a routing field that comes twice is refused by its name`() async throws {
        let sandbox = try await TestSandbox.make()
        let twice = [
            ("X-Sbx-Sandbox", sandbox.slug, "other-box"), ("X-Sbx-Sandbox", sandbox.slug, sandbox.slug),
            ("X-Sbx-Contract", "payments", "other"), ("X-Sbx-Contract", "payments", "payments"),
        ]
        for (name, first, second) in twice {
            for host in ["localhost", sandbox.host, sandbox.contractHost] {
                let call = TestCall("GET", "/v1/balance").host(host).key(sandbox.key)
                    .field(name, first).field(name, second)
                let answer = try await sandbox.gateway.send(call)
                #expect(answer.status == 400, "\(name) at \(host)")
                #expect(answer.code == "repeated_field", "\(name) at \(host)")
                #expect(answer.at("/errors/0/name")?.string == name)
            }
        }
    }

    @Test func `an environment that comes twice must be the sandbox twice`() async throws {
        let sandbox = try await TestSandbox.make()
        for (second, status) in [("sandbox", 200), ("production", 400)] {
            let call = sandbox.prepared("GET", "/v1/balance").field("X-Env", "sandbox")
                .field("X-Env", second)
            #expect(try await sandbox.gateway.send(call).status == status)
        }
    }

    @Test(arguments: ["production", "prod", "live", "Sandbox", ""])
    func `another environment is refused with an explanation`(name: String) async throws {
        let gateway = try await TestGateway.shared
        let answer = try await gateway.send(TestCall("GET", "/healthz").field("X-Env", name))
        #expect(answer.status == 400)
        #expect(answer.code == "other_environment")
        #expect(answer.json["detail"]?.string?.contains("no way to production") == true)
    }

    @Test(arguments: ["example.com", "sbx.localhost.example.com", "a.b.sbx.localhost", "xsbx.localhost"])
    func `a host of somebody else is 421`(host: String) async throws {
        let gateway = try await TestGateway.shared
        let answer = try await gateway.send(TestCall("GET", "/healthz").host(host))
        #expect(answer.status == 421)
        #expect(answer.code == "unknown_host")
    }

    @Test func `a sandbox that does not exist is 404 by every way, with or without a key`() async throws {
        let gateway = try await TestGateway.shared
        let stranger = try await TestSandbox.make()
        for call in Self.fourWays("/v1/balance", slug: "no-such-sandbox") {
            for key in [nil, stranger.key] {
                let answer = try await gateway.send(call.key(key))
                #expect(answer.status == 404)
                #expect(answer.code == "sandbox_not_found")
            }
        }
    }

    @Test func `a contract that is not mounted is 404 and names those that are`() async throws {
        let sandbox = try await TestSandbox.make()
        let calls = [
            TestCall("GET", "/v1/balance").host("ledger--\(sandbox.host)"),
            TestCall("GET", "/ledger/v1/balance").host(sandbox.host),
            TestCall("GET", "/").host(sandbox.host),
        ]
        for call in calls {
            let answer = try await sandbox.gateway.send(call.key(sandbox.key))
            #expect(answer.status == 404)
            #expect(answer.code == "contract_not_mounted")
            #expect(answer.json["hint"] == "Its APIs are: payments.")
        }
        let bare = try await sandbox.tenant.sandbox { $0.mounts = [] }
        let answer = try await bare.call("GET", "/v1/balance")
        #expect(answer.code == "contract_not_mounted")
    }

    @Test func `an unknown path is 404, a wrong method 405 with Allow`() async throws {
        let sandbox = try await TestSandbox.make()
        let missing = try await sandbox.call("GET", "/v1/nothing")
        #expect(missing.status == 404)
        #expect(missing.code == "not_found")
        let wrong = try await sandbox.call("DELETE", "/v1/payments")
        #expect(wrong.status == 405)
        #expect(wrong.code == "method_not_allowed")
        #expect(wrong["Allow"] == "GET, POST")
        let platform = try await sandbox.tenant.call("PUT", "/v1/sandboxes")
        #expect(platform.status == 405)
        #expect(platform["Allow"] == "DELETE, GET, POST")
    }

    @Test func `HEAD on the platform API is GET without the body`() async throws {
        let gateway = try await TestGateway.shared
        let tenant = try await TestTenant.make(gateway)
        for target in ["/healthz", "/openapi.json", "/v1/sandboxes"] {
            let get = try await tenant.call("GET", target, by: .socket)
            let head = try await tenant.call("HEAD", target, by: .socket)
            #expect(head.status == 200 && get.status == 200)
            #expect(head.body == [])
            #expect(head["Content-Length"] == String(get.body.count))
        }
    }

    @Test func `the issuer's host serves the issuer and nothing else`() async throws {
        let gateway = try await TestGateway.shared
        for (target, status) in [("/jwks", 200), ("/v1/sandboxes", 404), ("/token", 405)] {
            let answer = try await gateway.send(TestCall("GET", target).host("auth.sbx.localhost"))
            #expect(answer.status == status)
            #expect(answer.isProblem == (status != 200))
        }
    }
}
