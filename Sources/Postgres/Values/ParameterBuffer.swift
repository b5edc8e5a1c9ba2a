import CPQ

/// Lays parameters out as libpq wants them. Reused from call to call, so that a call allocates
/// nothing once the buffer has grown.
///
/// uuid, bytea and timestamptz go as binary with their type declared: the server then refuses a
/// parameter of another type instead of reading the bytes wrongly. Everything else goes as text
/// whose type the statement's context decides.
struct ParameterBuffer {
    private var bytes: [UInt8] = []
    /// Where each value begins in `bytes`; negative for NULL.
    private var offsets: [Int] = []
    private var lengths: [CInt] = []
    private var formats: [CInt] = []
    private var types: [Oid] = []
    private var pointers: [UnsafePointer<CChar>?] = []

    /// Calls libpq with: count, types, values, lengths, formats.
    mutating func withParameters<T>(
        _ values: [PostgresValue],
        _ body: (
            CInt, UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?,
            UnsafePointer<CInt>?, UnsafePointer<CInt>?
        ) -> T
    ) -> T {
        clear()
        for value in values { append(value) }
        return bytes.withUnsafeBytes { raw in
            let start = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            for offset in offsets { pointers.append(offset < 0 ? nil : start.map { $0 + offset }) }
            return types.withUnsafeBufferPointer { types in
                pointers.withUnsafeBufferPointer { pointers in
                    lengths.withUnsafeBufferPointer { lengths in
                        formats.withUnsafeBufferPointer { formats in
                            body(
                                CInt(values.count), types.baseAddress, pointers.baseAddress,
                                lengths.baseAddress, formats.baseAddress)
                        }
                    }
                }
            }
        }
    }

    private mutating func clear() {
        // One large document must not keep its memory for ever.
        bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 16)
        offsets.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        types.removeAll(keepingCapacity: true)
        pointers.removeAll(keepingCapacity: true)
    }

    private mutating func append(_ value: PostgresValue) {
        switch value {
        case .null: add(offset: -1, type: 0, format: 0)
        case .text(var text): text.withUTF8 { appendText($0) }
        case .utf8(let text): text.withUnsafeBufferPointer { appendText($0) }
        case .int(let number): appendText(number)
        case .bool(let isTrue): appendText(CollectionOfOne(UInt8(ascii: isTrue ? "t" : "f")))
        case .uuid(let high, let low):
            add(offset: bytes.count, type: Self.uuidType, format: 1)
            appendBigEndian(high)
            appendBigEndian(low)
            closeBinary()
        case .bytes(let content):
            add(offset: bytes.count, type: Self.byteaType, format: 1)
            bytes.append(contentsOf: content)
            closeBinary()
        case .timestamp(let microseconds):
            add(offset: bytes.count, type: Self.timestamptzType, format: 1)
            appendBigEndian(UInt64(bitPattern: microseconds &- Self.epoch))
            closeBinary()
        case .textArray(let texts): appendText(Self.arrayText(texts.lazy.map { $0 }))
        case .sparseTextArray(let texts): appendText(Self.arrayText(texts))
        case .uuidArray(let ids): appendText(Self.arrayText(ids))
        }
    }

    private mutating func add(offset: Int, type: Oid, format: CInt) {
        offsets.append(offset)
        types.append(type)
        formats.append(format)
        lengths.append(0)
    }

    private mutating func closeBinary() {
        lengths[lengths.count - 1] = CInt(bytes.count - offsets[offsets.count - 1])
        // Never an empty buffer: an empty bytea still needs an address.
        bytes.append(0)
    }

    private mutating func appendText(_ text: some Collection<UInt8>) {
        add(offset: bytes.count, type: 0, format: 0)
        bytes.append(contentsOf: text)
        bytes.append(0)
    }

    private mutating func appendText(_ number: Int64) {
        add(offset: bytes.count, type: 0, format: 0)
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        var magnitude = number.magnitude
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(magnitude % 10))
            magnitude /= 10
        } while magnitude > 0
        bytes[start...].reverse()
        bytes.append(0)
    }

    private mutating func appendBigEndian(_ word: UInt64) {
        withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// `{"a","b \"c\"",NULL}`: texts quoted always, so that none is taken for NULL or a number.
    private static func arrayText(_ texts: some Collection<String?>) -> [UInt8] {
        var bytes = [UInt8(ascii: "{")]
        for (index, text) in texts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            guard let text else {
                bytes.append(contentsOf: "NULL".utf8)
                continue
            }
            bytes.append(UInt8(ascii: "\""))
            for byte in text.utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                    bytes.append(UInt8(ascii: "\\"))
                }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        }
        return bytes + [UInt8(ascii: "}")]
    }

    private static func arrayText(_ ids: [(high: UInt64, low: UInt64)]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        var bytes = [UInt8(ascii: "{")]
        for (index, id) in ids.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            for word in [id.high, id.low] {
                for shift in stride(from: 60, through: 0, by: -4) {
                    bytes.append(digits[Int(truncatingIfNeeded: word >> UInt64(shift)) & 15])
                }
            }
        }
        return bytes + [UInt8(ascii: "}")]
    }

    // Type numbers of pg_type.dat, fixed for all versions.
    private static let uuidType: Oid = 2_950
    private static let byteaType: Oid = 17
    private static let timestamptzType: Oid = 1_184
    /// 2000-01-01T00:00:00Z in microseconds since 1970: PostgreSQL's zero.
    private static let epoch: Int64 = 946_684_800_000_000
}
