/// Classes of bytes that HTTP's grammar knows, as two 64-bit sets of ASCII each: a test is a shift
/// and a mask, with no table to load and no lazy initialisation to pass.
enum ByteClass {
    /// RFC 9110 §5.6.2 `tchar`: letters, digits and !#$%&'*+-.^_`|~
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        contains(byte, low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE)
    }

    /// RFC 3986 `reg-name` without percent escapes and without the comma, which RFC 9110 §5.3
    /// makes the sign of two merged Host lines.
    @inline(__always)
    static func isHostName(_ byte: UInt8) -> Bool {
        contains(byte, low: 0x2BFF_6FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)
    }

    /// Visible ASCII, which a request target consists of.
    @inline(__always)
    static func isVisible(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F
    }

    /// RFC 9110 §5.5 `field-content`: visible ASCII, space, tab, and bytes above ASCII.
    @inline(__always)
    static func isFieldValue(_ byte: UInt8) -> Bool {
        (byte >= 0x20 && byte != 0x7F) || byte == .tab
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10
    }

    /// The value of a hexadecimal digit of either case.
    @inline(__always)
    static func hexadecimal(_ byte: UInt8) -> UInt8? {
        if isDigit(byte) { return byte &- 0x30 }
        let letter = (byte | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : nil
    }

    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    @inline(__always)
    private static func contains(_ byte: UInt8, low: UInt64, high: UInt64) -> Bool {
        guard byte < 128 else { return false }
        return (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 == 1
    }
}

extension UInt8 {
    static var tab: UInt8 { 0x09 }
    static var lineFeed: UInt8 { 0x0A }
    static var carriageReturn: UInt8 { 0x0D }
    static var space: UInt8 { 0x20 }
    static var comma: UInt8 { 0x2C }
    static var colon: UInt8 { 0x3A }
    static var slash: UInt8 { 0x2F }
}

extension UnsafeBufferPointer<UInt8> {
    /// ASCII case-insensitive equality with a literal in lower case.
    @inline(__always)
    func equalsIgnoringCase(_ lower: StaticString) -> Bool {
        guard count == lower.utf8CodeUnitCount else { return false }
        for index in 0..<count where ByteClass.lowercased(self[index]) != lower.utf8Start[index] {
            return false
        }
        return true
    }

    /// ASCII case-insensitive equality.
    @inline(__always)
    func equalsIgnoringCase(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count
        where ByteClass.lowercased(self[index]) != ByteClass.lowercased(other[index]) {
            return false
        }
        return true
    }

    /// Index of the first byte that no field value may have.
    ///
    /// Eight bytes at a time, as one number; only a block in which a byte may be below 0x20 or be
    /// 0x7F is looked at byte by byte. (Swift's SIMD comparisons of bytes run lane by lane: with
    /// them this was 70 % of parsing a head.)
    @inline(__always)
    var firstForeignToFieldValue: Int? {
        guard let base = baseAddress, count >= 8 else { return firstForeign(in: 0..<count) }
        var index = 0
        while index < count {
            // The last block overlaps the one before rather than leave single bytes over.
            let start = Swift.min(index, count &- 8)
            let block = UnsafeRawPointer(base + start).loadUnaligned(as: UInt64.self)
            if UnsafeBufferPointer.mayHaveControlByte(block),
                let foreign = firstForeign(in: start..<(start &+ 8))
            {
                return foreign
            }
            index &+= 8
        }
        return nil
    }

    /// Never false for a block with a control byte; sometimes true for one without.
    @inline(__always)
    private static func mayHaveControlByte(_ block: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let deletes = block ^ (ones &* 0x7F)
        let below = (block &- (ones &* 0x20)) & ~block
        return (below | ((deletes &- ones) & ~deletes)) & (ones &* 0x80) != 0
    }

    private func firstForeign(in range: Range<Int>) -> Int? {
        for index in range where !ByteClass.isFieldValue(self[index]) { return index }
        return nil
    }

    /// Part of the buffer, as a buffer of its own.
    @inline(__always)
    func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: self[range])
    }

    /// Without spaces and tabs at both ends.
    var trimmed: UnsafeBufferPointer<UInt8> {
        var start = 0
        var end = count
        while start < end, self[start] == .space || self[start] == .tab { start += 1 }
        while end > start, self[end - 1] == .space || self[end - 1] == .tab { end -= 1 }
        return part(start..<end)
    }
}
