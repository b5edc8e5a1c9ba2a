import Access
import Contracts
import HTTP
import Identifiers
import Tenancy
import Testing

@testable import Gateway

@Suite struct `Going back and branching off, by the platform API` {
    @Test(arguments: Way.allCases)
    func `a restored checkpoint answers the same calls with the same bytes`(way: Way) async throws {
        let sandbox = try await TestSandbox.frozen()
        _ = try await sandbox.pay()
        let made = try await sandbox.world("POST", "checkpoints", ["name": "then"], by: way)
        #expect(made.status == 201)
        #expect(made.json["name"] == "then")
        #expect(made.json["tick"] == 1)
        #expect(made.json["clock"]?["mode"] == "frozen")
        func calls() async throws -> [[UInt8]] {
            let paid = try await sandbox.pay(idempotencyKey: "after")
            #expect(paid["Idempotent-Replayed"] == nil)
            let listed = try await sandbox.call("GET", "/v1/payments")
            return [paid.body, listed.body]
        }
        let first = try await calls()
        let id = try #require(made.json["id"]?.string)
        for name in [id, "then"] {
            let back = try await sandbox.world("POST", "checkpoints/\(name)/restore", by: way)
            #expect(back.status == 200)
            #expect(back.json["checkpoint"]?.string == id)
            #expect(back.json["tick"] == 1)
            #expect(try await calls() == first)
        }
    }

    @Test func `a reset goes to time zero, or to a checkpoint by name`() async throws {
        let sandbox = try await TestSandbox.frozen()
        _ = try await sandbox.world("POST", "checkpoints", ["name": "empty"])
        _ = try await sandbox.pay()
        let reset = try await sandbox.world("POST", "reset")
        #expect(reset.status == 200)
        #expect(reset.json["checkpoint"] == .null)
        #expect(reset.json["tick"] == 0)
        #expect(reset.json["revision"] == 2)
        _ = try await sandbox.pay()
        let back = try await sandbox.world("POST", "reset", ["to": "empty"])
        #expect(back.json["revision"] == 4)
        let missing = try await sandbox.world("POST", "reset", ["to": "nothing"])
        #expect(missing.status == 404)
        #expect(missing.json["code"] == "not_found")
    }

