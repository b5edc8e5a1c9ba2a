/// Undoes the chunked transfer coding (RFC 9112 §7.1), strictly, from bytes split anywhere.
///
/// ```
///   size ──";"──▶ extension ──CR──▶ sizeEnd ──LF──▶ data ──▶ dataCR ──▶ dataLF ──▶ size
///     └────CR──────────────────────────▲   └─LF, size 0─▶ trailers ──empty line──▶ complete
/// ```
/// Extensions are bounded and ignored, trailers are checked, bounded and dropped: the platform
/// gives neither a meaning, and a trailer must never pass for a field (RFC 9110 §6.5.1).
package struct ChunkDecoder: Sendable {
    package struct Progress: Equatable, Sendable {
        /// Bytes taken; fewer than given only when the body is complete.
        package var consumed: Int
        /// The last chunk and the trailers have been read.
        package var isComplete: Bool
    }

    private enum State: Sendable {
        case size, `extension`, sizeEnd, data, dataCarriageReturn, dataLineFeed, trailers, complete
    }

    private let bodyBytesMax: Int
    private let limits: HTTPLimits
    private var state = State.size
    /// In `size`: the value so far. In `data`: what is left of the chunk.
    private var chunkBytes = 0
    private var sizeDigits = 0
    private var lineBytes = 0
    private var decodedBytes = 0
    private var trailerBytes = 0
    private var trailerLine: [UInt8] = []

    /// - Parameter bodyBytesMax: bytes of the whole decoded body; more is `bodyTooLarge`.
    package init(bodyBytesMax: Int, limits: HTTPLimits = HTTPLimits()) {
        self.bodyBytesMax = bodyBytesMax
        self.limits = limits
    }

    /// Takes bytes and appends what they decode to. After an error the connection is over.
    package mutating func decode(
        _ bytes: UnsafeRawBufferPointer, into body: inout [UInt8]
    ) throws(HTTPParseError) -> Progress {
        var index = 0
        while index < bytes.count, state != .complete {
            if state == .data {
                let taken = min(chunkBytes, bytes.count - index)
                body.append(contentsOf: bytes[index..<(index + taken)])
                index += taken
                chunkBytes -= taken
                if chunkBytes == 0 { state = .dataCarriageReturn }
                continue
            }
            try take(bytes[index])
            index += 1
        }
        return Progress(consumed: index, isComplete: state == .complete)
    }

    private mutating func take(_ byte: UInt8) throws(HTTPParseError) {
        switch state {
        case .size:
            try takeSize(byte)
        case .extension:
            try countLineByte()
            if byte == .carriageReturn {
                state = .sizeEnd
            } else if byte == .lineFeed {
                throw .bareLineFeed
            } else if !ByteClass.isFieldValue(byte) {
                throw .badChunkSize
            }
        case .sizeEnd:
            guard byte == .lineFeed else { throw .bareCarriageReturn }
            lineBytes = 0
            sizeDigits = 0
            state = chunkBytes == 0 ? .trailers : .data
        case .dataCarriageReturn:
            guard byte == .carriageReturn else { throw .badChunkEnd }
            state = .dataLineFeed
        case .dataLineFeed:
            guard byte == .lineFeed else { throw .badChunkEnd }
            state = .size
        case .trailers:
            try takeTrailer(byte)
        case .data, .complete:
            preconditionFailure("decode(_:into:) handles these itself")
        }
    }

    private mutating func takeSize(_ byte: UInt8) throws(HTTPParseError) {
        try countLineByte()
        if let digit = ByteClass.hexadecimal(byte) {
            sizeDigits += 1
            guard sizeDigits <= HTTPLimits.chunkSizeDigitsMax else { throw .badChunkSize }
            chunkBytes = chunkBytes << 4 | Int(digit)
            return
        }
        guard sizeDigits > 0 else { throw .badChunkSize }
        switch byte {
        case .carriageReturn: state = .sizeEnd
        case UInt8(ascii: ";"): state = .extension
        case .lineFeed: throw .bareLineFeed
        default: throw .badChunkSize
        }
        guard chunkBytes <= bodyBytesMax - decodedBytes else { throw .bodyTooLarge }
        decodedBytes += chunkBytes
    }

    private mutating func countLineByte() throws(HTTPParseError) {
        lineBytes += 1
        guard lineBytes <= limits.chunkLineBytesMax else { throw .chunkLineTooLong }
    }

    private mutating func takeTrailer(_ byte: UInt8) throws(HTTPParseError) {
        trailerBytes += 1
        guard trailerBytes <= limits.trailerBytesMax else { throw .trailersTooLarge }
        guard byte == .lineFeed else {
            trailerLine.append(byte)
            return
        }
        guard trailerLine.popLast() == .carriageReturn else { throw .bareLineFeed }
        if trailerLine.isEmpty {
            state = .complete
            return
        }
        try trailerLine.withUnsafeBufferPointer { line throws(HTTPParseError) in
            do throws(HTTPParseError) {
                _ = try FieldLine(0..<line.count, of: line)
            } catch {
                throw .badTrailer
            }
        }
        trailerLine.removeAll(keepingCapacity: true)
    }
}
