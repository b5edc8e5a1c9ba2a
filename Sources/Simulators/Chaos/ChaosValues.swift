import Glibc
import Tenancy

/// How often a fault happens.
package struct ChaosRate: Sendable, Hashable {
    package let millionths: UInt64

    static let always = ChaosRate(millionths: 1_000_000)

    private init(millionths: UInt64) {
        self.millionths = millionths
    }

    /// `2%`, `0.25%`, `100%`: up to four places, above zero.
    init(_ text: String, member: String) throws(ChaosFault) {
        guard text.hasSuffix("%"), let value = ChaosText.decimal(text.dropLast(), places: 4),
            (1...1_000_000).contains(value)
        else {
            throw ChaosFault(
                member: member, expected: "a rate above 0% and up to 100%, such as 2% or 0.25%")
        }
        millionths = UInt64(value)
    }
}

/// How long an answer is held back.
package enum ChaosLatency: Sendable, Hashable {
    case fixed(Duration)
    /// Evenly between the two.
    case uniform(Duration, Duration)
    /// Half of the answers take longer than the median; sigma is the spread of the logarithm, which
    /// is how times of real services are spread.
    case lognormal(median: Duration, sigma: Double)

    init(_ text: String, member: String) throws(ChaosFault) {
        let max = Limits.chaosLatencyMax
        guard text.hasSuffix(")"), let open = text.firstIndex(of: "(") else {
            self = .fixed(try ChaosText.duration(text, max: max, member: member))
            return
        }
        let arguments = text[text.index(after: open)...].dropLast()
            .split(separator: ",", omittingEmptySubsequences: false)
            .map { ChaosText.trimmed(String($0)) }
        switch (text[..<open], arguments.count) {
        case ("lognormal", 2):
            let median = try ChaosText.duration(arguments[0], max: max, member: member)
            guard let sigma = ChaosText.decimal(arguments[1][...], places: 3), sigma <= 3_000 else {
                throw ChaosFault(member: member, expected: "a sigma from 0 to 3, such as 0.4")
            }
            self = .lognormal(median: median, sigma: Double(sigma) / 1_000)
        case ("uniform", 2):
            let least = try ChaosText.duration(arguments[0], max: max, member: member)
            let most = try ChaosText.duration(arguments[1], max: max, member: member)
            guard least <= most else {
                throw ChaosFault(member: member, expected: "the shorter time first")
            }
            self = .uniform(least, most)
        default:
            throw ChaosFault(
                member: member,
                expected: "a time such as 300ms, lognormal(90ms,0.4) or uniform(20ms,90ms)")
        }
    }

    /// Whole milliseconds, at most `Limits.chaosLatencyMax`.
    func drawn(_ draws: inout Draws) -> Duration {
        let milliseconds: Double =
            switch self {
            case .fixed(let time): time.inMilliseconds
            case .uniform(let least, let most):
                least.inMilliseconds + (most - least).inMilliseconds * draws.fraction()
            case .lognormal(let median, let sigma):
                median.inMilliseconds * exp(sigma * draws.normal())
            }
        let bounded = min(milliseconds, Limits.chaosLatencyMax.inMilliseconds)
        return .milliseconds(Int(bounded.rounded()))
    }
}

/// Reading of the grammar's atoms.
enum ChaosText {
    static func trimmed(_ text: String) -> String {
        let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(text.drop(while: blank).reversed().drop(while: blank).reversed())
    }

    /// `300ms` or `2s`, up to three places, at most `max`.
    static func duration(
        _ text: String, max: Duration, member: String
    ) throws(ChaosFault) -> Duration {
        let isMilliseconds = text.hasSuffix("ms")
        let digits = text.dropLast(isMilliseconds ? 2 : 1)
        guard text.hasSuffix("s"), let thousandths = decimal(digits, places: 3) else {
            throw ChaosFault(member: member, expected: "a time such as 300ms or 2s")
        }
        let time: Duration =
            isMilliseconds ? .microseconds(thousandths) : .milliseconds(thousandths)
        guard time <= max else {
            throw ChaosFault(member: member, expected: "at most \(max.components.seconds)s")
        }
        return time
    }

    /// At most nine digits.
    static func count(_ text: String) -> Int? {
        decimal(text[...], places: 0)
    }

    /// An unsigned decimal number times ten to the power of `places`.
    static func decimal(_ text: Substring, places: Int) -> Int? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? Array(parts[1]) : []
        guard parts.count <= 2, (1...9).contains(parts[0].count), fraction.count <= places,
            parts.count == 1 || !fraction.isEmpty
        else { return nil }
        let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: places - fraction.count)
        let digits = parts[0] + fraction + zeros
        guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }
}

extension Duration {
    var inMilliseconds: Double {
        Double(components.seconds) * 1_000 + Double(components.attoseconds) / 1e15
    }
}

extension Draws {
    /// Evenly from 0 up to, not including, 1.
    mutating func fraction() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// From the standard normal distribution (Box and Muller, 1958).
    mutating func normal() -> Double {
        let radius = sqrt(-2 * log(1 - fraction()))
        return radius * cos(2 * Double.pi * fraction())
    }
}
