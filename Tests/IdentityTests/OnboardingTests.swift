import Access
import Identifiers
import PlatformSupport
import Runtime
import Tenancy
import Testing

@testable import Identity

@Suite struct Onboarding {
    private static func address() -> String { "u\(UInt64.random(in: 0 ... .max))@Example.com" }

    @Test func `sign-up, key check, sandbox and its key work one after the other`() async throws {
        try await TestPlatform.shared.run { platform in
            let founded = try await platform.signUp.found(
                email: Self.address(), password: "correct horse", organization: "Acme")
            let claims = try await platform.check.claims(for: Array(founded.secret.revealed.utf8))
            #expect(claims.principal.tenant == founded.tenant)
            #expect(claims.principal.kind == .managementKey(founded.managementKey, .owner))
            let access = try platform.control.access(toTenantOf: claims.principal, for: .write)
            let made = try await platform.provisioning.create(SandboxDraft(), as: access)
            let sandboxClaims = try await platform.check.claims(for: Array(made.apiKey.revealed.utf8))
            #expect(sandboxClaims.sandbox?.sandbox == made.sandbox.id)
            let location = try #require(sandboxClaims.sandbox)
            _ = try platform.control.access(onHostOf: location, as: sandboxClaims.principal)
            // A management key does not call a sandbox, nor a sandbox key the platform.
            #expect(throws: AccessError.self) {
                try platform.control.access(onHostOf: location, as: claims.principal)
            }
            #expect(throws: AccessError.self) {
                try platform.control.access(toTenantOf: sandboxClaims.principal, for: .read)
            }
            let client = try await platform.directory.client(made.client)
            #expect(client?.secretSHA256 == made.clientSecret.sha256.bytes)
        }
    }

    @Test func `of many with one address, one succeeds`() async throws {
        let platform = TestPlatform.shared
        let address = Self.address()
        let outcomes = await withTaskGroup(of: String.self) { group in
            for number in 0..<6 {
                group.addTask {
                    do {
                        _ = try await EventLoopGroup.run(on: platform.loops[number % 2]) {
                            try await platform.signUp.found(
                                email: number % 2 == 0 ? address : address.uppercased(),
                                password: "correct horse", organization: "Acme")
                        }
                        return "made"
                    } catch IdentityError.tenancy(.emailTaken) {
                        return "taken"
                    } catch {
                        return "\(error)"
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.sorted() == ["made"] + [String](repeating: "taken", count: 5))
    }

    @Test func `signing in takes the right password only`() async throws {
        try await TestPlatform.shared.run { platform in
            let address = Self.address()
            let founded = try await platform.signUp.found(
                email: address, password: "correct horse", organization: "Acme")
            let principal = try await platform.signUp.signIn(
                email: address.lowercased(), password: "correct horse")
            #expect(principal.kind == .user(founded.user, .owner))
            for (email, password) in [(address, "wrong horse"), (Self.address(), "correct horse")] {
                await #expect(throws: IdentityError.self) {
                    try await platform.signUp.signIn(email: email, password: password)
                }
            }
        }
    }

    @Test(arguments: [
        ("nobody", "long enough", "Acme"), ("a@b", "long enough", "Acme"), ("a b@c.de", "long enough", "A"),
        ("a@b.de", "short", "Acme"), ("a@b.de", "long enough", ""),
        ("a@b.de", "long enough", String(repeating: "x", count: 201)),
        (String(repeating: "a", count: 65) + "@b.de", "long enough", "Acme"),
    ])
    func `bad members are refused`(email: String, password: String, organization: String) async throws {
        await #expect(throws: IdentityError.self) {
            try await TestPlatform.shared.run {
                _ = try await $0.signUp.found(
                    email: email, password: password, organization: organization)
            }
        }
    }

    @Test func `revoking ends a key at once, rotating after the overlap`() async throws {
        try await TestPlatform.shared.run { platform in
            let founded = try await platform.signUp.found(
                email: Self.address(), password: "correct horse", organization: "Acme")
            let old = Array(founded.secret.revealed.utf8)
            let claims = try await platform.check.claims(for: old)
            let access = try platform.control.access(toTenantOf: claims.principal, for: .write)
            let rotated = try await platform.keys.rotate(
                founded.managementKey, overlapSeconds: 3_600, as: access)
            let new = Array(rotated.secret.revealed.utf8)
            platform.caches.forget(.key(founded.secret.sha256.bytes))
            #expect(try await platform.check.claims(for: old).expiresAt != nil)
            #expect(try await platform.check.claims(for: new).principal.tenant == founded.tenant)
            try await platform.keys.revoke(rotated.id, as: access)
            platform.caches.forget(.key(rotated.secret.sha256.bytes))
            await #expect(throws: CredentialError.self) { try await platform.check.claims(for: new) }
            #expect(try await platform.keys.list(as: access).count == 2)
            await #expect(throws: IdentityError.self) {
                try await platform.keys.revoke(KeyID(high: 1, low: 1), as: access)
            }
        }
    }

    @Test func `another tenant's credential is wrong on a host and finds nothing elsewhere`() async throws {
        try await TestPlatform.shared.run { platform in
            let mine = try await platform.makeSandbox()
            let other = try await platform.makeSandbox()
            let location = try await platform.directory.sandbox(slug: other.slug)
            let found = try #require(location)
            guard case .wrongSandbox = #expect(throws: AccessError.self, performing: {
                try platform.control.access(onHostOf: found, as: mine.principal)
            }) else {
            Issue.record("another error")
            return
        }
            let manager = Principal(
                tenant: mine.tenant, kind: .managementKey(KeyID(high: 1, low: 1), .owner), scopes: Scopes(.manage))
            for target in [found, nil] {
                guard case .notFound = #expect(throws: AccessError.self, performing: {
                    try platform.control.access(to: target, as: manager, for: .read)
                }) else {
            Issue.record("another error")
            return
        }
            }
        }
    }
}
