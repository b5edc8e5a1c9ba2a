/// A stack whose upper part can be moved into an array of exactly its size, without touching
/// the reference counts of what moves.
struct MoveStack<Element>: ~Copyable {
    /// Unsafe: owned by this value alone; the first `count` places are initialised.
    private var memory: UnsafeMutablePointer<Element>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        memory = .allocate(capacity: capacity)
    }

    deinit {
        memory.deinitialize(count: count)
        memory.deallocate()
    }

    /// What stands from position `first` on, to be looked at in place before the next change.
    func elements(from first: Int) -> UnsafeBufferPointer<Element> {
        precondition(first <= count)
        return UnsafeBufferPointer(start: memory + first, count: count - first)
    }

    mutating func push(_ element: consuming Element) {
        if count == capacity { grow() }
        (memory + count).initialize(to: element)
        count += 1
    }

    /// Moves everything from position `first` on out of the stack.
    mutating func take(from first: Int) -> [Element] {
        precondition(first <= count)
        let taken = count - first
        count = first
        let source = memory + first
        return Array(unsafeUninitializedCapacity: taken) { buffer, initialized in
            buffer.baseAddress?.moveInitialize(from: source, count: taken)
            initialized = taken
        }
    }

    private mutating func grow() {
        capacity *= 2
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        larger.moveInitialize(from: memory, count: count)
        memory.deallocate()
        memory = larger
    }
}
