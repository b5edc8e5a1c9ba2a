import Runtime

/// Writes rows in COPY's text format: fields parted by tabs, `\N` for null, and backslash, tab,
/// line feed and carriage return escaped (PostgreSQL's documentation of COPY, "Text Format").
struct CopyText: ~Copyable {
    private(set) var bytes: [UInt8]
    private var isFirstField = true

    init(_ bytes: consuming [UInt8]) {
        self.bytes = bytes
    }

    mutating func uuid(_ high: UInt64, _ low: UInt64) {
        separate()
        // Postgres reads 32 digits without dashes as well.
        Hexadecimal.append(high, to: &bytes)
        Hexadecimal.append(low, to: &bytes)
    }

    mutating func uuid(_ words: (UInt64, UInt64)?) {
        guard let words else { return null() }
        uuid(words.0, words.1)
    }

    mutating func bytea(_ words: UInt64...) {
        separate()
        bytes.append(contentsOf: "\\\\x".utf8)
        for word in words { Hexadecimal.append(word, to: &bytes) }
    }

    mutating func integer(_ value: Int64?) {
        guard let value else { return null() }
        separate()
        appendDecimal(value)
    }

    /// Microseconds since 1970.
    mutating func timestamp(_ microseconds: Int64) {
        separate()
        RFC3339.append(microseconds: microseconds, to: &bytes)
    }

    mutating func text(_ text: (some Sequence<UInt8>)?) {
        guard let text else { return null() }
        separate()
        for byte in text {
            switch byte {
            case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
            case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
            default: bytes.append(byte)
            }
        }
    }

    mutating func null() {
        separate()
        bytes.append(contentsOf: "\\N".utf8)
    }

    mutating func end() {
        bytes.append(UInt8(ascii: "\n"))
        isFirstField = true
    }

    private mutating func separate() {
        if !isFirstField { bytes.append(UInt8(ascii: "\t")) }
        isFirstField = false
    }

    private mutating func appendDecimal(_ value: Int64) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }
}
