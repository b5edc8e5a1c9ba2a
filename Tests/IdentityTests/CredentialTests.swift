import Access
import Runtime
import Testing

@testable import Identity

@Suite struct Secrets {
    @Test func `are well-formed, unlike each other and hide themselves`() {
        for kind in Secret.Kind.allCases {
            let secret = Secret(kind, random: SystemRandom())
            #expect(secret.revealed.hasPrefix(kind.prefix))
            #expect(PresentedCredential(Array(secret.revealed.utf8)) == .ours(kind))
            #expect("\(secret)" == "")
            #expect(secret.revealed != Secret(kind, random: SystemRandom()).revealed)
        }
    }

    @Test func `show a typo, wherever it is made`() {
        let bytes = Array(Secret(.sandboxKey, random: SeededRandom(seed: 1)).revealed.utf8)
        for index in 8..<bytes.count {
            var wrong = bytes
            wrong[index] = wrong[index] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
            #expect(PresentedCredential(wrong) == .damaged(.sandboxKey))
        }
        #expect(PresentedCredential(bytes.dropLast()) == .damaged(.sandboxKey))
        #expect(PresentedCredential(bytes + [UInt8(ascii: "a")]) == .damaged(.sandboxKey))
    }

    @Test func `the checksum is the one of zlib`() {
        #expect(CRC32.checksum("123456789".utf8) == 0xCBF4_3926)
        #expect(Base62.encode(.max) == Array("4gfFC3".utf8))
    }

    @Test(arguments: [
        ("sk_live_abc", PresentedCredential.production(prefix: "sk_live_")),
        ("pk_live_abc", .production(prefix: "pk_live_")),
        ("rk_live_abc", .production(prefix: "rk_live_")),
        ("live_abc", .production(prefix: "live_")),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", .token),
        ("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", .token),
        ("a.b.c", .unknown), ("hello", .unknown), ("", .unknown), ("test_xx_1", .unknown),
    ])
    func `other credentials are told apart`(text: String, expected: PresentedCredential) {
        #expect(PresentedCredential(Array(text.utf8)) == expected)
    }

    @Test func `SHA-256 is right and its context can be used again`() {
        let hasher = SHA256Hasher()
        for _ in 0..<2 {
            #expect(
                Hexadecimal.text(hasher.digest(Array("abc".utf8)).bytes)
                    == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        }
    }
}
