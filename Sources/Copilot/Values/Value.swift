/// What a piece of text denotes on its own, before anyone knows what it is for.
package enum Value: Hashable, Sendable {
    /// An amount in major units and its currency.
    case money(Quantity, currency: String)
    /// A number without a unit: an amount, a count or a code, as its neighbours say.
    case number(Quantity)
    /// "twice", "5 times", 三笔.
    case count(Int)
    /// Counted from 1; ``Value/last`` is the last one.
    case ordinal(Int)
    /// A share of one: 5 % is 0.05.
    case rate(Quantity)
    case duration(Span)
    case businessDays(Int)
    /// `YYYY-MM-DD`, an instant, or `--MM-DD` where the text names no year.
    case date(String)
    /// A scheme's reason code: `R01`, `C02`, `AC04`.
    case code(String)
    /// `HH:MM`.
    case clock(String)
    case currency(String)
    case phone(String)
    case email(String)
    case url(String)
    case identifier(String)
    case quoted(String)

    /// The kind, for rule ids: `value.money`.
    var name: String {
        switch self {
        case .money: "money"
        case .number: "number"
        case .count: "count"
        case .ordinal: "ordinal"
        case .rate: "rate"
        case .duration: "duration"
        case .businessDays: "business_days"
        case .date: "date"
        case .code: "reason_code"
        case .clock: "time_of_day"
        case .currency: "currency"
        case .phone: "phone"
        case .email: "email"
        case .url: "url"
        case .identifier: "identifier"
        case .quoted: "quoted"
        }
    }

    /// The ordinal that "last" stands for.
    package static let last = -1

    /// A length of time. Months are kept apart: they have no fixed length.
    package struct Span: Hashable, Sendable {
        package var months = 0
        package var milliseconds = 0

        /// ISO 8601, in the largest units that leave no rest: `P3M`, `P10D`, `PT1H30M`, `PT0.5S`.
        package var iso8601: String {
            let days = milliseconds / 86_400_000
            var rest = milliseconds % 86_400_000
            var text = "P"
            if months > 0 { text += months.isMultiple(of: 12) ? "\(months / 12)Y" : "\(months)M" }
            if days > 0 { text += "\(days)D" }
            if rest > 0 {
                text += "T"
                for (unit, length) in [("H", 3_600_000), ("M", 60_000)] where rest >= length {
                    text += "\(rest / length)\(unit)"
                    rest %= length
                }
                if rest > 0 {
                    let fraction = String(1000 + rest % 1000).dropFirst()
                    text += rest % 1000 == 0 ? "\(rest / 1000)S" : "\(rest / 1000).\(fraction)S"
                }
            }
            return text == "P" ? "PT0S" : text
        }

        static func + (left: Span, right: Span) -> Span {
            Span(
                months: left.months + right.months,
                milliseconds: left.milliseconds + right.milliseconds)
        }
    }
}

/// A token, or the tokens that together are one value; what the lexicon's phrases are matched with.
package struct Item: Sendable {
    package enum Content: Hashable, Sendable {
        /// The stem of a word, or one Chinese character.
        case word(String)
        case value(Value)
        case sign(String)
        case pause(String)
    }

    package var content: Content
    package let span: Range<Int>
    /// The first token, for its letters and its capital.
    package let token: Token

    var value: Value? {
        if case .value(let value) = content { value } else { nil }
    }

    var word: String? {
        if case .word(let word) = content { word } else { nil }
    }

    var isPause: Bool {
        if case .pause = content { true } else { false }
    }
}
