/// A part of a head or of a field store, at most 4 GiB into it. Eight trivial bytes, where
/// `Range<Int>?` takes seventeen and is copied through the runtime.
struct ByteRange: Hashable, Sendable {
    let start: UInt32
    /// One behind the last byte; below `start` for a part that is not there.
    let end: UInt32

    init(_ range: Range<Int>) {
        start = UInt32(truncatingIfNeeded: range.lowerBound)
        end = UInt32(truncatingIfNeeded: range.upperBound)
    }

    private init(start: UInt32, end: UInt32) {
        self.start = start
        self.end = end
    }

    /// No part at all, which is not the same as an empty one.
    static let absent = ByteRange(start: 1, end: 0)

    var isAbsent: Bool { end < start }
    var isEmpty: Bool { start == end }
    var count: Int { Int(end) &- Int(start) }

    /// The same part of a store that has `distance` bytes in front of it.
    func moved(by distance: Int) -> ByteRange {
        ByteRange((Int(start) + distance)..<(Int(end) + distance))
    }

    /// The same as `Range`; only for a part that is there.
    @inline(__always)
    var range: Range<Int> {
        Range(uncheckedBounds: (Int(start), Int(end)))
    }
}

extension UnsafeBufferPointer<UInt8> {
    @inline(__always)
    func part(_ range: ByteRange) -> UnsafeBufferPointer<UInt8> { part(range.range) }
}
