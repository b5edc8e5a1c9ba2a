import Access
import Contracts
import HTTP
import Identifiers
import Testing

@testable import Gateway

/// Who belongs to a tenant, what that one may do, and how soon a change of it holds.
@Suite struct Members {
    private func tenant() async throws -> TestTenant {
        try await TestTenant.make(TestGateway.shared)
    }

    private func invite(
        _ tenant: TestTenant, _ role: String, ttl: String? = nil
    ) async throws -> TestAnswer {
        var body: JSONValue = [
            "email": .string("\(RequestID(high: .random(in: 0...(.max)), low: 1))@example.com"),
            "role": .string(role),
        ]
        if let ttl { body["ttl"] = .string(ttl) }
        return try await tenant.call("POST", "/v1/invitations", body)
    }

    private func accept(_ tenant: TestTenant, _ token: String) async throws -> TestAnswer {
        try await tenant.gateway.send(
            TestCall("POST", "/v1/invitations/accept").from(.drawn)
                .json(["token": .string(token), "password": "correct horse"]))
    }

    @Test func `an invitation makes a member with a key of its role`() async throws {
        let tenant = try await tenant()
        let invited = try await invite(tenant, "viewer")
        #expect(invited.status == 201)
        #expect(invited.at("/state") == "open")
        let token = try #require(invited.at("/token")?.string)
        let accepted = try await accept(tenant, token)
        #expect(accepted.status == 201, "\(accepted)")
        #expect(accepted.at("/user/role") == "viewer")
        let key = try #require(accepted.at("/management_key/secret")?.string)
        let caller = try await tenant.gateway.send(TestCall("GET", "/v1/caller").key(key))
        #expect(caller.at("/role") == "viewer")
        #expect(caller.at("/actions") == ["read"])
        let members = try await tenant.call("GET", "/v1/members")
        #expect(members.at("/data")?.array?.count == 2)
        let listed = try await tenant.call("GET", "/v1/invitations")
        #expect(listed.at("/data/0/state") == "accepted")
        #expect(!listed.text.contains(token))
    }

    @Test func `an invitation is good once, until it is revoked, and for its time`() async throws {
        let tenant = try await tenant()
        let used = try #require(try await invite(tenant, "viewer").at("/token")?.string)
        #expect(try await accept(tenant, used).status == 201)
        let revoked = try await invite(tenant, "viewer")
        let ended = try await tenant.call("DELETE", "/v1/invitations/\(revoked.id)")
        #expect(ended.at("/state") == "revoked")
        for token in [used, revoked.at("/token")?.string ?? ""] {
            let refused = try await accept(tenant, token)
            #expect(refused.status == 410)
            #expect(refused.code == "invitation_ended")
        }
        let again = try await tenant.call("DELETE", "/v1/invitations/\(revoked.id)")
        #expect(again.code == "invitation_ended")
        let unknown = try await accept(tenant, "test_in_0000000000")
        #expect(unknown.code == "not_found")
        #expect(try await invite(tenant, "viewer", ttl: "P31D").code == "validation_failed")
    }

    @Test func `an invitation's token opens nothing else`() async throws {
        let tenant = try await tenant()
        let token = try #require(try await invite(tenant, "owner").at("/token")?.string)
        let answer = try await tenant.gateway.send(TestCall("GET", "/v1/members").key(token))
        #expect(answer.code == "wrong_credential_kind")
    }

