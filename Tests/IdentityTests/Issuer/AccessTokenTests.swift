import Access
import Contracts
import Identifiers
import PlatformSupport
import Postgres
import Runtime
import Tenancy
import Testing

@testable import Identity

/// A sandbox with its client, and an issuer whose clock the test moves.
private struct Fixture {
    let platform: TestPlatform
    let clock: ManualWallClock
    let issuer: Issuer
    let made: SandboxProvisioning.Provisioned
    let location: SandboxLocation

    static let settings = IssuerSettings(issuer: "http://auth.test", isTLS: false) {
        "http://\($0).test"
    }

    init(_ platform: TestPlatform) async throws {
        self.platform = platform
        clock = ManualWallClock(platform.clock.now())
        issuer = platform.makeIssuer(Self.settings, clock: clock)
        try await issuer.keyring.prepare()
        made = try await platform.makeSandboxWithKey(as: platform.makeTenant()).made
        location = try #require(try await platform.directory.sandbox(id: made.sandbox.id))
    }

    func token() async throws -> [UInt8] {
        let request = IssuerRequest(
            parameters: try OAuthParameters([("grant_type", "client_credentials")]),
            basic: (made.client.description, made.clientSecret.revealed), method: "POST",
            url: "http://auth.test/token")
        let answer = try await issuer.token(request)
        return Array(try #require(answer.document["access_token"]?.string).utf8)
    }

    func principal(_ token: [UInt8], at location: SandboxLocation? = nil) async throws -> Principal
    {
        try await issuer.accessTokens.principal(
            of: TokenPresentation(
                token: token, scheme: .bearer, proofs: [], method: "GET", url: "", certificate: nil),
            at: location ?? self.location)
    }

    /// Why the token is refused; nil when it is not.
    func refusal(_ token: [UInt8], at location: SandboxLocation? = nil) async throws -> TokenError?
    {
        do {
            _ = try await principal(token, at: location)
            return nil
        } catch let error as TokenError {
            return error
        }
    }

    /// Another sandbox of another tenant.
    func elsewhere() async throws -> SandboxLocation {
        let access = try await platform.makeSandbox()
        return try #require(try await platform.directory.sandbox(id: access.sandbox))
    }

    /// Moves the sandbox's own clock, as an advance does, and tells this process.
    func advanceSandbox(by duration: Duration) throws {
        let app = try platform.connect(as: .app)
        _ = try app.run("BEGIN")
        _ = try app.run("SELECT sbx.enter($1)", [Self.uuid(location.tenant)])
        let rows = try app.run(
            """
            UPDATE sbx.sandbox_heads
            SET clock_offset_us = clock_offset_us + \(duration.components.seconds * 1_000_000),
                clock_epoch = clock_epoch + 1
            WHERE sandbox_id = '\(Self.uuid(made.sandbox.id))'
            """)
        #expect(rows.affected == 1)
        _ = try app.run("COMMIT")
        platform.caches.forget(.sandbox(made.sandbox.id))
        issuer.forget(.sandbox(made.sandbox.id))
    }

    private static func uuid<Kind>(_ id: ID<Kind>) -> String {
        [id.high, id.low].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

/// One after the other: each makes tenants and sandboxes, and the database serves other suites too.
@Suite(.serialized) struct `Access tokens` {
    @Test func `open their own sandbox as their client`() async throws {
        try await TestPlatform.shared.run { platform in
            let fixture = try await Fixture(platform)
            let principal = try await fixture.principal(try await fixture.token())
            #expect(principal.tenant == fixture.location.tenant)
            #expect(principal.kind == .client(fixture.made.client, fixture.made.sandbox.id))
            #expect(principal.scopes == Scopes(.sandbox))
        }
    }

    @Test func `name their own audience at another sandbox, cached or not`() async throws {
        try await TestPlatform.shared.run { platform in
            let fixture = try await Fixture(platform)
            let (token, other) = (try await fixture.token(), try await fixture.elsewhere())
            for _ in 0..<2 {
                guard
                    case .wrongAudience(let theirs, let here) = try await fixture.refusal(
                        token, at: other)
                else {
                    Issue.record("accepted elsewhere")
                    return
                }
                #expect(theirs == "http://\(fixture.location.slug).test")
                #expect(here == "http://\(other.slug).test")
                _ = try await fixture.principal(token)
            }
        }
    }

    @Test func `end at exp, to the second, also when they are cached`() async throws {
        try await TestPlatform.shared.run { platform in
            let fixture = try await Fixture(platform)
            let token = try await fixture.token()
            fixture.clock.advance(by: .seconds(Limits.accessTokenSeconds - 1))
            #expect(try await fixture.refusal(token) == nil)
            fixture.clock.advance(by: .seconds(1))
            guard case .expired = try await fixture.refusal(token) else {
                Issue.record("still accepted")
                return
            }
        }
    }

    @Test func `end when the sandbox's own clock has passed sbx_exp`() async throws {
        try await TestPlatform.shared.run { platform in
            let fixture = try await Fixture(platform)
            let token = try await fixture.token()
            try fixture.advanceSandbox(by: .seconds(Limits.accessTokenSeconds - 60))
            #expect(try await fixture.refusal(token) == nil)
            try fixture.advanceSandbox(by: .seconds(60))
            guard case .virtuallyExpired = try await fixture.refusal(token) else {
                Issue.record("still accepted")
                return
            }
            // A new one is made by the clock as it stands now.
            #expect(try await fixture.refusal(try await fixture.token()) == nil)
        }
    }

    @Test func `of a type that is no access token are refused, though our key signed them`()
        async throws
    {
        try await TestPlatform.shared.run { platform in
            let fixture = try await Fixture(platform)
            let key = try await fixture.issuer.keyring.signingKey(.es256)
            let claims = try JWS(try await fixture.token()).document()
            for type in ["jwt", "dpop+jwt", "id_token"] {
                guard
                    case .wrongType(type) = try await fixture.refusal(
                        Array(key.jws(type: type, claims).utf8))
                else {
                    Issue.record("\(type) accepted")
                    continue
                }
            }
            #expect(
                try await fixture.refusal(Array(key.jws(type: "application/at+jwt", claims).utf8))
                    == nil)
        }
    }

    @Test func `without a required claim are malformed`() async throws {
        try await TestPlatform.shared.run { platform in
            let fixture = try await Fixture(platform)
            let key = try await fixture.issuer.keyring.signingKey(.es256)
            let claims = try JWS(try await fixture.token()).document()
            for name in [
                "exp", "aud", "sub", "client_id", "iat", "jti", "tenant", "sandbox", "scope",
                "sbx_exp",
            ] {
                var changed = claims
                changed[name] = nil
                guard
                    case .malformed = try await fixture.refusal(
                        Array(key.jws(type: "at+jwt", changed).utf8))
                else {
                    Issue.record("accepted without \(name)")
                    continue
                }
            }
        }
    }

    @Test func `open no door that takes keys, though the cache knows them`() async throws {
        try await TestPlatform.shared.run { platform in
            let fixture = try await Fixture(platform)
            let token = try await fixture.token()
            _ = try await fixture.principal(token)
            do throws(CredentialError) {
                _ = try await platform.check.claims(for: token)
                Issue.record("taken for a key")
            } catch {
                guard case .foreignToken = error else {
                    Issue.record("\(error)")
                    return
                }
            }
        }
    }

    @Test func `end with their sandbox`() async throws {
        try await TestPlatform.shared.run { platform in
            let fixture = try await Fixture(platform)
            let token = try await fixture.token()
            let principal = Principal(
                tenant: fixture.location.tenant,
                kind: .managementKey(fixture.made.key, .owner), scopes: Scopes(.manage))
            _ = try await platform.sandboxes.delete(
                as: platform.control.access(to: fixture.location, as: principal, for: .write))
            platform.caches.forget(.sandbox(fixture.made.sandbox.id))
            guard case .revoked = try await fixture.refusal(token) else {
                Issue.record("still accepted")
                return
            }
        }
    }
}
