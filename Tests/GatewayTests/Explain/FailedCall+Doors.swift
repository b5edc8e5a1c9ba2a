import Access
import Contracts
import Identity
import PlatformSupport
import Runtime

@testable import Gateway

// Calls that reach no operation, or bring the wrong credential.
extension FailedCall {
    private static let balance = "/v1/balance"

    static let routing: [FailedCall] = [
        FailedCall("no such path", "match.not_found", names: "GET /openapi.json", promises: 200) { sandbox in
            (
                try await sandbox.call("GET", "/v1/balances"),
                try await sandbox.tenant.call("GET", "/openapi.json")
            )
        },
        FailedCall("no such method", "match.method_not_allowed", names: "GET", promises: 200) { sandbox in
            (try await sandbox.call("DELETE", balance), try await sandbox.call("GET", balance))
        },
        FailedCall(
            "an API that is not mounted", "match.contract_not_mounted", names: "payments",
            promises: 200
        ) { sandbox in
            let other = sandbox.prepared("GET", balance).host("shipping--\(sandbox.host)")
            return (try await sandbox.gateway.send(other), try await sandbox.call("GET", balance))
        },
        FailedCall("a field twice", "accept.repeated_field", names: "once", promises: 200) { sandbox in
            let twice = sandbox.prepared("GET", balance)
                .field("Authorization", "Bearer \(sandbox.key)")
            return (try await sandbox.gateway.send(twice), try await sandbox.call("GET", balance))
        },
    ]

    /// A row that sends `key` and then the right one.
    private static func wrongKey(
        _ name: String, _ cause: String, names: String = "test_sk_",
        _ key: @escaping @Sendable (TestSandbox) async throws -> String?
    ) -> FailedCall {
        FailedCall(name, cause, names: names, promises: 200) { sandbox in
            let wrong = sandbox.prepared("GET", balance).key(try await key(sandbox))
            return (try await sandbox.gateway.send(wrong), try await sandbox.call("GET", balance))
        }
    }

    static let credentials: [FailedCall] = [
        wrongKey("no key", "authenticate.authentication_required") { _ in nil },
        wrongKey("a text that is no key", "authenticate.credential_malformed") { _ in "nonsense" },
        wrongKey("a key cut short", "authenticate.credential_malformed", names: "whole key") {
            String($0.key.dropLast())
        },
        wrongKey("a key that nobody has", "authenticate.credential_unknown", names: "/keys") { _ in
            Secret(.sandboxKey, random: SystemRandom()).revealed
        },
        wrongKey("a production key", "authenticate.wrong_environment") { _ in
            "sk_live_51HabcdefghijkL"
        },
        wrongKey("another issuer's token", "authenticate.foreign_issuer") { _ in
            "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2FjY291bnRzLmV4YW1wbGUifQ.c2ln"
        },
        wrongKey("a client secret", "authenticate.wrong_credential_kind") { $0.clientSecret },
        wrongKey("a management key", "authorise.wrong_credential_kind") { $0.tenant.key },
        wrongKey("a sibling's key", "authorise.wrong_sandbox", names: "key") {
            try await $0.tenant.sandbox().key
        },
        FailedCall(
            "a revoked key", "authenticate.credential_revoked", names: "/keys", promises: 200
        ) { sandbox in
            let revoked = try await sandbox.tenant.call("DELETE", "/v1/keys/\(sandbox.keyID)")
            guard revoked.isSuccess else { throw TestFault("\(revoked)") }
            let failed = try await sandbox.call("GET", balance)
            let made = try await sandbox.tenant.call(
                "POST", "/v1/sandboxes/\(sandbox.slug)/keys", [:])
            let followed = sandbox.prepared("GET", balance).key(made.at("/secret")?.string)
            return (failed, try await sandbox.gateway.send(followed))
        },
        FailedCall(
            "a key in another scheme", "authenticate.credential_malformed", names: "Bearer",
            promises: 200
        ) { sandbox in
            let basic = sandbox.prepared("GET", balance).key(nil)
                .field("Authorization", "Basic dXNlcjpwYXNz")
            return (try await sandbox.gateway.send(basic), try await sandbox.call("GET", balance))
        },
    ]
}