    @Test func `the sandbox's own key resets it on its own host, and no other`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let other = try await TestSandbox.frozen()
        _ = try await sandbox.pay()
        func reset(
            _ key: String, _ method: String = "POST", _ path: String = "/sandbox/reset",
            _ body: JSONValue? = nil
        ) async throws -> TestAnswer {
            try await sandbox.gateway.send(
                TestCall(method, path).host(sandbox.host).key(key).json(body))
        }
        #expect(try await reset(other.key).json["code"] == "wrong_sandbox")
        #expect(try await reset(sandbox.tenant.key).json["code"] == "wrong_credential_kind")
        #expect(try await reset(sandbox.key, "GET").status == 405)
        #expect(try await reset(sandbox.key, "POST", "/sandbox/other").status == 404)
        #expect(
            try await reset(sandbox.key, "POST", "/sandbox/reset", ["too": 1]).json["code"]
                == "validation_failed")
        let done = try await reset(sandbox.key)
        #expect(done.status == 200)
        #expect(done.json["tick"] == 0)
        let list = try await sandbox.call("GET", "/v1/payments?limit=100")
        #expect(list.json["data"]?.array?.contains { $0["amount"] == 1250 } == false)
    }

    @Test func `a fork has the world, and keys of its own`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let paid = try await sandbox.pay()
        let fork = try await sandbox.world(
            "POST", "fork", ["name": "What if", "labels": ["run": "7"]])
        #expect(fork.status == 201)
        #expect(fork.json["name"] == "What if")
        #expect(fork.json["labels"] == ["run": "7"])
        #expect(fork.json["id"]?.string != sandbox.access.sandbox.description)
        #expect(fork.json["seed"] == fork.json["seed"])
        let slug = try #require(fork.json["slug"]?.string)
        let key = try #require(fork.json["credentials"]?["api_key"]?.string)
        let id = try #require(paid.json["id"]?.string)
        func read(_ key: String) async throws -> TestAnswer {
            try await sandbox.gateway.send(
                TestCall("GET", "/v1/payments/\(id)")
                    .host("payments--\(slug).\(TestGateway.domain)").key(key))
        }
        #expect(try await read(key).body == sandbox.call("GET", "/v1/payments/\(id)").body)
        #expect(try await read(sandbox.key).json["code"] == "wrong_sandbox")
        let receipt = try await sandbox.tenant.call("DELETE", "/v1/sandboxes/\(sandbox.slug)")
        #expect(receipt.json["compacted_forks"] == 1)
        #expect(try await read(key).status == 200)
    }

    @Test func `checkpoints are listed, unique by name, and deleted`() async throws {
        let sandbox = try await TestSandbox.frozen()
        for name in ["a", "b"] {
            #expect(
                try await sandbox.world("POST", "checkpoints", ["name": .string(name)]).status
                    == 201)
        }
        let taken = try await sandbox.world("POST", "checkpoints", ["name": "a"])
        #expect(taken.status == 409)
        #expect(taken.json["code"] == "checkpoint_name_taken")
        let listed = try await sandbox.world("GET", "checkpoints?limit=1")
        #expect(listed.json["data"]?.array?.count == 1)
        let next = try #require(listed.json["next"]?.string)
        let rest = try await sandbox.world("GET", "checkpoints?cursor=\(next)")
        #expect(rest.json["data"]?.array?.count == 1)
        #expect(rest.json["next"] == .null)
        #expect(try await sandbox.world("DELETE", "checkpoints/a").status == 200)
        #expect(try await sandbox.world("POST", "checkpoints/a/restore").status == 404)
    }

    @Test func `a diff names what changed between two points`() async throws {
        let sandbox = try await TestSandbox.frozen()
        _ = try await sandbox.world("POST", "checkpoints", ["name": "before"])
        let paid = try await sandbox.pay()
        let diff = try await sandbox.world("GET", "diff?from=before")
        #expect(diff.status == 200)
        #expect(diff.json["to"]?["tick"] == 1)
        let payment = diff.json["data"]?.array?.first { $0["id"] == paid.json["id"] }
        #expect(payment?["change"] == "added")
        #expect(payment?["from_version"] == .null)
        #expect(payment?["to_version"] == 1)
        let backwards = try await sandbox.world("GET", "diff?from=head&to=golden")
        #expect(backwards.json["data"]?.array?.allSatisfy { $0["change"] == "removed" } == true)
        #expect(try await sandbox.world("GET", "diff?from=nothing").status == 404)
    }

    @Test func `flags of an object are patched, and it must be there`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let path = "entities/payment_method/pm_card_visa/flags"
        let set = try await sandbox.world("PATCH", path, ["scenario": "card_declined", "x": 1])
        #expect(set.status == 200)
        #expect(set.json["flags"] == ["scenario": "card_declined", "x": 1])
        let changed = try await sandbox.world("PATCH", path, ["x": .null])
        #expect(changed.json["flags"] == ["scenario": "card_declined"])
        let missing = try await sandbox.world(
            "PATCH", "entities/payment_method/pm_none/flags", ["x": 1])
        #expect(missing.status == 404)
        _ = try await sandbox.world("POST", "reset")
        #expect(try await sandbox.world("PATCH", path, ["y": 2]).json["flags"] == ["y": 2])
    }

    @Test func `another tenant's sandbox is not found`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let other = try await TestTenant.make(sandbox.gateway)
        let base = "/v1/sandboxes/\(sandbox.slug)"
        for (method, path) in [
            ("POST", "reset"), ("POST", "fork"), ("GET", "checkpoints"), ("POST", "checkpoints"),
            ("DELETE", "checkpoints/x"), ("POST", "checkpoints/x/restore"), ("GET", "diff"),
        ] {
            #expect(try await other.call(method, "\(base)/\(path)").status == 404, "\(path)")
        }
        let flags = try await other.call("PATCH", "\(base)/entities/a/b/flags", ["x": 1])
        #expect(flags.status == 404)
    }
}

extension TestSandbox {
    /// With a clock that stands still and a seed, so that bytes can be compared.
    fileprivate static func frozen() async throws -> TestSandbox {
        try await make { draft in
            draft.seed = 1
            draft.clock = .init(mode: .frozen, now: nil)
        }
    }

    /// The platform API below this sandbox.
    fileprivate func world(
        _ method: String, _ path: String, _ body: JSONValue? = nil, by way: Way = .memory
    ) async throws -> TestAnswer {
        try await tenant.call(method, "/v1/sandboxes/\(slug)/\(path)", body, by: way)
    }
}
