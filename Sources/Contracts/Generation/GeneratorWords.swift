/// The randomness of made values: a function of its seed alone, so that the same seed gives the
/// same document everywhere. SplitMix64 (Steele, Lea and Flood, 2014). Not for secrets.
struct GeneratorWords {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to, not including, `bound`, which is above 0.
    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

    /// `count` characters of an alphabet.
    mutating func text(_ count: Int, of alphabet: [UInt8] = lowerAlphanumeric) -> String {
        String(decoding: (0..<count).map { _ in pick(alphabet) }, as: UTF8.self)
    }

    static let lowerAlphanumeric = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    static let hexadecimal = Array("0123456789abcdef".utf8)
}
