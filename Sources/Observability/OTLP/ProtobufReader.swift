/// Why bytes are no message.
enum ProtobufError: Error {
    /// They end inside a field.
    case truncated
    /// A tag without a number, a wire type that is none, a varint of more than ten bytes.
    case malformed
}

/// Reads one message's fields in order, in protobuf's wire format, straight from the bytes: numbers
/// as they stand, nested messages and texts as parts of the same memory. Unknown fields are for the
/// caller to pass by. Groups, which nothing has used for fifteen years, are refused.
struct ProtobufReader {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        case fixed32(UInt32)
        case bytes(Bytes)
    }

    // The bytes outlive the reader: it is made and used within the closure that lends them.
    private let bytes: Bytes
    /// At most `bytes.count`.
    private var position = 0

    init(_ bytes: Bytes) {
        self.bytes = bytes
    }

    /// The next field; nil at the end.
    mutating func next() throws(ProtobufError) -> (number: UInt64, value: Value)? {
        guard position < bytes.count else { return nil }
        let tag = try varint()
        let number = tag >> 3
        guard number != 0 else { throw .malformed }
        switch tag & 7 {
        case 0: return (number, .varint(try varint()))
        case 1: return (number, .fixed64(try fixed(UInt64.self)))
        case 2:
            let count = try varint()
            guard count <= UInt64(bytes.count - position) else { throw .truncated }
            let end = position + Int(count)
            defer { position = end }
            return (number, .bytes(Bytes(rebasing: bytes[position..<end])))
        case 5: return (number, .fixed32(try fixed(UInt32.self)))
        default: throw .malformed
        }
    }

    private mutating func varint() throws(ProtobufError) -> UInt64 {
        var value: UInt64 = 0
        for place in 0..<10 {
            guard position < bytes.count else { throw .truncated }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << UInt64(7 * place)
            guard byte & 0x80 != 0 else { return value }
        }
        throw .malformed
    }

    private mutating func fixed<Number: FixedWidthInteger>(
        _ type: Number.Type
    ) throws(ProtobufError) -> Number {
        let size = MemoryLayout<Number>.size
        guard bytes.count - position >= size else { throw .truncated }
        let number = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: position, as: type)
        position += size
        return Number(littleEndian: number)
    }
}

extension ProtobufReader.Value {
    var bytes: ProtobufReader.Bytes? {
        if case .bytes(let bytes) = self { bytes } else { nil }
    }

    var number: UInt64? {
        switch self {
        case .varint(let value), .fixed64(let value): value
        case .fixed32(let value): UInt64(value)
        case .bytes: nil
        }
    }

    /// Nil for bytes that are no UTF-8.
    var utf8: ProtobufReader.Bytes? {
        guard let bytes else { return nil }
        let isASCII = bytes.allSatisfy { $0 < 0x80 }
        return isASCII || String(validating: bytes, as: UTF8.self) != nil ? bytes : nil
    }
}
