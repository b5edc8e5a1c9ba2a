import Contracts

/// Minor units of ISO 4217.
enum Currencies {
    private static let zero: Set<String> = [
        "bif", "clp", "djf", "gnf", "isk", "jpy", "kmf", "krw", "pyg", "rwf", "ugx", "uyi", "vnd",
        "vuv", "xaf", "xof", "xpf",
    ]
    private static let three: Set<String> = ["bhd", "iqd", "jod", "kwd", "lyd", "omr", "tnd"]
    private static let four: Set<String> = ["clf", "uyw"]
    /// Metals, funds and test codes: no minor unit, and nothing to pay with.
    private static let unpayable: Set<String> = [
        "xau", "xag", "xpd", "xpt", "xdr", "xba", "xbb", "xbc", "xbd", "xsu", "xua", "xts", "xxx",
    ]

    /// Decimal digits of the major unit; nil where the code has no minor unit. Every other code
    /// has two, MGA and MRU included, though one of their units is five subunits.
    static func minorUnits(_ code: String) -> Int? {
        if unpayable.contains(code) { return nil }
        if zero.contains(code) { return 0 }
        if three.contains(code) { return 3 }
        if four.contains(code) { return 4 }
        return 2
    }

    /// 10 to the power of the minor units; 1 where there are none.
    static func minorPerMajor(_ code: String) -> Int64 {
        (0..<(minorUnits(code) ?? 0)).reduce(Int64(1)) { power, _ in power * 10 }
    }

    /// Minor units that a payout must be a whole number of: forint and Taiwan dollars leave whole.
    static func payoutStep(_ code: String) -> Int64 {
        ["huf", "twd"].contains(code) ? 100 : 1
    }

    /// Minor units as a decimal number, exact: 1250 of EUR are 12.50, of JPY 1250.
    static func major(_ minor: Int64, _ currency: String) -> JSONValue {
        let places = minorUnits(currency.lowercased()) ?? 0
        guard places > 0 else { return .int(minor) }
        let digits = String(minor.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let text = "\(minor < 0 ? "-" : "")\(padded.dropLast(places)).\(padded.suffix(places))"
        return JSONNumber(text).map { .number($0) } ?? .int(minor)
    }

    /// Major units with the currency's own number of decimals, for people: `12.50 EUR`, `700 JPY`.
    static func shown(_ minor: Int64, _ currency: String) -> String {
        "\(major(minor, currency).scalarText) \(currency.uppercased())"
    }
}
