import Runtime

/// Encodes rows in COPY's text format straight into a byte array: values between tabs, a line a
/// row, `\N` for NULL, backslash escapes for what would end a value.
///
///     var rows = CopyRows()
///     rows.add(id.high, id.low)
///     rows.add(text: body)
///     rows.endRow()
package struct CopyRows: Sendable {
    package private(set) var bytes: [UInt8] = []
    package private(set) var rowCount = 0
    private var isInRow = false

    package init() {}

    package mutating func addNull() {
        beginValue()
        bytes += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
    }

    /// Text; a NUL, which PostgreSQL's text cannot hold, becomes U+FFFD, so that one bad value does
    /// not lose its whole batch.
    package mutating func add(text: String) {
        beginValue()
        var text = text
        text.withUTF8 { appendEscaped($0) }
    }

    /// Text that is bytes already, valid UTF-8.
    package mutating func add(utf8: [UInt8]) {
        beginValue()
        utf8.withUnsafeBufferPointer { appendEscaped($0) }
    }

    package mutating func add(int: Int64) {
        beginValue()
        appendDecimal(int)
    }

    package mutating func add(bool: Bool) {
        beginValue()
        bytes.append(UInt8(ascii: bool ? "t" : "f"))
    }

    package mutating func add(uuid high: UInt64, _ low: UInt64) {
        beginValue()
        for word in [high, low] {
            for shift in stride(from: 60, through: 0, by: -4) {
                appendHexDigit(UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15)
            }
        }
    }

    /// bytea as `\\x…`.
    package mutating func add(bytes content: [UInt8]) {
        beginValue()
        bytes += [UInt8(ascii: "\\"), UInt8(ascii: "\\"), UInt8(ascii: "x")]
        for byte in content {
            appendHexDigit(byte >> 4)
            appendHexDigit(byte & 15)
        }
    }

    /// timestamptz.
    package mutating func add(microsecondsSince1970 microseconds: Int64) {
        beginValue()
        // RFC3339 writes milliseconds and Z: the three digits left go in between.
        RFC3339.append(microseconds: microseconds, to: &bytes)
        bytes.removeLast()
        let rest = (microseconds % 1_000 + 1_000) % 1_000
        for unit in [100, 10, 1] as [Int64] { appendHexDigit(UInt8(rest / unit % 10)) }
        bytes.append(UInt8(ascii: "Z"))
    }

    package mutating func endRow() {
        precondition(isInRow, "a row has values")
        isInRow = false
        rowCount += 1
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func beginValue() {
        if isInRow { bytes.append(UInt8(ascii: "\t")) }
        isInRow = true
    }

    private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
            case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            case 0: bytes += [0xEF, 0xBF, 0xBD]
            default: bytes.append(byte)
            }
        }
    }

    private mutating func appendDecimal(_ number: Int64) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        var magnitude = number.magnitude
        let start = bytes.count
        repeat {
            appendHexDigit(UInt8(magnitude % 10))
            magnitude /= 10
        } while magnitude > 0
        bytes[start...].reverse()
    }

    private mutating func appendHexDigit(_ digit: UInt8) {
        bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
}
