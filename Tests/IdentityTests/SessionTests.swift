import Access
import Identifiers
import PlatformSupport
import Runtime
import Tenancy
import Testing

@testable import Identity

@Suite struct Sessions {
    private func founded(_ platform: TestPlatform) async throws -> SignUp.Founded {
        try await platform.signUp.found(
            email: "s\(UInt64.random(in: 0 ... .max))@example.com", password: "correct horse",
            organization: "Acme")
    }

    private func store(_ platform: TestPlatform, _ clock: ManualWallClock) -> SessionStore {
        let control = AccessControl(clock: clock)
        return SessionStore(
            database: platform.database, directory: platform.directory, control: control,
            clock: clock, random: SystemRandom())
    }

    @Test func `a token finds its user, organisation and role until its time is over`() async throws {
        try await TestPlatform.shared.run { platform in
            let clock = ManualWallClock(platform.clock.now())
            let (sessions, founded) = (store(platform, clock), try await founded(platform))
            let token = try await sessions.begin(founded.user, of: founded.tenant)
            let session = try #require(try await sessions.session(token))
            #expect(session.user == founded.user)
            #expect(session.email == founded.email.text)
            #expect(session.organization == "Acme")
            #expect(session.principal.kind == .user(founded.user, .owner))
            #expect(session.principal.tenant == founded.tenant)

            clock.advance(by: .seconds(Limits.sessionSeconds - 1))
            #expect(try await sessions.session(token) != nil)
            clock.advance(by: .seconds(1))
            #expect(try await sessions.session(token) == nil)
        }
    }

    @Test func `signing out ends one session and leaves the others`() async throws {
        try await TestPlatform.shared.run { platform in
            let (sessions, founded) = (store(platform, platform.clock), try await founded(platform))
            let first = try await sessions.begin(founded.user, of: founded.tenant)
            let second = try await sessions.begin(founded.user, of: founded.tenant)
            let session = try #require(try await sessions.session(first))
            try await sessions.end(session)
            #expect(try await sessions.session(first) == nil)
            #expect(try await sessions.session(second) != nil)
        }
    }

    @Test(arguments: ["", "x", String(repeating: "a", count: 43), String(repeating: "a", count: 9_000)])
    func `what is no token finds nobody`(text: String) async throws {
        try await TestPlatform.shared.run { platform in
            let found = try await store(platform, platform.clock).session(text)
            #expect(found == nil)
        }
    }

    @Test func `the database holds no token`() async throws {
        try await TestPlatform.shared.run { platform in
            let founded = try await founded(platform)
            let token = try await store(platform, platform.clock).begin(founded.user, of: founded.tenant)
            let digest = SHA256Hasher.digest(Array(token.utf8)).bytes
            #expect(try await platform.directory.session(sha256: digest)?.user == founded.user)
            #expect(try await platform.directory.session(sha256: Array(token.utf8)) == nil)
        }
    }

    @Test func `the proof that forms carry does not tell the token`() {
        let token = SessionStore.drawToken(SystemRandom())
        #expect(SessionStore.formToken(of: token) == SessionStore.formToken(of: token))
        #expect(!SessionStore.formToken(of: token).contains(token))
        #expect(SessionStore.formToken(of: token) != SessionStore.formToken(of: token + "a"))
    }
}