    @Test func `an address that has an account is told so`() async throws {
        let tenant = try await tenant()
        let member = try await tenant.member(.viewer)
        let members = try await tenant.call("GET", "/v1/members")
        let email = try #require(
            members.at("/data")?.array?.first { $0["id"]?.string == member.user.description }?["email"])
        let invited = try await tenant.call(
            "POST", "/v1/invitations", ["email": email, "role": "viewer"])
        let refused = try await accept(tenant, invited.at("/token")?.string ?? "")
        #expect(refused.status == 409)
        #expect(refused.code == "email_taken")
    }

    @Test func `a member's key follows its role at once`() async throws {
        let tenant = try await tenant()
        let member = try await tenant.member(.viewer)
        let refused = try await member.call("POST", "/v1/sandboxes", [:])
        #expect(refused.code == "role_forbids")
        #expect(refused.at("/observed") == "viewer")
        let path = "/v1/members/\(member.user)"
        let raised = try await tenant.call("PATCH", path, ["role": "developer"])
        #expect(raised.at("/role") == "developer")
        try await forgetEverywhere(tenant)
        #expect(try await member.call("POST", "/v1/sandboxes", [:]).status == 201)
        #expect(try await member.call("POST", "/v1/keys", ["role": "viewer"]).code == "role_forbids")
        #expect(try await tenant.call("DELETE", path).status == 200)
        try await forgetEverywhere(tenant)
        #expect(try await member.call("GET", "/v1/sandboxes").code == "credential_unknown")
    }

    @Test func `a grant reaches one sandbox and no other`() async throws {
        let tenant = try await tenant()
        let (granted, other) = (try await tenant.sandbox(), try await tenant.sandbox())
        let member = try await tenant.member(.viewer)
        let path = "/v1/members/\(member.user)/grants/\(granted.access.sandbox)"
        let made = try await tenant.call("PUT", path, ["role": "developer"])
        #expect(made.at("/grants")?.object?.members.count == 1, "\(made)")
        try await forgetEverywhere(tenant)
        #expect(try await member.call("POST", "/v1/sandboxes/\(granted.slug)/reset", [:]).status == 200)
        let refused = try await member.call("POST", "/v1/sandboxes/\(other.slug)/reset", [:])
        #expect(refused.code == "role_forbids")
        #expect(try await member.call("POST", "/v1/sandboxes", [:]).code == "role_forbids")
        let fork = try await member.call("POST", "/v1/sandboxes/\(granted.slug)/fork", [:])
        #expect(fork.code == "role_forbids")
        #expect(try await tenant.call("DELETE", path).at("/grants") == [:])
        try await forgetEverywhere(tenant)
        let over = try await member.call("POST", "/v1/sandboxes/\(granted.slug)/reset", [:])
        #expect(over.code == "role_forbids")
    }

    @Test func `a grant on a foreign sandbox is not found`() async throws {
        let tenant = try await tenant()
        let foreign = try await TestSandbox.make()
        let member = try await tenant.member(.viewer)
        let answer = try await tenant.call(
            "PUT", "/v1/members/\(member.user)/grants/\(foreign.access.sandbox)", ["role": "developer"])
        #expect(answer.code == "sandbox_not_found")
    }

    @Test func `the last owner stays one`() async throws {
        let tenant = try await tenant()
        let members = try await tenant.call("GET", "/v1/members")
        let founder = try #require(members.at("/data/0/id")?.string)
        let path = "/v1/members/\(founder)"
        #expect(try await tenant.call("PATCH", path, ["role": "viewer"]).code == "last_owner")
        #expect(try await tenant.call("DELETE", path).code == "last_owner")
        _ = try await tenant.member(.owner)
        #expect(try await tenant.call("PATCH", path, ["role": "viewer"]).status == 200)
    }

    @Test func `a foreign member is not found`() async throws {
        let (tenant, other) = (try await tenant(), try await self.tenant())
        let member = try await other.member(.viewer)
        let answer = try await tenant.call(
            "PATCH", "/v1/members/\(member.user)", ["role": "owner"])
        #expect(answer.code == "not_found")
    }

    @Test func `a developer ends sandbox keys and its own, and no other management key`() async throws {
        let tenant = try await tenant()
        let sandbox = try await tenant.sandbox()
        let (one, two) = (try await tenant.member(.developer), try await tenant.member(.developer))
        #expect(try await one.call("DELETE", "/v1/keys/\(sandbox.keyID)").status == 200)
        #expect(try await one.call("DELETE", "/v1/keys/\(two.keyID)").code == "role_forbids")
        let rotated = try await one.call("POST", "/v1/keys/\(one.keyID)/rotate", [:])
        let fresh = try #require(rotated.at("/secret")?.string)
        let caller = try await tenant.gateway.send(TestCall("GET", "/v1/caller").key(fresh))
        #expect(caller.at("/role") == "developer")
    }

    /// What the database's notification does in a process of its own.
    private func forgetEverywhere(_ tenant: TestTenant) async throws {
        tenant.gateway.services.forgetAll()
    }
}

extension IPAddress {
    /// One of many, so that no test meets another's limit.
    static var drawn: IPAddress {
        let words = (0..<2).map { _ in String(UInt16.random(in: 1...(.max)), radix: 16) }
        guard let address = IPAddress("2001:db8::\(words[0]):\(words[1])") else {
            fatalError("an address")
        }
        return address
    }
}
