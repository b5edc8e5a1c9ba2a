package import Access
package import Contracts
package import Tenancy

/// What templates of rules know beside the call: the sandbox's time, and draws that are the same for
/// the same seed and the same calls.
///
/// | Helper | Gives |
/// |---|---|
/// | `now` | the virtual time, RFC 3339; `offset='P1D'` or `'-PT1H'`, `format='date'`, `'unix'` (seconds), `'epoch'` (milliseconds) |
/// | `uuid` | a UUID of version 4 |
/// | `id prefix` | an identifier, `pay_…` |
/// | `random least most` | a whole number between the two, both included |
/// | `pick a b …` | one of the arguments, or of a list's elements |
/// | `major amount currency` | minor units as a decimal number: 1250 EUR are 12.50 |
package struct RuleWorld: TemplateWorld {
    private let now: SandboxInstant
    private var draws: Draws

    package init(now: SandboxInstant, draws: Draws) {
        self.now = now
        self.draws = draws
    }

    package static let vocabulary = TemplateVocabulary(
        roots: ["request"],
        helpers: [
            "now": .init(0...0, options: ["format", "offset"]), "uuid": .init(0...0),
            "id": .init(1...1), "random": .init(2...2), "pick": .init(1...16),
            "major": .init(2...2),
        ],
        caseless: ["request", "headers"])

    package mutating func call(
        _ helper: String, _ arguments: [JSONValue], _ options: [String: JSONValue]
    ) throws(TemplateRunFault) -> JSONValue {
        switch helper {
        case "now": return try time(options)
        case "uuid": return .string(uuid())
        case "id": return try identifier(arguments[0])
        case "random": return try number(arguments[0], arguments[1])
        case "pick":
            let choices = arguments.count == 1 ? arguments[0].array ?? arguments : arguments
            guard !choices.isEmpty else { throw TemplateRunFault("pick has nothing to choose from") }
            return choices[Int(draws.below(UInt64(choices.count)))]
        case "major": return Currencies.major(arguments[0].int ?? 0, arguments[1].scalarText)
        default: preconditionFailure("the vocabulary has no \(helper)")
        }
    }

    private func time(_ options: [String: JSONValue]) throws(TemplateRunFault) -> JSONValue {
        var instant = now
        if let offset = options["offset"]?.string {
            let isBack = offset.hasPrefix("-")
            guard let duration = ISODuration(String(offset.drop { $0 == "-" })),
                duration.months == 0
            else {
                throw TemplateRunFault("the offset of now is no duration such as P1D or -PT1H")
            }
            instant = instant + .seconds(isBack ? -duration.seconds : duration.seconds)
        }
        switch options["format"]?.string {
        case nil: return .string(instant.rfc3339)
        case "date": return .string(String(instant.rfc3339.prefix(10)))
        case "unix": return .int(instant.microseconds / 1_000_000)
        case "epoch": return .int(instant.microseconds / 1_000)
        default: throw TemplateRunFault("the format of now is one of date, unix, epoch")
        }
    }

    /// RFC 9562 §5.4: version and variant are set, the rest is drawn.
    private mutating func uuid() -> String {
        let high = draws.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = draws.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = [high, low].flatMap { word in
            let text = String(word, radix: 16)
            return Array(String(repeating: "0", count: 16 - text.count) + text)
        }
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return parts.map { String(digits[$0]) }.joined(separator: "-")
    }

    private mutating func identifier(_ prefix: JSONValue) throws(TemplateRunFault) -> JSONValue {
        guard let prefix = prefix.string, (1...32).contains(prefix.utf8.count) else {
            throw TemplateRunFault("id takes a prefix of 1 to 32 letters")
        }
        return .string(draws.identifier(prefix: prefix))
    }

    private mutating func number(
        _ least: JSONValue, _ most: JSONValue
    ) throws(TemplateRunFault) -> JSONValue {
        guard let least = least.int, let most = most.int, least <= most else {
            throw TemplateRunFault("random takes two whole numbers, the smaller first")
        }
        let width = UInt64(bitPattern: most &- least)
        let drawn = width == .max ? draws.next() : draws.below(width + 1)
        return .int(least &+ Int64(bitPattern: drawn))
    }
}
