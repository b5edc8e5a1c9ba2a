import Simulators

/// Finds what could be somebody's card number. Such a number is refused wherever it stands, because
/// whoever sends one has pointed production at a sandbox.
///
/// A candidate is a run of digits, parted at most by single blanks or hyphens, with the prefix and
/// the length of a card scheme and a right check digit (ISO/IEC 7812-1 annex B), that is no test
/// number. One in ten numbers of such a form has a right check digit by chance: an order number
/// that begins like a card may be refused, and the refusal says what to change.
enum CardScreen {
    /// Shorter and longer ones are no card's.
    private static let lengths = 14...19

    /// Numbers that the schemes and processors publish for testing, beside those of our own cards.
    private static let published: Set<String> = [
        "4111111111111111", "4012888888881881", "4000056655665556", "5105105105105100",
        "5200828282828210", "2223003122003222", "371449635398431", "6011000990139424",
        "3530111333300000", "30569309025904", "38520000023237", "36227206271667",
    ]

    static func isFound(in text: String) -> Bool {
        isFound(in: text.utf8)
    }

    static func isFound(in bytes: some Sequence<UInt8>) -> Bool {
        var run = Run()
        for byte in bytes where run.take(byte) { return true }
        return run.ends()
    }

    /// Digits in groups, as far as they can belong together.
    private struct Run {
        private var groups: [[UInt8]] = []
        private var open: [UInt8] = []
        /// Letters right before it: part of an identifier, not of a card.
        private var isPartOfWord = false
        private var last: UInt8 = 0

        /// True when a number has ended that could be a card's.
        mutating func take(_ byte: UInt8) -> Bool {
            defer { last = byte }
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if open.isEmpty, groups.isEmpty { isPartOfWord = Self.isLetter(last) }
                // Longer than any number: what follows cannot make it one.
                if open.count <= CardScreen.lengths.upperBound { open.append(byte) }
                return false
            case UInt8(ascii: " ") where !open.isEmpty, UInt8(ascii: "-") where !open.isEmpty:
                groups.append(open)
                open = []
                return false
            default:
                if Self.isLetter(byte) { isPartOfWord = true }
                return ends()
            }
        }

        mutating func ends() -> Bool {
            if !open.isEmpty { groups.append(open) }
            defer {
                groups.removeAll(keepingCapacity: true)
                open.removeAll(keepingCapacity: true)
                isPartOfWord = false
            }
            return !isPartOfWord && groups.indices.contains { isCard(from: $0) }
        }

        /// Whether groups from this one on are together a card's number.
        private func isCard(from start: Int) -> Bool {
            var digits: [UInt8] = []
            for group in groups[start...] {
                digits += group
                if digits.count > CardScreen.lengths.upperBound { return false }
                if CardScreen.couldBeReal(digits) { return true }
            }
            return false
        }

        private static func isLetter(_ byte: UInt8) -> Bool {
            (0x41...0x5A).contains(byte & 0xDF) || byte == UInt8(ascii: "_") || byte >= 0x80
        }
    }

    private static func couldBeReal(_ digits: [UInt8]) -> Bool {
        guard lengths.contains(digits.count), isOfScheme(digits), hasCheckDigit(digits) else {
            return false
        }
        let number = String(decoding: digits, as: UTF8.self)
        return !TestCard.isTestNumber(number) && !published.contains(number)
    }

    /// Prefixes and lengths of the schemes.
    private static func isOfScheme(_ digits: [UInt8]) -> Bool {
        let prefix = digits.prefix(4).reduce(0) { $0 * 10 + Int($1 - 48) }
        return switch (prefix, digits.count) {
        case (4000...4999, 16), (4000...4999, 19): true
        case (5100...5599, 16), (2221...2720, 16): true
        case (3400...3499, 15), (3700...3799, 15): true
        case (6011, 16...19), (6440...6599, 16...19), (6200...6299, 16...19): true
        case (3528...3589, 16...19): true
        case (3000...3059, 14), (3600...3699, 14), (3800...3999, 14): true
        case (2200...2204, 16...19): true
        case (6759, 16...19), (6761...6763, 16...19), (5018, 16...19), (5020, 16...19), (5038, 16...19): true
        default: false
        }
    }

    private static func hasCheckDigit(_ digits: [UInt8]) -> Bool {
        var sum = 0
        for (position, digit) in digits.reversed().enumerated() {
            let value = Int(digit) - 48
            let weighted = position % 2 == 1 ? value * 2 : value
            sum += weighted > 9 ? weighted - 9 : weighted
        }
        return sum % 10 == 0
    }
}
