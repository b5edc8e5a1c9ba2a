import Testing

@testable import Tenancy

/// The values are fixed for ever: another one here means that yesterday's seeds mean other worlds.
@Suite struct `Random draws` {
    @Test func `are the same on every machine`() {
        var draws = Draws(seed: 42, salt: 0, tick: 1, rule: "id:pay")
        let words = (0..<3).map { _ in draws.next() }
        #expect(words == Self.golden)
        var again = Draws(seed: 42, salt: 0, tick: 1, rule: "id:pay")
        #expect(again.identifier(prefix: "pay") == Self.goldenID)
    }

    @Test func `differ by each of their parts`() {
        func first(_ seed: Int64, _ salt: Int64, _ tick: Int64, _ rule: String) -> UInt64 {
            var draws = Draws(seed: seed, salt: salt, tick: tick, rule: rule)
            return draws.next()
        }
        let words: Set<UInt64> = [
            first(1, 0, 1, "a"), first(2, 0, 1, "a"), first(1, 1, 1, "a"), first(1, 0, 2, "a"),
            first(1, 0, 1, "b"),
        ]
        #expect(words.count == 5)
    }

    @Test func `are even`() {
        var draws = Draws(seed: 7, salt: 0, tick: 1, rule: "even")
        var counts = [Int](repeating: 0, count: 10)
        for _ in 0..<100_000 { counts[Int(draws.below(10))] += 1 }
        // Ten cells of 10,000 with a deviation of 95: five deviations.
        #expect(counts.allSatisfy { abs($0 - 10_000) < 475 })
    }

    private static let golden: [UInt64] = [
        10_360_211_501_310_677_979, 11_888_785_074_006_377_336, 14_123_587_826_892_174_028,
    ]
    private static let goldenID = "pay_vy4mry0fxprvgvh541kb"
}
