import CZlib

/// Deflated bytes without a header around them (RFC 1951), and the checksum beside them in archives.
enum Inflation {
    /// 15 bits of window; below zero is zlib's sign for no header.
    private static let windowBits: CInt = -15

    /// The bytes, if they are exactly `count` and the packed ones end where the format does; never
    /// takes more memory than that.
    static func inflate(_ packed: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
        var stream = z_stream()
        let status = sbx_inflateInit2(&stream, windowBits)
        precondition(status == Z_OK, "zlib refuses its own defaults: \(status)")
        defer { inflateEnd(&stream) }
        var isWhole = false
        // One byte more than promised shows what is longer.
        let inflated = [UInt8](unsafeUninitializedCapacity: count + 1) { output, filled in
            packed.withUnsafeBufferPointer { input in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(count + 1)
                isWhole = CZlib.inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0
                filled = count + 1 - Int(stream.avail_out)
            }
        }
        return isWhole && inflated.count == count ? inflated : nil
    }

    /// CRC-32 as ZIP and gzip have it.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer { buffer in
            // No bytes have no address, for which zlib gives the checksum of nothing: 0.
            UInt32(truncatingIfNeeded: crc32(0, buffer.baseAddress, UInt32(buffer.count)))
        }
    }
}
