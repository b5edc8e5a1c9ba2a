import CIDN2

// Names of hosts: in ASCII, and with letters of all scripts (IDNA 2008, RFC 5890 to 5893).

/// RFC 1123 §2.1: labels of letters, digits and inner hyphens, 63 each, 253 in all. Labels that
/// begin with `xn--` have to be A-labels.
func isHostname(_ bytes: FormatBytes) -> Bool {
    guard !bytes.isEmpty, bytes.count <= hostNameBytesMax else { return false }
    return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
        label in
        isPlainLabel(label) && (!hasALabelPrefix(label) || InternationalLabel(aLabel: label) != nil)
    }
}

/// RFC 5890 §2.3.2.3: labels as above, or U-labels. The three other full stops that people type
/// separate labels too (RFC 3490 §3.1, which JSON Schema's suite goes by).
/// - Parameter composes: whether letters with marks may come in parts, as they do in what people
///   type: a U-label has them composed (NFC).
func isInternationalHostname(_ bytes: FormatBytes, composing composes: Bool = false) -> Bool {
    guard bytes.contains(where: { $0 >= 0x80 }) else {
        return isHostname(bytes) && !hasReservedLabel(bytes)
    }
    // Each byte of UTF-8 stands for at most one of Punycode.
    guard bytes.count <= 4 * hostNameBytesMax else { return false }
    let labels = String(decoding: bytes, as: UTF8.self).unicodeScalars
        .split(omittingEmptySubsequences: false) { fullStops.contains($0) }
        .map { InternationalLabel(Array(String($0).utf8), composing: composes) }
    guard labels.allSatisfy({ $0 != nil }) else { return false }
    let known = labels.compactMap(\.self)
    let length = known.reduce(known.count - 1) { $0 + $1.asciiBytes }
    // RFC 5893 §2: where one label reads from right to left, the rule of directions holds for all.
    let isBidirectional = known.contains(where: \.isRightToLeft)
    return length <= hostNameBytesMax
        && (!isBidirectional || known.allSatisfy { !$0.beginsWithDigit && !$0.mixesDigits })
}

/// RFC 1035 §2.3.4, without the root's full stop.
private let hostNameBytesMax = 253
private let labelBytesMax = 63
private let fullStops: Set<Unicode.Scalar> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]

private func isPlainLabel(_ label: FormatBytes) -> Bool {
    (1...labelBytesMax).contains(label.count) && label.first != UInt8(ascii: "-")
        && label.last != UInt8(ascii: "-")
        && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
}

private func hasALabelPrefix(_ label: FormatBytes) -> Bool {
    hasHyphensInThird(label) && label.first! | 0x20 == UInt8(ascii: "x")
        && label[label.startIndex + 1] | 0x20 == UInt8(ascii: "n")
}

/// RFC 5890 §2.3.1: labels with hyphens in third and fourth place are reserved.
private func hasReservedLabel(_ bytes: FormatBytes) -> Bool {
    bytes.split(separator: UInt8(ascii: ".")).contains {
        hasHyphensInThird($0) && !hasALabelPrefix($0)
    }
}

private func hasHyphensInThird(_ label: FormatBytes) -> Bool {
    label.count >= 4 && label[label.startIndex + 2] == UInt8(ascii: "-")
        && label[label.startIndex + 3] == UInt8(ascii: "-")
}

/// A label as IDNA 2008 lets it be registered, which checks more than a look-up does: the context of
/// single characters (RFC 5892 appendix A) too.
private struct InternationalLabel {
    /// Bytes of its A-label, or of itself where it is plain ASCII.
    let asciiBytes: Int
    let isRightToLeft: Bool
    let beginsWithDigit: Bool
    /// RFC 5893 §2 rule 4: European and Arabic-Indic digits in one label.
    let mixesDigits: Bool

    /// Nil for what is neither a plain label, nor an A-label, nor a U-label.
    init?(_ label: [UInt8], composing composes: Bool) {
        let isASCII = label.allSatisfy { $0 < 0x80 }
        if isASCII {
            let isGood = label.withUnsafeBufferPointer { bytes in
                isPlainLabel(bytes[...])
                    && (!hasHyphensInThird(bytes[...]) || hasALabelPrefix(bytes[...])
                        && InternationalLabel(aLabel: bytes[...]) != nil)
            }
            guard isGood else { return nil }
            asciiBytes = label.count
        } else {
            // The library reads to the first zero.
            guard label.count <= 4 * labelBytesMax, !label.contains(0),
                let length = registered(uLabel: label, composing: composes)
            else { return nil }
            asciiBytes = length
        }
        let scalars = String(decoding: label, as: UTF8.self).unicodeScalars
        isRightToLeft = scalars.contains(where: \.isRightToLeft)
        beginsWithDigit = label.first?.isASCIIDigit ?? false
        mixesDigits =
            isRightToLeft && label.contains(where: \.isASCIIDigit)
            && scalars.contains { ("\u{660}"..."\u{669}").contains($0) }
    }

    /// Nil for what decodes to no U-label, or to one that is written otherwise.
    init?(aLabel label: FormatBytes) {
        // DNS knows no case, and A-labels are made in lower case.
        let lowered = label.map { isAlphanumeric($0) && !$0.isASCIIDigit ? $0 | 0x20 : $0 } + [0]
        var made: UnsafeMutablePointer<UInt8>?
        guard idn2_register_u8(nil, lowered, &made, 0) == IDN2_OK.rawValue else { return nil }
        idn2_free(made)
        asciiBytes = label.count
        (isRightToLeft, beginsWithDigit, mixesDigits) = (false, false, false)
    }
}

/// The length of the A-label; nil where the label is no U-label.
private func registered(uLabel label: [UInt8], composing composes: Bool) -> Int? {
    var made: UnsafeMutablePointer<UInt8>?
    let flags = composes ? Int32(IDN2_NFC_INPUT.rawValue) : 0
    guard idn2_register_u8(label + [0], nil, &made, flags) == IDN2_OK.rawValue, let made else {
        return nil
    }
    defer { idn2_free(made) }
    // Unsafe: the library ends its answer with a zero.
    var length = 0
    while made[length] != 0 { length += 1 }
    return length <= labelBytesMax ? length : nil
}

extension Unicode.Scalar {
    /// Whether it stands in a block whose letters read from right to left (UAX #9, table of default
    /// classes): Hebrew to Arabic, their presentation forms, and the historic scripts beyond.
    fileprivate var isRightToLeft: Bool {
        switch value {
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF,
            0x1E800...0x1EFFF: true
        default: false
        }
    }
}
