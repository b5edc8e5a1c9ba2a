/// Amounts that steer a payment made with a card that does not: 9,000,000 minor units and the place
/// of the network's answer in its table. High enough that nobody meets one by accident.
enum MagicAmount {
    static let base: Int64 = 9_000_000

    /// Each amount with the behaviour it stands for, in any currency.
    static let all: [(amount: Int64, behaviour: Behaviour)] = NetworkCode.all.enumerated()
        .compactMap { place, code in
            Behaviour.named("network_\(code.code)").map { (base + amount(place, code.code), $0) }
        }

    static func behaviour(_ amount: Int64) -> Behaviour? {
        amount < base ? nil : byAmount[amount]
    }

    /// Codes of two digits are read off the amount: 9,000,051 is 51. The others follow at 9,000,100.
    private static func amount(_ place: Int, _ code: String) -> Int64 {
        Int64(code) ?? Int64(100 + place)
    }

    private static let byAmount = Dictionary(
        uniqueKeysWithValues: all.map { ($0.amount, $0.behaviour) })
}
