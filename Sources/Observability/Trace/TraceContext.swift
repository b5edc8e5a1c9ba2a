/// The identity of a request within a trace: W3C Trace Context, level 1, with level 2's flags.
package struct TraceContext: Hashable, Sendable {
    package let traceHigh: UInt64
    package let traceLow: UInt64
    /// Our own span; every hop has a new one.
    package let span: UInt64
    /// The caller's span, nil when the trace began here.
    package let parent: UInt64?
    /// Bit 0 sampled, bit 1 random trace id.
    package let flags: UInt8

    /// Continues the trace of `traceparent`, or starts one when there is none or it is invalid.
    /// `random` draws words that are not all zero.
    package init(traceparent: ArraySlice<UInt8>?, random: () -> UInt64) {
        span = random() | 1
        if let traceparent, let received = Traceparent(traceparent) {
            traceHigh = received.traceHigh
            traceLow = received.traceLow
            parent = received.parent
            flags = received.flags & 0x03
        } else {
            traceHigh = random()
            traceLow = random() | 1
            parent = nil
            flags = 0x03
        }
    }

    /// `00-{trace}-{span}-{flags}`, 55 bytes.
    package var traceparent: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(55)
        bytes.append(contentsOf: "00-".utf8)
        Hexadecimal.append(traceHigh, to: &bytes)
        Hexadecimal.append(traceLow, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Hexadecimal.append(span, to: &bytes)
        bytes.append(contentsOf: flags == 0x03 ? "-03".utf8 : flags == 0x01 ? "-01".utf8
            : flags == 0x02 ? "-02".utf8 : "-00".utf8)
        return bytes
    }

    /// 32 lower-case hexadecimal digits.
    package var traceID: String {
        var bytes: [UInt8] = []
        Hexadecimal.append(traceHigh, to: &bytes)
        Hexadecimal.append(traceLow, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A received `traceparent`, read strictly: lower case only, no zero ids, version `ff` invalid;
/// of an unknown higher version the first 55 characters count.
private struct Traceparent {
    let traceHigh: UInt64
    let traceLow: UInt64
    let parent: UInt64
    let flags: UInt8

    init?(_ value: ArraySlice<UInt8>) {
        let bytes = Array(value)
        guard bytes.count >= 55, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash,
            let version = Hexadecimal.word(bytes[0..<2]), version != 0xFF,
            version == 0 ? bytes.count == 55 : bytes.count == 55 || bytes[55] == dash,
            let high = Hexadecimal.word(bytes[3..<19]), let low = Hexadecimal.word(bytes[19..<35]),
            let parent = Hexadecimal.word(bytes[36..<52]),
            let flags = Hexadecimal.word(bytes[53..<55]),
            high | low != 0, parent != 0
        else { return nil }
        traceHigh = high
        traceLow = low
        self.parent = parent
        self.flags = UInt8(flags)
    }

    private let dash = UInt8(ascii: "-")
}

/// Lower-case hexadecimal, as trace ids are written.
enum Hexadecimal {
    private static let digits: StaticString = "0123456789abcdef"

    static func append(_ word: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: 60, through: 0, by: -4) {
            bytes.append(digits.utf8Start[Int(word >> UInt64(shift) & 15)])
        }
    }

    /// The value of at most 16 lower-case digits; nil for anything else.
    static func word(_ text: ArraySlice<UInt8>) -> UInt64? {
        var word: UInt64 = 0
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): word = word << 4 | UInt64(byte - 48)
            case UInt8(ascii: "a")...UInt8(ascii: "f"): word = word << 4 | UInt64(byte - 87)
            default: return nil
            }
        }
        return word
    }
}
