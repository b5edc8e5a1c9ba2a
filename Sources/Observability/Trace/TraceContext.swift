package import Identifiers

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
    ///
    /// A trace that begins here has the id of its first call, so that the request log finds it
    /// without an index of its own. Level 2 asks for the last 56 bits to be random, and the last
    /// 70 are.
    package init(
        traceparent: ArraySlice<UInt8>?, request: RequestID, random: () -> UInt64
    ) {
        span = random() | 1
        if let traceparent, let received = Traceparent(traceparent) {
            traceHigh = received.traceHigh
            traceLow = received.traceLow
            parent = received.parent
            flags = received.flags & 0x03
        } else {
            traceHigh = request.high
            traceLow = request.low
            parent = nil
            flags = 0x03
        }
    }

    private init(_ parent: TraceContext, span: UInt64) {
        traceHigh = parent.traceHigh
        traceLow = parent.traceLow
        self.span = span
        self.parent = parent.span
        flags = parent.flags
    }

    /// A hop below this one, for a call that goes out from here.
    package func child(random: () -> UInt64) -> TraceContext {
        TraceContext(self, span: random() | 1)
    }

    /// Appends `00-{trace}-{span}-{flags}`, 55 bytes.
    package func appendTraceparent(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "00-".utf8)
        Hexadecimal.append(traceHigh, to: &bytes)
        Hexadecimal.append(traceLow, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Hexadecimal.append(span, to: &bytes)
        bytes.append(contentsOf: flags == 0x03 ? "-03".utf8 : flags == 0x01 ? "-01".utf8
            : flags == 0x02 ? "-02".utf8 : "-00".utf8)
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
    /// Sixteen digits.
    static func append(_ word: UInt64, to bytes: inout [UInt8]) {
        let left = eightDigits(of: word >> 32)
        let right = eightDigits(of: word & 0xFFFF_FFFF)
        withUnsafeBytes(of: (left.bigEndian, right.bigEndian)) { bytes.append(contentsOf: $0) }
    }

    /// The digits of 32 bits as eight bytes, all of them at once: each nibble is spread to a byte
    /// of its own, and those above 9 are moved from behind `9` to `a`.
    private static func eightDigits(of half: UInt64) -> UInt64 {
        var spread = half
        spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFF
        spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FF
        spread = (spread | spread << 4) & 0x0F0F_0F0F_0F0F_0F0F
        let isLetter = (spread &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return spread &+ 0x3030_3030_3030_3030 &+ isLetter &* 0x27
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
