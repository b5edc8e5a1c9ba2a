/// A request method (RFC 9110 §9). Methods are case-sensitive: `get` is `.other("get")`.
package enum Method: Hashable, Sendable {
    case get, head, post, put, patch, delete, options, trace, connect
    /// Any other token, at most `HTTPLimits.methodBytesMax` bytes.
    case other(String)

    /// Reads a method; nil when `text` is no token.
    package init?(_ text: String) {
        let known = Array(text.utf8).withUnsafeBufferPointer { Method(utf8: $0) }
        guard let known else { return nil }
        self = known
    }

    init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard !bytes.isEmpty, bytes.count <= HTTPLimits.methodBytesMax else { return nil }
        if let known = Method.known(bytes) {
            self = known
            return
        }
        guard bytes.allSatisfy(ByteClass.isToken) else { return nil }
        self = .other(String(decoding: bytes, as: UTF8.self))
    }

    /// Compares as one number: packed big-endian, so that the text is readable in the literal.
    private static func known(_ bytes: UnsafeBufferPointer<UInt8>) -> Method? {
        guard bytes.count <= 7 else { return nil }
        var packed: UInt64 = 0
        for byte in bytes { packed = packed << 8 | UInt64(byte) }
        switch packed {
        case 0x47_45_54: return .get
        case 0x48_45_41_44: return .head
        case 0x50_4F_53_54: return .post
        case 0x50_55_54: return .put
        case 0x50_41_54_43_48: return .patch
        case 0x44_45_4C_45_54_45: return .delete
        case 0x4F_50_54_49_4F_4E_53: return .options
        case 0x54_52_41_43_45: return .trace
        case 0x43_4F_4E_4E_45_43_54: return .connect
        default: return nil
        }
    }
}

extension Method: CustomStringConvertible {
    /// As on the wire.
    package var description: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .patch: "PATCH"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .trace: "TRACE"
        case .connect: "CONNECT"
        case .other(let token): token
        }
    }

    /// RFC 9110 §9.2.1: the client asks for no change.
    package var isSafe: Bool {
        switch self {
        case .get, .head, .options, .trace: true
        case .post, .put, .patch, .delete, .connect, .other: false
        }
    }
}
