import Identifiers
import Testing

@Suite struct `Identifiers` {
    @Test(arguments: [
        (UInt64.min, UInt64.min, "00000000000000000000000000"),
        (UInt64.max, UInt64.max, "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"),
        (1, 0, "0000000000000G000000000000"),
        (0, 1, "00000000000000000000000001"),
    ])
    func `text and bits are the same value`(high: UInt64, low: UInt64, text: String) {
        let id = TenantID(high: high, low: low)
        #expect(id.description == "tnt_" + text)
        #expect(TenantID("tnt_" + text) == id)
    }

    @Test func `random bits survive the round trip`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<1_000 {
            let id = SandboxID(high: generator.next(), low: generator.next())
            #expect(SandboxID(id.description) == id)
        }
    }

    @Test(arguments: [
        "", "tnt_", "usr_00000000000000000000000000", "tnt-00000000000000000000000000",
        "tnt_8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "tnt_0000000000000000000000000U",
        "tnt_0000000000000000000000000a", "tnt_000000000000000000000000000",
    ])
    func `another prefix, length, range or character is refused`(text: String) {
        #expect(TenantID(text) == nil)
    }

    @Test func `later identifiers sort after earlier ones`() {
        for (earlier, later) in [(1_000_000, 1_001_000), (1_000_999, 1_001_000), (1_000_998, 1_000_999)] {
            let earlier = TenantID(microseconds: UInt64(earlier), random: { .max })
            let later = TenantID(microseconds: UInt64(later), random: { 0 })
            #expect(earlier < later)
            #expect(earlier.description < later.description)
        }
    }

    @Test func `the first 48 bits are milliseconds, as every ULID's`() {
        let id = TenantID(microseconds: 1_767_225_600_123_456, random: { .max })
        #expect(id.high >> 16 == 1_767_225_600_123)
    }
}
