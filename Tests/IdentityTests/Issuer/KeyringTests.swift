import Access
import Contracts
import PlatformSupport
import Postgres
import Runtime
import Testing

@testable import Identity

/// The keys are the whole installation's: these tests have one for themselves.
@Suite(.serialized) struct `Signing keys` {
    private static let platform = TestPlatform.alone("signing_keys")
    private let random = SystemRandom()

    private func keyring(_ platform: TestPlatform, clock: ManualWallClock, master: UInt8 = 7)
        -> Keyring
    {
        let sealing = MasterKeys(keys: [[UInt8](repeating: master, count: 32)], random: random)
        return Keyring(
            system: platform.systemWork, sealing: sealing, pool: TestPlatform.keyMaking, clock: clock)
    }

    @Test func `are made once and found again by every gateway`() async throws {
        try await Self.platform.run { platform in
            let first = keyring(platform, clock: platform.clock)
            try await first.prepare()
            let second = keyring(platform, clock: platform.clock)
            try await second.prepare()
            for algorithm in Keyring.algorithms {
                let key = try await first.signingKey(algorithm)
                #expect(try await second.signingKey(algorithm).keyID == key.keyID)
                let jws = try JWS(Array(key.jws(type: "JWT", [:]).utf8))
                try jws.verify(with: try await second.keySet(), taking: [algorithm])
            }
        }
    }

    @Test func `overlap: published, then signing, then trusted until the last token has ended`()
        async throws
    {
        try await Self.platform.run { platform in
            let clock = ManualWallClock(platform.clock.now())
            let keys = keyring(platform, clock: clock)
            try await keys.prepare()
            let old = try await keys.signingKey(.es256)
            try await keys.rotate()
            #expect(try await keys.signingKey(.es256).keyID == old.keyID)
            clock.advance(by: .seconds(Limits.keySetSeconds))
            let new = try await keys.signingKey(.es256)
            #expect(new.keyID != old.keyID)
            #expect(try await keys.keySet().key(old.keyID) != nil)
            clock.advance(by: .seconds(Limits.accessTokenSecondsMax))
            #expect(try await keys.keySet().key(old.keyID) == nil)
            #expect(try await keys.keySet().key(new.keyID) != nil)
        }
    }

    @Test func `are replaced when they are old`() async throws {
        try await Self.platform.run { platform in
            let clock = ManualWallClock(platform.clock.now())
            let keys = keyring(platform, clock: clock)
            try await keys.prepare()
            clock.advance(by: .seconds(Limits.signingKeyDays * 86_400 + 86_400))
            let old = try await keys.signingKey(.es256)
            try await keys.rotateIfDue()
            clock.advance(by: .seconds(Limits.keySetSeconds))
            let new = try await keys.signingKey(.es256)
            #expect(new.keyID != old.keyID)
            try await keys.rotateIfDue()
            clock.advance(by: .seconds(Limits.keySetSeconds))
            #expect(try await keys.signingKey(.es256).keyID == new.keyID)
        }
    }

    @Test func `made by a gateway whose clock is ahead are left to it`() async throws {
        try await Self.platform.run { platform in
            let ahead = ManualWallClock(platform.clock.now() + .seconds(400 * 86_400))
            let theirs = keyring(platform, clock: ahead)
            try await theirs.rotate()
            ahead.advance(by: .seconds(Limits.keySetSeconds))
            let key = try await theirs.signingKey(.es256)
            try await keyring(platform, clock: platform.clock).rotate()
            theirs.forget()
            #expect(try await theirs.signingKey(.es256).keyID == key.keyID)
        }
    }

    @Test func `do not open under another master key`() async throws {
        try await Self.platform.run { platform in
            try await keyring(platform, clock: platform.clock).prepare()
            await #expect(throws: IdentityError.self) {
                try await keyring(platform, clock: platform.clock, master: 8).keySet()
            }
        }
    }

    @Test func `are unreadable in the database`() async throws {
        try await Self.platform.run { platform in
            try await keyring(platform, clock: platform.clock).prepare()
            for row in try await platform.systemWork.signingKeys(now: platform.clock.now()) {
                let algorithm = try #require(SignatureAlgorithm(rawValue: row.algorithm))
                #expect(SigningKey(pkcs8: row.sealed, algorithm) == nil)
            }
        }
    }
}
