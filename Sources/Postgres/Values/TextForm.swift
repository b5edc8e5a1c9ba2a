import Runtime

/// Reads values in the text form in which results come.
///
/// Text and not binary: one format for every type, numeric and inet included; for the types we
/// read it costs tens of nanoseconds beside a round trip of tens of microseconds. Malformed input
/// means that a statement and its reader disagree about a column: our mistake, so it traps.
enum TextForm {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    static func int(_ bytes: Bytes) -> Int64 {
        var magnitude: UInt64 = 0
        let isNegative = bytes.first == UInt8(ascii: "-")
        precondition(bytes.count > (isNegative ? 1 : 0) && bytes.count <= 20, "not an integer")
        for byte in bytes.dropFirst(isNegative ? 1 : 0) {
            magnitude = magnitude * 10 + UInt64(digit(byte))
        }
        // Wraps exactly for the least value, whose magnitude does not fit.
        let value = Int64(bitPattern: magnitude)
        return isNegative ? 0 &- value : value
    }

    static func bool(_ bytes: Bytes) -> Bool {
        precondition(bytes.count == 1 && (bytes[0] == 0x74 || bytes[0] == 0x66), "not a boolean")
        return bytes[0] == UInt8(ascii: "t")
    }

    static func uuid(_ bytes: Bytes) -> (high: UInt64, low: UInt64) {
        precondition(bytes.count == 36, "not a uuid")
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, byte) in bytes.enumerated() where byte != UInt8(ascii: "-") {
            if index < 18 {
                high = high << 4 | UInt64(hexDigit(byte))
            } else {
                low = low << 4 | UInt64(hexDigit(byte))
            }
        }
        return (high, low)
    }

    /// `\x` and two digits a byte.
    static func bytes(_ bytes: Bytes) -> [UInt8] {
        precondition(
            bytes.count >= 2 && bytes[0] == UInt8(ascii: "\\") && bytes[1] == UInt8(ascii: "x"),
            "not bytea")
        let count = bytes.count / 2 - 1
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count {
                buffer[index] =
                    hexDigit(bytes[2 * index + 2]) << 4 | hexDigit(bytes[2 * index + 3])
            }
            initialized = count
        }
    }

    /// `2026-11-21 03:35:18.123456+00`: ISO, UTC, as every session of ours is set. Years have
    /// four digits or more; BC and infinity are not times of ours.
    static func microseconds(_ bytes: Bytes) -> Int64 {
        var reader = FieldReader(bytes)
        let year = reader.number(until: "-")
        let month = reader.number(until: "-")
        let day = reader.number(until: " ")
        let hour = reader.number(until: ":")
        let minute = reader.number(until: ":")
        let second = reader.number(until: ".+")
        let fraction = reader.last == UInt8(ascii: ".") ? reader.fraction(until: "+") : 0
        precondition(reader.rest.elementsEqual("00".utf8), "not a time in UTC")
        guard let date = CivilDate(year: year, month: month, day: day) else {
            preconditionFailure("not a date")
        }
        let seconds = date.daysSince1970 * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
        return seconds * 1_000_000 + fraction
    }

    /// The elements of a one-dimensional array: `{a,"b \"c\"",{}}`-style quoting, no NULLs.
    static func array(_ bytes: Bytes) -> [[UInt8]] {
        precondition(
            bytes.first == UInt8(ascii: "{") && bytes.last == UInt8(ascii: "}"), "not an array")
        var elements: [[UInt8]] = []
        var element: [UInt8] = []
        var isQuoted = false
        var isEscaped = false
        guard bytes.count > 2 else { return [] }
        for byte in bytes[1..<(bytes.count - 1)] {
            if isEscaped {
                element.append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == UInt8(ascii: ","), !isQuoted {
                elements.append(element)
                element.removeAll()
            } else {
                element.append(byte)
            }
        }
        return elements + [element]
    }

    static func digit(_ byte: UInt8) -> UInt8 {
        let value = byte &- UInt8(ascii: "0")
        precondition(value < 10, "not a digit")
        return value
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8 {
        let value = byte &- UInt8(ascii: "0")
        if value < 10 { return value }
        let letter = (byte | 0x20) &- UInt8(ascii: "a")
        precondition(letter < 6, "not a hexadecimal digit")
        return letter + 10
    }
}

/// Reads numbers between separators.
private struct FieldReader {
    private let bytes: TextForm.Bytes
    private var position = 0
    /// The separator that ended the number read last.
    private(set) var last: UInt8 = 0

    init(_ bytes: TextForm.Bytes) {
        self.bytes = bytes
    }

    var rest: Slice<TextForm.Bytes> { bytes[position...] }

    mutating func number(until ends: StaticString) -> Int {
        var value = 0
        take(until: ends) { value = value * 10 + Int($0) }
        return value
    }

    /// Microseconds of up to six digits.
    mutating func fraction(until end: StaticString) -> Int64 {
        var value: Int64 = 0
        var unit: Int64 = 100_000
        take(until: end) { digit in
            value += Int64(digit) * unit
            unit /= 10
        }
        return value
    }

    private mutating func take(until ends: StaticString, _ body: (UInt8) -> Void) {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if ends.withUTF8Buffer({ $0.contains(byte) }) {
                last = byte
                return
            }
            body(TextForm.digit(byte))
        }
        preconditionFailure("not a time")
    }
}
