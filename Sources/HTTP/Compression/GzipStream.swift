import CZlib

/// Writes the gzip format piece by piece: what comes out for a piece can be read by the receiver
/// before the next is written. Confined to one task.
final class GzipStream {
    /// On the heap, because zlib's state points back at it.
    private let stream: UnsafeMutablePointer<z_stream>
    /// Bytes taken from zlib at a time.
    private static let pieceBytes = 16_384

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = sbx_deflateInit2(
            stream, Gzip.levelForText, Gzip.windowBits, Gzip.memoryLevel)
        precondition(status == Z_OK, "zlib refuses its own defaults: \(status)")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// The bytes of a piece, and of everything before it that has not come out yet.
    func compress(_ bytes: [UInt8]) -> [UInt8] {
        deflateAll(bytes, Z_SYNC_FLUSH)
    }

    /// The end of the format, with its checksum. Once.
    func finish() -> [UInt8] {
        deflateAll([], Z_FINISH)
    }

    private func deflateAll(_ bytes: [UInt8], _ flush: CInt) -> [UInt8] {
        var result: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        bytes.withUnsafeBufferPointer { input in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                let count = piece.withUnsafeMutableBufferPointer { output in
                    stream.pointee.next_out = output.baseAddress
                    stream.pointee.avail_out = UInt32(output.count)
                    deflate(stream, flush)
                    return output.count - Int(stream.pointee.avail_out)
                }
                result.append(contentsOf: piece[..<count])
                // A full piece may have left something behind.
            } while stream.pointee.avail_out == 0
        }
        return result
    }
}

/// Compresses a streamed answer on its way out. Each write leaves as one readable piece.
final class CompressingWriter: ResponseWriter, @unchecked Sendable {
    // Confined to the task that produces the answer.
    private let writer: any ResponseWriter
    private let gzip = GzipStream()

    init(_ writer: any ResponseWriter) {
        self.writer = writer
    }

    func write(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }
        try await writer.write(gzip.compress(bytes))
    }

    func flush() async throws {
        try await writer.flush()
    }

    func finish() async throws {
        try await writer.write(gzip.finish())
    }
}
