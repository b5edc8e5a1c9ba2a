/// One row in COPY's binary format: the number of columns, then each value as its length and its
/// bytes, numbers big-endian (PostgreSQL's documentation of COPY, "Binary Format"). Against the text
/// format it saves a fifth of what a row costs the server, which then parses no numbers and times,
/// and most of what it costs here.
///
/// Unsafe: writes into memory that the caller gives, who has made room for the whole row.
struct CopyRow: ~Copyable {
    /// `PGCOPY`, no flags, no extension: what a COPY begins with.
    static let header: [UInt8] =
        Array("PGCOPY\n".utf8) + [0xFF] + Array("\r\n".utf8) + [0, 0, 0, 0, 0, 0, 0, 0, 0]
    /// A row of minus one columns: what it ends with.
    static let trailer: [UInt8] = [0xFF, 0xFF]

    private let start: UnsafeMutableRawPointer
    private var end: UnsafeMutableRawPointer

    init(columns: Int16, at start: UnsafeMutableRawPointer) {
        self.start = start
        end = start
        put(columns)
    }

    /// Bytes written.
    var count: Int { end - start }

    mutating func uuid(_ high: UInt64, _ low: UInt64) {
        put(Int32(16))
        put(high)
        put(low)
    }

    mutating func uuid(_ words: (UInt64, UInt64)?) {
        guard let words else { return null() }
        uuid(words.0, words.1)
    }

    /// bytea of one word or two.
    mutating func bytea(_ word: UInt64) {
        put(Int32(8))
        put(word)
    }

    mutating func bytea(_ high: UInt64, _ low: UInt64) { uuid(high, low) }

    /// integer.
    mutating func integer(_ value: Int32) {
        put(Int32(4))
        put(value)
    }

    mutating func bigint(_ value: Int64?) {
        guard let value else { return null() }
        put(Int32(8))
        put(value)
    }

    /// timestamptz; the server counts from 2000, `microseconds` from 1970.
    mutating func timestamp(_ microseconds: Int64) {
        bigint(microseconds - 946_684_800_000_000)
    }

    /// text or json, as UTF-8 without NUL.
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        put(Int32(bytes.count))
        guard let first = bytes.baseAddress else { return }
        end.copyMemory(from: first, byteCount: bytes.count)
        end += bytes.count
    }

    mutating func text(_ text: String?) {
        guard var text else { return null() }
        text.withUTF8 { self.text($0) }
    }

    mutating func null() { put(Int32(-1)) }

    private mutating func put<Number: FixedWidthInteger>(_ number: Number) {
        end.storeBytes(of: number.bigEndian, as: Number.self)
        end += MemoryLayout<Number>.size
    }
}
