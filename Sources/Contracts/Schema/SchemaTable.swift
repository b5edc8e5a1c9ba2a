/// All compiled schemas of one contract. Grows while operations are compiled on first use; what
/// has been sealed never changes.
///
/// Unchecked: only the compiler writes, one at a time; it seals before it hands a root to other
/// threads (through a lock or an atomic reference), and from a root only sealed nodes are reached.
/// Nodes stand in blocks that do not move, so that growing disturbs no reader.
final class SchemaTable: @unchecked Sendable {
    typealias Node = Unmanaged<SchemaNode>

    /// Unsafe: allocated once, filled block by block; lives as long as the table.
    private let blocks: UnsafeMutablePointer<UnsafeMutablePointer<Node>>
    private var nodes: [SchemaNode] = []
    private var sealedCount = 0

    fileprivate static let blockBits = 10
    fileprivate static let blockSize = 1 << blockBits
    /// 4 million schemas, 32 KiB of addresses; documents end below (`JSONLimits.bytesMax`).
    private static let blocksMax = 4_096

    init() { blocks = .allocate(capacity: Self.blocksMax) }

    deinit {
        let used = (sealedCount + Self.blockSize - 1) >> Self.blockBits
        for block in 0..<used { blocks[block].deallocate() }
        blocks.deallocate()
    }

    /// For readers that cannot pay a reference count for each node; valid while the table lives.
    var reader: Reader { Reader(blocks: UnsafePointer(blocks)) }

    /// Unsafe: valid while the table lives.
    struct Reader {
        fileprivate let blocks: UnsafePointer<UnsafeMutablePointer<Node>>

        /// The node at `index`; behind references that stand alone, what they lead to.
        subscript(index: SchemaIndex) -> Node {
            @inline(__always) get { blocks[index >> SchemaTable.blockBits][index & (SchemaTable.blockSize - 1)] }
        }
    }

    /// The node at `index`, past plain references.
    subscript(index: SchemaIndex) -> SchemaNode { reader[index].takeUnretainedValue() }

    /// A place for a schema that is being compiled, so that references to it find it.
    func reserve() -> SchemaIndex {
        precondition(nodes.count < Self.blockSize * Self.blocksMax, "a document has more schemas")
        nodes.append(SchemaNode.empty)
        return nodes.count - 1
    }

    func set(_ node: SchemaNode, at index: SchemaIndex) {
        precondition(index >= sealedCount, "a sealed schema changes")
        nodes[index] = node
    }

    /// Makes all nodes set so far readable.
    func seal() {
        for index in sealedCount..<nodes.count {
            let (block, offset) = (index >> Self.blockBits, index & (Self.blockSize - 1))
            if offset == 0 { blocks[block] = .allocate(capacity: Self.blockSize) }
            (blocks[block] + offset).initialize(to: .passUnretained(target(of: index)))
        }
        sealedCount = nodes.count
    }

    private func target(of index: SchemaIndex) -> SchemaNode {
        var node = nodes[index]
        for _ in 0..<Limits.referenceHopsMax {
            guard node.rules.count == 1, node.isPlain, let next = node.reference else { break }
            node = nodes[next]
        }
        return node
    }
}
