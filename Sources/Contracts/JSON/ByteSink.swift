/// Memory that grows while something is written to it; becomes an array at the end.
///
/// Appending to `[UInt8]` checks uniqueness and bounds on each call, which halves the writer's
/// speed on the short pieces that JSON consists of.
struct ByteSink: ~Copyable {
    /// Unsafe: owned by this value alone, `count` ≤ `capacity` before every store.
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        memory = .allocate(capacity: capacity)
    }

    deinit { memory.deallocate() }

    mutating func append(_ byte: UInt8) {
        if count == capacity { grow(by: 1) }
        memory[count] = byte
        count += 1
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        if count + bytes.count > capacity { grow(by: bytes.count) }
        (memory + count).update(from: start, count: bytes.count)
        count += bytes.count
    }

    consuming func finish() -> [UInt8] {
        Array(UnsafeBufferPointer(start: memory, count: count))
    }

    private mutating func grow(by extra: Int) {
        capacity = max(capacity * 2, count + extra)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: memory, count: count)
        memory.deallocate()
        memory = larger
    }
}
