/// A set of code points, as a class in a pattern describes it.
struct ScalarSet: Sendable {
    /// The first 128 code points, one bit each.
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    /// Everything from 128 on.
    private var ranges: [ClosedRange<UInt32>] = []
    private var categories: [GeneralCategories] = []
    private var isInverted = false

    init() {}

    init(_ ranges: [ClosedRange<UInt32>]) {
        for range in ranges { insert(range) }
    }

    mutating func insert(_ range: ClosedRange<UInt32>) {
        for value in range.prefix(while: { $0 < 128 }) {
            if value < 64 { low |= 1 << UInt64(value) } else { high |= 1 << UInt64(value - 64) }
        }
        if range.upperBound >= 128 { ranges.append(max(range.lowerBound, 128)...range.upperBound) }
    }

    mutating func insert(_ scalar: Unicode.Scalar) { insert(scalar.value...scalar.value) }

    /// Adds every code point of (or, inverted, outside of) the named categories.
    mutating func insert(_ added: GeneralCategories) {
        categories.append(added)
        for value in UInt32(0)..<128 where added.contains(Unicode.Scalar(UInt8(value))) {
            insert(value...value)
        }
    }

    mutating func insert(_ other: ScalarSet) {
        precondition(!other.isInverted, "inverted sets are only made of whole classes")
        low |= other.low
        high |= other.high
        ranges += other.ranges
        categories += other.categories
    }

    /// All other code points. Ranges of this set are turned around; sets with categories can only
    /// be asked, not joined, afterwards.
    func inverted() -> ScalarSet {
        var result = self
        guard categories.isEmpty else {
            result.isInverted.toggle()
            return result
        }
        result.low = ~low
        result.high = ~high
        result.ranges = []
        var next: UInt32 = 128
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { result.ranges.append(next...(range.lowerBound - 1)) }
            next = max(next, range.upperBound + 1)
        }
        if next <= 0x10FFFF { result.ranges.append(next...0x10FFFF) }
        return result
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        holds(scalar) != isInverted
    }

    /// Whether both hold the same of the first 128 code points.
    func isSameInASCII(as other: ScalarSet) -> Bool {
        (low, high, isInverted) == (other.low, other.high, other.isInverted)
    }

    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 64 { return low >> UInt64(value) & 1 == 1 }
        if value < 128 { return high >> UInt64(value - 64) & 1 == 1 }
        return ranges.contains { $0.contains(value) } || categories.contains { $0.contains(scalar) }
    }
}

extension ScalarSet {
    static let digits = ScalarSet([0x30...0x39])
    static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// ECMA-262 WhiteSpace and LineTerminator.
    static let space = ScalarSet([
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
        0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])
    /// What `.` takes: all but line terminators.
    static let any = ScalarSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029]).inverted()
}

/// Unicode general categories by their short or long names: `\p{Lu}`, `\p{Letter}`.
struct GeneralCategories: Sendable {
    private let names: Set<String>
    private let isInverted: Bool

    /// nil for a name that is no general category; scripts and other properties are not known.
    init?(_ name: String, isInverted: Bool) {
        let short = GeneralCategories.long[name] ?? name
        let all = GeneralCategories.groups[short] ?? [short]
        guard all.allSatisfy({ GeneralCategories.known.contains($0) }) else { return nil }
        names = Set(all)
        self.isInverted = isInverted
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        names.contains(GeneralCategories.name(of: scalar)) != isInverted
    }

    private static let groups: [String: [String]] = [
        "L": ["Lu", "Ll", "Lt", "Lm", "Lo"], "LC": ["Lu", "Ll", "Lt"], "M": ["Mn", "Mc", "Me"],
        "N": ["Nd", "Nl", "No"], "P": ["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"],
        "S": ["Sm", "Sc", "Sk", "So"], "Z": ["Zs", "Zl", "Zp"],
        "C": ["Cc", "Cf", "Cs", "Co", "Cn"],
    ]
    private static let known = Set(groups.values.joined())
    private static let long: [String: String] = [
        "Letter": "L", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Mark": "M",
        "Number": "N", "Decimal_Number": "Nd", "digit": "Nd", "Punctuation": "P", "punct": "P",
        "Symbol": "S", "Currency_Symbol": "Sc", "Math_Symbol": "Sm", "Separator": "Z",
        "Space_Separator": "Zs", "Other": "C", "Control": "Cc", "cntrl": "Cc", "Format": "Cf",
    ]

    private static func name(of scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}
