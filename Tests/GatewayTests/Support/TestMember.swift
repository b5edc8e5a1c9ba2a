import Access
import Contracts
import Identifiers
import Identity
import PlatformSupport
import Runtime
import Tenancy

@testable import Gateway

/// Somebody who was invited into a test's tenant, with a key of its own.
struct TestMember: Sendable {
    let tenant: TestTenant
    let user: UserID
    let keyID: KeyID
    let key: String

    func call(
        _ method: String, _ target: String, _ body: JSONValue? = nil
    ) async throws -> TestAnswer {
        try await tenant.gateway.send(TestCall(method, target).key(key).json(body))
    }
}

extension TestTenant {
    /// What an owner may do about members and keys, past the gateway.
    var management: TenantManagement {
        get throws {
            guard let principal = access.principal else { throw TestFault("no principal") }
            return try gateway.platform.control.access(
                managingTenantOf: principal, recording: nil)
        }
    }

    /// A management key with a role, which is nobody's.
    func key(_ role: Role) async throws -> String {
        let management = try management
        return try await gateway.platform.run { platform in
            try await platform.keys.create(role, as: management).secret.revealed
        }
    }

    /// The token of an open invitation.
    func invitation(_ role: Role) async throws -> String {
        let management = try management
        return try await gateway.platform.run { platform in
            let address = InvitationID(now: platform.clock.now(), random: SystemRandom())
            return try await platform.invitations.create(
                for: Email("\(address)@example.com"), as: role, lifetimeSeconds: nil, by: management
            ).token.revealed
        }
    }

    func member(_ role: Role) async throws -> TestMember {
        let token = try await invitation(role)
        let accepted = try await Turnstile.calls.pass {
            try await gateway.platform.run { platform in
                try await platform.invitations.accept(token: token, password: "long enough a word")
            }
        }
        return TestMember(
            tenant: self, user: accepted.member.user, keyID: accepted.key,
            key: accepted.secret.revealed)
    }
}
