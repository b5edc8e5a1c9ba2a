import CZlib

/// Why bytes could not be decompressed.
package enum GzipError: Error, Hashable, Sendable {
    case malformed
    /// The bytes end before the format does.
    case truncated
    /// More than the caller allowed came out.
    case tooLarge(bytesMax: Int)
}

/// The gzip format (RFC 1952) through zlib, in memory.
package enum Gzip {
    /// 15 bits of window, plus 16, which is zlib's sign for gzip's header and checksum.
    static let windowBits: CInt = 15 + 16
    /// zlib's own default for speed against memory.
    static let memoryLevel: CInt = 8
    /// 1 is fast, 9 small; 4 is where JSON stops shrinking much.
    static let levelForText: CInt = 4
    /// Bytes given to zlib's output at a time.
    private static let pieceBytes = 65_536

    package static func compress(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        let status = sbx_deflateInit2(&stream, levelForText, windowBits, memoryLevel)
        precondition(status == Z_OK, "zlib refuses its own defaults: \(status)")
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        return bytes.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: bound) { output, count in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                let status = deflate(&stream, Z_FINISH)
                precondition(status == Z_STREAM_END, "deflateBound was no bound: \(status)")
                count = output.count - Int(stream.avail_out)
            }
        }
    }

    /// Every member of the file, one after the other; stops as soon as more than `bytesMax` bytes
    /// come out, so that a small input cannot fill the memory.
    package static func decompress(
        _ bytes: [UInt8], upTo bytesMax: Int
    ) throws(GzipError) -> [UInt8] {
        var stream = z_stream()
        let status = sbx_inflateInit2(&stream, windowBits)
        precondition(status == Z_OK, "zlib refuses its own defaults: \(status)")
        defer { inflateEnd(&stream) }
        return try bytes.withUnsafeBufferPointer { input throws(GzipError) in
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.avail_in = UInt32(input.count)
            return try inflateAll(&stream, upTo: bytesMax)
        }
    }

    private static func inflateAll(
        _ stream: inout z_stream, upTo bytesMax: Int
    ) throws(GzipError) -> [UInt8] {
        var result: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: pieceBytes)
        while true {
            let (status, count) = piece.withUnsafeMutableBufferPointer { output in
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                let status = inflate(&stream, Z_NO_FLUSH)
                return (status, output.count - Int(stream.avail_out))
            }
            guard count <= bytesMax - result.count else { throw .tooLarge(bytesMax: bytesMax) }
            result.append(contentsOf: piece[..<count])
            switch status {
            case Z_STREAM_END:
                if stream.avail_in == 0 { return result }
                guard inflateReset(&stream) == Z_OK else { throw .malformed }
            case Z_OK:
                continue
            case Z_BUF_ERROR:
                throw .truncated
            default:
                throw .malformed
            }
        }
    }
}
