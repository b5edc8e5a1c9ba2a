import Contracts
import Tenancy

// Calls of the platform API.
extension FailedCall {
    /// A row that posts two bodies to a path below the sandbox.
    private static func posting(
        _ name: String, _ path: String, _ wrong: JSONValue, _ right: JSONValue, _ cause: String,
        names: String, promises: Int, before: JSONValue? = nil
    ) -> FailedCall {
        FailedCall(name, cause, names: names, promises: promises) { sandbox in
            let target = "/v1/sandboxes/\(sandbox.slug)/\(path)"
            if let before { _ = try await sandbox.tenant.call("POST", target, before) }
            return (
                try await sandbox.tenant.call("POST", target, wrong),
                try await sandbox.tenant.call("POST", target, right)
            )
        }
    }

    static let platform: [FailedCall] = [
        posting(
            "a checkpoint's name twice", "checkpoints", ["name": "then"], ["name": "later"],
            "validate.checkpoint_name_taken", names: "/name", promises: 201, before: ["name": "then"]),
        posting(
            "a clock that goes back", "clock/advance", ["to": "2031-03-02T00:00:00Z"],
            ["to": "2031-03-04T00:00:00Z"], "validate.validation_failed", names: "/to", promises: 200),
        posting(
            "an endpoint within", "webhook-endpoints",
            ["url": "http://169.254.169.254/", "events": ["*"]],
            ["url": "https://example.com/hooks", "events": ["*"]], "validate.validation_failed",
            names: "/url", promises: 201),
        posting(
            "an endpoint for nothing", "webhook-endpoints",
            ["url": "https://example.com/hooks", "events": []],
            ["url": "https://example.com/hooks", "events": ["payment.captured"]],
            "validate.validation_failed", names: "/events", promises: 201),
        FailedCall("a checkpoint that is not there", "simulate.not_found", names: "checkpoints", promises: 200) { sandbox in
            let path = "/v1/sandboxes/\(sandbox.slug)/checkpoints"
            let failed = try await sandbox.tenant.call("POST", "\(path)/then/restore")
            _ = try await sandbox.tenant.call("POST", path, ["name": "then"])
            return (failed, try await sandbox.tenant.call("POST", "\(path)/then/restore"))
        },
        FailedCall("a default that is no scenario", "validate.unknown_scenario", names: "/scenario", promises: 200) { sandbox in
            let path = "/v1/sandboxes/\(sandbox.slug)/default-scenario"
            return (
                try await sandbox.tenant.call("PUT", path, ["scenario": "rain"]),
                try await sandbox.tenant.call("PUT", path, ["scenario": "lost_card"])
            )
        },
        FailedCall("a slug that is taken", "validate.slug_taken", names: "/slug", promises: 201) { sandbox in
            (
                try await sandbox.tenant.call("POST", "/v1/sandboxes", ["slug": .string(sandbox.slug)]),
                try await sandbox.tenant.call(
                    "POST", "/v1/sandboxes", ["slug": .string("\(sandbox.slug)-2")])
            )
        },
        FailedCall(
            "more sandboxes than allowed", "simulate.sandbox_quota_exceeded", names: "Delete", promises: 201,
            limits: { TestTenant.generous(&$0); $0.sandboxes = 1 }
        ) { sandbox in
            let failed = try await sandbox.tenant.call("POST", "/v1/sandboxes", [:])
            _ = try await sandbox.tenant.call("DELETE", "/v1/sandboxes/\(sandbox.slug)")
            return (failed, try await sandbox.tenant.call("POST", "/v1/sandboxes", [:]))
        },
        FailedCall("a viewer who writes", "authorise.role_forbids", names: "developer", promises: 201) { sandbox in
            func key(_ role: String) async throws -> String? {
                let made = try await sandbox.tenant.call(
                    "POST", "/v1/keys", ["role": .string(role)])
                return made.at("/secret")?.string
            }
            let call = TestCall("POST", "/v1/sandboxes/\(sandbox.slug)/checkpoints")
                .json(["name": "then"])
            return (
                try await sandbox.gateway.send(call.key(try await key("viewer"))),
                try await sandbox.gateway.send(call.key(try await key("developer")))
            )
        },
        FailedCall("a member that does not exist", "validate.validation_failed", names: "/colour", promises: 201) { sandbox in
            (
                try await sandbox.tenant.call("POST", "/v1/sandboxes", ["colour": "red"]),
                try await sandbox.tenant.call("POST", "/v1/sandboxes", ["name": "Red"])
            )
        },
        FailedCall("a contract that is none", "validate.contract_invalid", names: "openapi", promises: 201) { sandbox in
            let good: JSONValue = [
                "openapi": "3.1.0", "info": ["title": "Parcels", "version": "1"],
                "paths": ["/parcels": ["get": ["responses": ["200": ["description": "All."]]]]],
            ]
            return (
                try await sandbox.tenant.call("POST", "/v1/contracts", ["paths": [:]]),
                try await sandbox.tenant.call("POST", "/v1/contracts", good)
            )
        },
    ]
}
