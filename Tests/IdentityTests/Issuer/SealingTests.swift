import Runtime
import Testing

@testable import Identity

@Suite struct `Sealing under the master key` {
    private let sealing = MasterKeySealing(
        key: [UInt8](repeating: 1, count: 32), random: SystemRandom())

    @Test(arguments: [0, 1, 16, 10_000]) func `opens to what was sealed`(count: Int) {
        let secret = SystemRandom().bytes(count)
        #expect(sealing.open(sealing.seal(secret, for: "a"), for: "a") == secret)
    }

    @Test func `hides it, and never the same way twice`() {
        let secret = Array("a private key".utf8)
        let (first, second) = (sealing.seal(secret, for: "a"), sealing.seal(secret, for: "a"))
        #expect(first != second)
        #expect(!first.indices.contains { first[$0...].starts(with: secret) })
    }

    @Test func `opens for no other purpose and under no other key`() {
        let sealed = sealing.seal([1, 2, 3], for: "a")
        #expect(sealing.open(sealed, for: "b") == nil)
        let other = MasterKeySealing(key: [UInt8](repeating: 2, count: 32), random: SystemRandom())
        #expect(other.open(sealed, for: "a") == nil)
    }

    @Test func `one changed bit anywhere, or one byte less, opens nothing`() {
        let sealed = sealing.seal([1, 2, 3], for: "a")
        for position in sealed.indices {
            var changed = sealed
            changed[position] ^= 1
            #expect(sealing.open(changed, for: "a") == nil)
        }
        for count in sealed.indices {
            #expect(sealing.open(Array(sealed.prefix(count)), for: "a") == nil)
        }
    }
}
