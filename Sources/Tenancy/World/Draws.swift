import Identifiers

/// Randomness of the simulated world: a function of what is drawn for and of nothing else, so that
/// the same seed and the same calls give the same bytes on any machine, in any build.
///
/// A mutating call draws from (seed, salt, tick, rule, n), a read from (seed, operation, canonical
/// request). Each part is folded into 64 bits by xor and SplitMix64's finaliser (Steele, Lea and
/// Flood, 2014); the n-th word is the finaliser of state + n × the golden ratio. Not for secrets.
package struct Draws: Sendable {
    private let state: UInt64
    /// Words drawn so far.
    package private(set) var count: UInt64 = 0

    /// For a mutating call. `rule` names the place in the code or the rule that draws, so that a
    /// new draw elsewhere does not move this one.
    package init(seed: Int64, salt: Int64, tick: Int64, rule: String) {
        var state = Self.mix(UInt64(bitPattern: seed) &+ Self.increment)
        state = Self.mix(state ^ UInt64(bitPattern: salt))
        state = Self.mix(state ^ UInt64(bitPattern: tick) &* Self.increment)
        self.state = Self.mix(state ^ StableHash.of(rule.utf8))
    }

    /// For a read.
    package init(seed: Int64, operation: String, canonicalRequest: [UInt8]) {
        var state = Self.mix(UInt64(bitPattern: seed) &+ Self.increment)
        state = Self.mix(state ^ StableHash.of(operation.utf8))
        self.state = Self.mix(state ^ StableHash.of(canonicalRequest))
    }

    /// The next word.
    package mutating func next() -> UInt64 {
        count += 1
        return Self.mix(state &+ count &* Self.increment)
    }

    /// An even draw from 0 up to, not including, `bound`. The bias of taking the high half of the
    /// product is below bound / 2^64.
    package mutating func below(_ bound: UInt64) -> UInt64 {
        precondition(bound > 0, "nothing to draw from")
        return next().multipliedFullWidth(by: bound).high
    }

    /// True in `millionths` of a million cases.
    package mutating func chance(millionths: UInt64) -> Bool {
        below(1_000_000) < millionths
    }

    /// An identifier `prefix_…` of lower-case Crockford base 32, 100 bits.
    package mutating func identifier(prefix: String) -> String {
        var bytes = Array(prefix.utf8)
        bytes.append(UInt8(ascii: "_"))
        for start in stride(from: 0, to: Limits.drawnIDCharacters, by: 10) {
            let word = next()
            for index in start..<min(start + 10, Limits.drawnIDCharacters) {
                bytes.append(Self.alphabet[Int(word >> (5 * UInt64(index - start)) & 31)])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
